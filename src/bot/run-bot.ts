import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Api, type ApiClientOptions, GrammyError } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import type { CheckClaim } from '../answer/claims/check-claim.ts'
import { chinaDay } from '../china-time.ts'
import { wellFormed } from '../code-points.ts'
import { clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Arrivals } from '../conversation/arrivals.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Library } from '../conversation/library.ts'
import { createPseudonym } from '../conversation/pseudonym.ts'
import { keepHouse } from '../conversation/keep-house.ts'
import { watchArrivals } from '../conversation/watch-arrivals.ts'
import { waitForNobody } from '../database/when-free.ts'
import type { Logger } from '../log.ts'
import { agentFor } from '../proxy.ts'
import { unnamedPlace } from '../retrieval/asked-places.ts'
import { keepErasing } from '../stores/sqlite/erase-state.ts'
import { openState } from '../stores/sqlite/open-state.ts'
import { openStateDatabase } from '../stores/sqlite/state-database.ts'
import { createArticleReferences } from './article-references.ts'
import { askTime } from './send/ask-time.ts'
import { isButtonUrl } from './render/button-url.ts'
import { offerCommands, scopedCommands } from './commands.ts'
import { ALLOWED_UPDATES, createBot } from './create-bot.ts'
import { createDisk } from './updates/disk.ts'
import { type BotDeps, createAnswering } from './exchange.ts'
import { gate } from './send/gate.ts'
import { grammySignal } from './send/grammy-signal.ts'
import { createHolds } from './send/holds.ts'
import { createLimits } from './incoming/guard.ts'
import { LINE, createInbox } from './updates/inbox.ts'
import { createMoves, followMoves, noteMove } from './incoming/moves.ts'
import { plainError } from './plain-error.ts'
import { POLL_SECONDS, type PollDeps, poll } from './updates/poll.ts'
import { SAY } from './replies.ts'
import { createQuestions } from './incoming/questions.ts'
import { refusalOf } from './send/refusals.ts'
import { retry } from './send/retry.ts'
import { followLetters } from './send/follow-letters.ts'
import { sendLetters } from './send/send-letters.ts'
import { staffLetters } from './send/staff-letters.ts'
import { type Metrics, createMetrics } from '../metrics/metrics.ts'
import { type Troubles, createTroubles } from '../troubles.ts'
import { unwritable, whyUnwritable } from '../why-unwritable.ts'
import { watchTelegram } from './send/watch-telegram.ts'
import { type Serve, createServe } from './updates/serve.ts'
import { TOO_OLD_MS } from './incoming/too-old.ts'
import { removeWebhook, watchWebhook } from './updates/watch-webhook.ts'
import { type Receive, createReceive } from './updates/webhook.ts'

export interface RunBotDeps {
  readonly config: Config
  readonly conversation: Conversation
  readonly library: Library
  readonly arrivals: Arrivals
  readonly checkClaim?: CheckClaim
  readonly log: Logger
  /** Told what takes Telegram's calls, where the settings have a webhook. */
  readonly onReceive?: (receive: Receive) => void
  /** Told what keeps it from hearing or saying anything. */
  readonly troubles?: Troubles
  /** What is counted. */
  readonly metrics?: Metrics
  /** Ends it. */
  readonly stop: AbortSignal
  /** How long what was begun may take to finish once the end was asked for. */
  readonly graceMs?: number
  /** How often it is looked whether articles came, letters were written, or the webhook is another's. */
  readonly lookEveryMs?: number
}

const TELEGRAM = 'https://api.telegram.org'
/** Less than a supervisor waits before it kills. */
const GRACE_MS = 8_000
/** Telegram may have received the last call; so long its answer is waited for. */
const LAST_CALL_MS = 1_500

/**
 * The Telegram bot, by long polling or webhook as the settings say, until it is stopped; then what
 * was begun is finished and the rest stays for the next start.
 * @throws Error with one sentence when the token is missing or refused.
 */
