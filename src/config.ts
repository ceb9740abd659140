import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'

import './shape-texts.ts'

/** White space at the ends, also such as is not seen: it comes along when a value is copied. */
const EDGES = /^[\s\u200B-\u200D\u2060\uFEFF]+|[\s\u200B-\u200D\u2060\uFEFF]+$/gu
/** Unset and empty mean the same: an `.env` line without a value sets nothing. */
const unsetWhenEmpty = (value: unknown) =>
  (typeof value === 'string' ? value.replace(EDGES, '') : value) || undefined
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(unsetWhenEmpty, schema.optional())
/** What nobody else may read: it may stand in a file, too, which NAME_FILE names. */
const secret = <T extends z.ZodType>(schema: T) => optional(schema).meta({ isSecret: true })
const withDefault = <T extends z.ZodType>(schema: T, value: z.output<T>) =>
  z.preprocess((given) => unsetWhenEmpty(given) ?? value, schema)

/** What is written in ASCII alone may come with the full-width colon, comma or figure of a Chinese keyboard. */
const ascii = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' ? value.normalize('NFKC') : value), schema)

const text = z.string().min(1)
/** A key goes into a header, which takes no other letters. */
const key = ascii(
  z.string().regex(/^[!-~]+$/u, 'must be the key alone, of ASCII letters, digits and marks'),
)
/** In figures alone: what else JavaScript takes for a number (0x50, 1e3) is rather a mistake. */
const whole = (least: number, most = Number.MAX_SAFE_INTEGER, bounds = `${least} or more`) =>
  ascii(
    z.preprocess(
      (value) => (typeof value === 'string' && /^-?\d+$/u.test(value) ? Number(value) : value),
      z
        .int('must be a whole number')
        .min(least, `must be ${bounds}`)
        .max(most, `must be ${bounds}`),
    ),
  )
