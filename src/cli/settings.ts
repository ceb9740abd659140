import { readFileSync, statSync } from 'node:fs'
import { type Config, SECRETS, SETTINGS, parseConfig } from '../config.ts'
import { readingProblem } from '../ingest/find-files.ts'
import { messageOf } from '../message-of.ts'
import { readEnv } from './env-file.ts'
import { nearestSetting } from './nearest-setting.ts'
import { fileOf, readSecretFiles } from './secret-files.ts'

export interface Settings {
  readonly config: Config
  /** What of them was passed over and may have been meant, a sentence each. */
  readonly notices: readonly string[]
}

/** Settings, and of the secrets among them the names of their files. */
const withFiles = (settings: readonly string[]) => [
  ...settings,
  ...settings.filter((name) => SECRETS.includes(name)).map(fileOf),
]
/** Near ours, and those of every program that signs in to Telegram as a person. */
const THEIRS = ['TELEGRAM_API_ID', 'TELEGRAM_API_HASH']
const KNOWN: ReadonlySet<string> = new Set([...withFiles(SETTINGS), ...THEIRS])
/** Of the environment only names that begin like ours are looked at: all others are somebody else's. */
const OUR_NAMES = /^(?:WENCE|TELEGRAM|QDRANT|OPENAI|EMBEDDING)_/u

/**
 * The settings, from the environment and an `.env` file; what stands in both is the environment's.
 * What the file says is put into the environment, where libraries look.
 * @throws Error with one sentence that names what is wrong, behind those of what may have been meant.
 */
export function readSettings(file = '.env', env = process.env): Settings {
  const { values, notices } = readEnv(bytesOf(file), file)
  const given = Object.keys(env).filter((name) => OUR_NAMES.test(name))
  for (const [name, { value }] of values) env[name] ??= value
  const unset = withFiles(SETTINGS.filter((name) => !env[name] && !env[fileOf(name)]))
  const misspelt = (name: string, where: string) => {
    // Who has set the right one means another program's.
    const meant = KNOWN.has(name) ? undefined : nearestSetting(name, unset)
    return meant === undefined
      ? []
      : [`${where}: ${name} is no setting of ours; is ${meant} meant? See .env.example.`]
  }
  const all = [
    ...(isFolder(file)
      ? [`${file}: this is a folder, and none of our settings is read from it.`]
      : []),
    ...notices,
    ...[...values].flatMap(([name, { line }]) => misspelt(name, `${file}, line ${line}`)),
    ...given.filter((name) => !values.has(name)).flatMap((name) => misspelt(name, 'environment')),
  ]
  try {
    return { config: parseConfig({ ...env, ...readSecretFiles(env) }), notices: all }
  } catch (error) {
    throw new Error([...all, messageOf(error)].join('\n'), { cause: error })
  }
}

/** Docker makes one where a file that it should mount is missing. */
const isFolder = (file: string) => statSync(file, { throwIfNoEntry: false })?.isDirectory() === true

/** No bytes where there is no such file: none is needed. */
function bytesOf(file: string): Uint8Array {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return new Uint8Array()
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Error(readingProblem(file, error), { cause: error })
  }
}