export async function runBot({
  config,
  conversation,
  library,
  arrivals,
  checkClaim,
  log,
  onReceive,
  troubles = createTroubles(),
  metrics = createMetrics(),
  stop,
  graceMs = GRACE_MS,
  lookEveryMs,
}: RunBotDeps): Promise<void> {
  const token = config.TELEGRAM_BOT_TOKEN
  if (!token) throw new Error('TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather')
  const file = join(config.WENCE_DATA_DIR, 'conversations.sqlite')
  const state = await openState(file, {
    keepQuestions: config.KEEP_QUESTIONS_DAYS > 0,
    onNotice: (notice) => log.error(notice),
  })
  // What one bot alone needs to know stands beside it.
  const db = openStateDatabase(file)
  const cutOff = new AbortController()
  const client: ApiClientOptions = {
    ...(config.TELEGRAM_API_ROOT && { apiRoot: config.TELEGRAM_API_ROOT.replace(/\/+$/, '') }),
    timeoutSeconds: POLL_SECONDS + 15,
    // A redirect would take the token and what people wrote elsewhere.
    baseFetchConfig: { agent: agentFor, redirect: 'error' },
  }
  const api = new Api(token, client)
  // Each attempt goes through the gate, and none waits in it for its next.
  const holds = createHolds()
  api.config.use(
    watchTelegram(troubles, metrics),
    gate(),
    holds.heed,
    retry({ log, signal: grammySignal(cutOff.signal) }),
  )
  // Half a character anywhere, and Telegram takes none of it.
  api.config.use((prev, method, payload, signal) => prev(method, wellFormed(payload), signal))
  try {
    const me = await introduce(api, log, stop)
    if (!me) return
    const { conversations: store, follows, replies, budget, secrets } = state
    const time = await askTime(client.apiRoot ?? TELEGRAM)
    if (time !== undefined) clock.is(time)
    const tell = (text: string) => void tellStaff(api, config.TELEGRAM_STAFF, text, log)
    const disk = createDisk({
      log,
      async tell(become) {
        if (become === 'well') return tell(SAY.diskWell)
        const code = await whyUnwritable(config.WENCE_DATA_DIR)
        tell(SAY.diskFails(code === undefined ? SAY.whyInLog : unwritable(code)))
      },
      signal: cutOff.signal,
    })
    const pseudonym = createPseudonym(config.USER_HASH_SALT ?? (await secrets.secret('salt')))
    const deps: BotDeps = {
      api,
      me,
      settings: {
        staff: new Set(config.TELEGRAM_STAFF),
        allowed: new Set(config.TELEGRAM_ALLOWED_CHATS),
        modelCallsPerDay: config.BUDGET_MODEL_CALLS_PER_DAY,
        keepDays: config.KEEP_QUESTIONS_DAYS,
        publicUrl: publicUrlOf(config, log),
        hasDesk: config.DESK_TOKEN !== undefined && config.KEEP_QUESTIONS_DAYS > 0,
        streams: config.CHAT_MODEL !== undefined,
      },
      conversation,
      state,
      store,
      follows,
      replies,
      moves: await createMoves(state),
      library,
      checkClaim,
      budget,
      spend: () => budget.spend(chinaDay(clock.now()), config.BUDGET_MODEL_CALLS_PER_DAY),
      references: createArticleReferences(db),
      inbox: createInbox(db, me.id),
      holds,
      questions: createQuestions(db),
      pseudonym,
      requestOf: (updateId) => pseudonym('asked', me.id, updateId),
      disk,
      onDamage() {
        if (!troubles.has('damage')) tell(SAY.damaged)
        troubles.set('damage', SAY.damaged)
      },
      clock,
      limits: createLimits(config.LIMIT_USER_PER_MINUTE, config.LIMIT_CHAT_PER_MINUTE),
      answering: createAnswering(),
      offered: new Map(),
      log,
      metrics,
      now: clock.now,
    }
    metrics.gauges(LINE, () => deps.inbox.line(clock.now()))
    api.config.use(followMoves((move) => disk.patiently(() => noteMove(deps, move))))
    // Who serves waits for other writers without holding up the rest: `disk` does.
    waitForNobody(db)
    const serve = createServe({ ...deps, clock, bot: createBot(deps) })
    const stopClearing = keepHouse({
      state,
      keepDays: config.KEEP_QUESTIONS_DAYS,
      now: clock.now,
      log,
      more: () => {
        deps.inbox.prune(clock.now())
        deps.questions.prune(clock.now() - TOO_OLD_MS)
      },
    })
    // What is not to be kept is only in the inbox, until it is answered.
    const stopErasing =
      config.KEEP_QUESTIONS_DAYS === 0
        ? keepErasing(db, (error) => log.warn({ err: plainError(error) }, 'nothing was erased yet'))
        : () => {}
    void offerCommands(api, scopedCommands(config.TELEGRAM_STAFF), log)
    // It reads its words at its first use, a tenth of a second in which nobody would be answered.
    unnamedPlace('我市')
    serve.resume()
    const ending = new AbortController()
    const looking = lookEveryMs === undefined ? {} : { everyMs: lookEveryMs }
    const beside = Promise.all([
      sendLetters({
        ...deps,
        letters: [staffLetters(deps), followLetters(deps)],
        signal: ending.signal,
        ...looking,
      }),
      config.KEEP_QUESTIONS_DAYS > 0 &&
        watchArrivals({
          arrivals,
          follows,
          now: clock.now,
          log,
          signal: ending.signal,
          ...looking,
        }),
    ])
    const serving = { api, serve, disk, tell, log, signal: stop }
    try {
      await (config.TELEGRAM_WEBHOOK_URL === undefined
        ? servePolling(serving)
        : serveWebhook(serving, {
            url: config.TELEGRAM_WEBHOOK_URL,
            secret: config.TELEGRAM_WEBHOOK_SECRET ?? (await secrets.secret('webhook')),
            onReceive,
            troubles,
            ...looking,
          }))
    } finally {
      stopClearing()
      ending.abort()
      await finish(serve, beside, cutOff, log, graceMs)
      stopErasing()
    }
  } finally {
    db.close()
    await state.close()
  }
}