const positive = whole(1)
const count = whole(0)
/** What stands behind # is a comment, which systemd and Docker leave there; white space would become %20. */
function address(example: string) {
  const error = `must be an http or https address, as in ${example}`
  const comment = 'must be the address alone; a comment needs a line of its own'
  return ascii(
    z
      .string()
      .regex(/^(?!.*\s#)/su, { error: comment, abort: true })
      .regex(/^\S*$/u, { error, abort: true })
      .pipe(z.url({ protocol: /^https?$/, error })),
  )
}
const url = address('https://example.org')
/** An address without what is copied along with it from a page or an example. */
const urlBefore = (pasted: RegExp) => url.transform((given) => given.replace(pasted, ''))
/** Of the paths below an OpenAI-compatible endpoint. */
const endpoint = urlBefore(/\/(?:(?:chat\/)?completions|embeddings|models|responses)\/*$/u)
/** `~` is the home of whoever starts it; what else a shell would replace would stay as it is written. */
const folder = text
  .refine((path) => !/^~[^/\\]|\$\{?\w|%\w+%/u.test(path), {
    error: 'must be a path that is written out; only ~/ at its beginning stands for your home',
  })
  .transform((path) => resolve(path.replace(/^~(?=$|[/\\])/u, homedir())))
/** SOCKS is none that Node speaks. */
const proxy = address('http://127.0.0.1:7890')
/** Comma separated. */
const list = <T extends z.ZodType>(of: T, least = 0) =>
  z.preprocess(
    (value) =>
      typeof value === 'string'
        ? value
            .split(/[,，、]/u)
            .map((one) => one.trim())
            .filter(Boolean)
        : [],
    z.array(of).min(least, `must be ${least} or more, comma separated`),
  )
const ids = list(
  ascii(z.string().regex(/^-?\d+$/, 'must be numbers, comma separated')).transform(Number),
)

const network = z.union(
  [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
  'must be addresses or networks like 172.16.0.0/12, comma separated',
)

/** Where Telegram calls a webhook; a Bot API server of one's own calls it anywhere. */
const WEBHOOK_PORTS = ['', '80', '88', '443', '8443']
function isCalled(webhook: string): boolean {
  const { protocol, port } = new URL(webhook)
  return protocol === 'https:' && WEBHOOK_PORTS.includes(port)
}

/** The settings of `.env.example`, read once. */
const Settings = z.object({
  // Wherever it is looked at from: files are known by where they lie.
  WENCE_DATA_DIR: withDefault(folder, resolve('data')),
  LOG_LEVEL: optional(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])),

  QDRANT_URL: optional(list(urlBefore(/\/(?:dashboard|collections)\b.*$/u), 1)),
  QDRANT_API_KEY: secret(key),
  QDRANT_COLLECTION: withDefault(text, 'wence'),
  QDRANT_SHARDS: withDefault(positive, 1),
  QDRANT_REPLICATION: withDefault(positive, 1),

  CHAT_MODEL: optional(text),
  OPENAI_API_KEY: secret(key),
  OPENAI_BASE_URL: optional(endpoint),
  CHAT_TIMEOUT_MS: withDefault(positive, 30_000),
  CHAT_FIRST_BYTE_TIMEOUT_MS: optional(positive),

  EMBEDDING_MODEL: optional(text),
  EMBEDDING_API_KEY: secret(key),
  EMBEDDING_BASE_URL: optional(endpoint),
  EMBEDDING_DIMENSIONS: optional(positive),
  EMBEDDING_BATCH: withDefault(positive, 10),

  FETCH_EVERY_MINUTES: withDefault(positive, 60),

  TELEGRAM_BOT_TOKEN: secret(
    ascii(
      z.string().regex(/^\d+:[\w-]+$/, 'must look like 123456:ABC-DEF, as @BotFather gives it'),
    ),
  ),
  TELEGRAM_API_ROOT: optional(urlBefore(/\/(?:file\/)?bot(?:[\d<{/].*)?$/u)),
  TELEGRAM_WEBHOOK_URL: optional(url),
  TELEGRAM_WEBHOOK_SECRET: secret(
    z.string().regex(/^[\w-]{1,256}$/, 'must be 1 to 256 letters, digits, _ or -'),
  ),
  TELEGRAM_ALLOWED_CHATS: ids,
  TELEGRAM_STAFF: ids,

  LIMIT_USER_PER_MINUTE: withDefault(positive, 10),
  LIMIT_CHAT_PER_MINUTE: withDefault(positive, 20),
  BUDGET_MODEL_CALLS_PER_DAY: withDefault(count, 2000),
  KEEP_QUESTIONS_DAYS: withDefault(count, 30),
  USER_HASH_SALT: secret(text),

  PORT: optional(whole(0, 65_535, 'from 0 to 65535')),
  LISTEN_ADDRESS: optional(
    ascii(z.union([z.ipv4(), z.ipv6()], 'must be an address like 127.0.0.1')),
  ),
  TRUSTED_PROXIES: list(network),
  PUBLIC_URL: optional(url),
  ROBOTS: withDefault(z.enum(['index', 'noindex'], 'must be index or noindex'), 'noindex'),
  DESK_TOKEN: secret(z.string().min(8, 'must have 8 letters at least')),
  API_TOKEN: secret(z.string().min(8, 'must have 8 letters at least')),
  API_ORIGINS: list(url),
  METRICS_TOKEN: secret(z.string().min(8, 'must have 8 letters at least')),
  WEB_CHAT: optional(z.enum(['0', '1'], 'must be 1 or 0')).transform((value) => value === '1'),

  HTTPS_PROXY: optional(proxy),
  HTTP_PROXY: optional(proxy),
  NO_PROXY: optional(text),
})
const Config = Settings.refine(
  ({ TELEGRAM_WEBHOOK_URL: webhook, TELEGRAM_API_ROOT: root }) =>
    webhook === undefined || root !== undefined || isCalled(webhook),
  {
    path: ['TELEGRAM_WEBHOOK_URL'],
    error: 'must be an https address, and on port 443, 80, 88 or 8443, which Telegram calls',
  },
)
export type Config = ReturnType<typeof parseConfig>

/** A minute for a model to begin, where an answer has half of one: models that were seen to load took 40 s. */
const FIRST_SHARE = 2

/** `docker run --env-file` leaves the quotes of an `.env` where they stand. */
export const unquoted = (value: string | undefined) =>
  value?.trim().replace(/^(["'])(.*)\1$/su, '$2')

/** They count in small letters, too, as everywhere; and before the others. */
const PROXY_SETTINGS = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'] as const

/** The names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(Settings.shape)

/** Those of them that are secrets. */
export const SECRETS: readonly string[] = Object.entries(Settings.shape)
  .filter(([, schema]) => schema.meta()?.isSecret === true)
  .map(([name]) => name)

/**
 * Reads the settings from an environment.
 * @throws WrongSettingsError with one sentence that names each wrong setting.
 */
export function parseConfig(env: NodeJS.ProcessEnv) {
  const given = SETTINGS.map((name) => [name, unquoted(env[name])])
  const proxies = PROXY_SETTINGS.map((name) => [
    name,
    unquoted(env[name.toLowerCase()] || env[name]),
  ])
  const { success, data, error } = Config.safeParse(Object.fromEntries([...given, ...proxies]))
  if (success)
    return {
      ...data,
      CHAT_FIRST_BYTE_TIMEOUT_MS:
        data.CHAT_FIRST_BYTE_TIMEOUT_MS ?? data.CHAT_TIMEOUT_MS * FIRST_SHARE,
    }
  const wrong = error.issues.map(({ path, message }) => ({ name: String(path[0]), why: message }))
  throw new WrongSettingsError(`Wrong setting, see .env.example: ${told(wrong, '; ')}`, wrong)
}

export interface Wrong {
  /** Of the setting. */
  readonly name: string
  readonly why: string
}

/** Names each setting that is wrong, and why; values, which may be secrets, are not repeated. */
export class WrongSettingsError extends Error {
  override readonly name = 'WrongSettingsError'
  readonly wrong: readonly Wrong[]

  constructor(message: string, wrong: readonly Wrong[]) {
    super(message)
    this.wrong = wrong
  }
}

/** Each of them with its name, parted so. */
export const told = (wrong: readonly Wrong[], by: string) =>
  wrong.map(({ name, why }) => `${name}: ${why}`).join(by)