/** Where pages of sources are, as far as a button may lead there; else nothing of the bot but that button is missing. */
function publicUrlOf({ PUBLIC_URL: url }: Config, log: Logger): string | undefined {
  if (url === undefined || isButtonUrl(url)) return url
  log.warn('PUBLIC_URL: Telegram takes no button to a host without a dot; answers have none there')
  return undefined
}

/** Who we are at Telegram; nothing when stopped before it could be reached. */
async function introduce(
  api: Api,
  log: Logger,
  stop: AbortSignal,
): Promise<UserFromGetMe | undefined> {
  const started = performance.now()
  for (let tries = 0; ; tries++) {
    try {
      const me = await api.getMe(grammySignal(stop))
      log.info({ bot: me.username }, 'signed in to Telegram')
      return me
    } catch (error) {
      if (stop.aborted) return undefined
      if (!isLoggedOut(error)) throw withoutToken(whyNobody(error), error)
      if (performance.now() - started > LOGGED_OUT_MS) throw withoutToken(LOGGED_OUT, error)
      log.warn(LOGGED_OUT)
      await sleep(Math.min(30_000, 500 * 2 ** tries), undefined, { signal: stop }).catch(() => {})
    }
  }
}

/** Telegram takes a token for ten minutes nowhere after it was logged out of a server. */
const LOGGED_OUT_MS = 15 * 60_000
const LOGGED_OUT =
  'this token was logged out of this Bot API server: set TELEGRAM_API_ROOT to the one that it uses, or wait ten minutes'
const isLoggedOut = (error: unknown) =>
  refusalOf(error) === 'token' && error instanceof GrammyError && error.error_code === 400

const whyNobody = (error: unknown) =>
  error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404)
    ? 'Telegram does not accept TELEGRAM_BOT_TOKEN: copy it again from @BotFather'
    : `Telegram cannot be used: ${plainError(error).message}`

/** What grammY throws holds the token in its depths; only what may be shown goes on. */
const withoutToken = (message: string, error: unknown) =>
  new Error(message, { cause: plainError(error) })

/** What goes wrong there is told in the log, and by a message to whoever looks after the bot. */
async function tellStaff(
  api: Api,
  staff: readonly number[],
  text: string,
  log: Logger,
): Promise<void> {
  for (const id of staff)
    await api
      .sendMessage(id, text)
      .catch((error: unknown) => log.warn({ err: plainError(error) }, 'staff could not be told'))
}

type Serving = Omit<PollDeps, 'removeWebhook'> & { readonly tell: (text: string) => void }

async function servePolling({ tell, ...deps }: Serving): Promise<void> {
  const { api, log, signal } = deps
  await removeWebhook(api, log, signal)
  log.info('fetching updates')
  let told = false
  await poll({
    ...deps,
    async removeWebhook() {
      const host = await removeWebhook(api, log, signal)
      if (host === undefined || told) return
      told = true
      tell(SAY.webhookRemoved(host))
    },
  })
}

interface WebhookServing {
  readonly url: string
  readonly secret: string
  readonly onReceive: RunBotDeps['onReceive'] | undefined
  readonly troubles: Troubles
  readonly everyMs?: number
}

async function serveWebhook(
  { api, serve, disk, tell, log, signal }: Serving,
  { secret, onReceive, ...watching }: WebhookServing,
): Promise<void> {
  const take = (updates: readonly Update[]) => disk.attempt('webhook', () => serve.take(updates))
  onReceive?.(createReceive({ secret, take, log }))
  const options = { secret_token: secret, allowed_updates: ALLOWED_UPDATES }
  const set = () => api.setWebhook(watching.url, options, grammySignal(signal))
  try {
    await set()
  } catch (error) {
    if (signal.aborted) return
    throw withoutToken(`Telegram refuses the webhook: ${plainError(error).message}`, error)
  }
  log.info('serving the webhook')
  await watchWebhook({ ...watching, api, set, tell, log, signal })
}

/** Finishes what was begun, and after a while no longer waits for Telegram. */
async function finish(
  serve: Serve,
  beside: Promise<unknown>,
  cutOff: AbortController,
  log: Logger,
  graceMs: number,
): Promise<void> {
  log.info({ updates: serve.size() }, 'stopping: finishing what was begun')
  const timer = setTimeout(() => {
    serve.cutShort()
    cutOff.abort()
  }, graceMs)
  const drained = Promise.all([serve.drain(), beside])
  // An answer that heeds no signal is not waited for.
  const late = new Promise<void>((resolve) => setTimeout(resolve, graceMs + LAST_CALL_MS).unref())
  await Promise.race([drained, late])
  clearTimeout(timer)
  log.info('stopped')
}
