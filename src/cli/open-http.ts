import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Hono, type MiddlewareHandler } from 'hono'
import { createLimiter } from '../limiter.ts'
import { createApi } from '../web/api/api.ts'
import { createApp } from '../web/app.ts'
import { probes } from '../web/probes.ts'
import { behindProxies } from '../web/client.ts'
import { createChat } from '../web/chat/chat.ts'
import { checkPort, startHttp } from '../web/server.ts'
import { homePage } from '../web/home-page.ts'
import { robotsFile } from '../web/robots.ts'
import { createTurns } from '../web/turns.ts'
import { sourcePages } from '../web/source-page.ts'
import { webhook } from '../web/webhook.ts'
import type { Config } from '../config.ts'
import { createCatalogue } from '../conversation/catalogue.ts'
import { chinaToday } from '../china-time.ts'
import { keepHouse } from '../conversation/keep-house.ts'
import { createListArticles } from '../conversation/list-articles.ts'
import { installationOf } from '../installation.ts'
import { createPseudonym } from '../conversation/pseudonym.ts'
import { createDesk } from '../desk/desk.ts'
import { createDoor, thisMachineOnly } from '../desk/door.ts'
import { openLedger } from '../ingest/ledger.ts'
import type { Logger } from '../log.ts'
import { openState } from '../stores/sqlite/open-state.ts'
import { openDeskRooms } from './desk-rooms.ts'
import { ledgerFile } from './open-index.ts'
import { type ServingEngine, openFilledIndex } from './open.ts'
import { type Operations, openOperations, watchInstallation } from './operations.ts'
import { clock } from '../clock.ts'
import { whatIsServed } from './what-is-served.ts'

export const DEFAULT_PORT = 8080
const LOOPBACK = '127.0.0.1'

/** Whether the settings ask for anything that is served over HTTP. */
export function wantsHttp(config: Config): boolean {
  const { PUBLIC_URL, DESK_TOKEN, TELEGRAM_WEBHOOK_URL, PORT, API_TOKEN, WEB_CHAT } = config
  return (
    [PUBLIC_URL, DESK_TOKEN, TELEGRAM_WEBHOOK_URL, PORT, API_TOKEN].some(
      (setting) => setting !== undefined,
    ) || WEB_CHAT
  )
}

/**
 * Looks whether what the settings ask for can be served, before an index is filled for it.
 * @throws Error with one sentence when the port cannot be had.
 */
export async function checkHttp(config: Config, { isLocal = false } = {}): Promise<void> {
  if (isLocal && config.PORT === undefined) return
  await checkPort(addressOf(config, isLocal))
}

export interface HttpOptions {
  readonly config: Config
  readonly engine: ServingEngine
  readonly log: Logger
  /** Those of the engine. */
  readonly operations?: Operations
  /** On this machine alone, where nobody needs a token. */
  readonly isLocal?: boolean
}

/**
 * All that is served over HTTP, as the settings say: pages of sources, the desk, the API, the webhook.
 * @throws Error with one sentence when the port cannot be had.
 */
export async function openHttp({
  config,
  engine,
  log,
  operations = openOperations(log),
  isLocal = false,
}: HttpOptions) {
  // Pages are read beside the engine: nobody who reads waits for somebody's question.
  const { index, close: closeIndex } = await openFilledIndex(config)
  const state = await openState(join(config.WENCE_DATA_DIR, 'conversations.sqlite'), {
    keepQuestions: config.KEEP_QUESTIONS_DAYS > 0,
    onNotice: (notice) => log.error(notice),
  })
  const app = probed({ config, engine, log, operations })
  if (isLocal) app.use(thisMachineOnly)
  const { PUBLIC_URL: publicUrl, ROBOTS: robots, WEB_CHAT: hasChat } = config
  const catalogue = createCatalogue({ index })
  // Whoever comes first need not wait for it.
  catalogue.entries().catch((error: unknown) => log.warn({ err: error }, 'no catalogue yet'))
  const search = (query: string) => engine.search(query)
  const { budget, secrets } = state
  const spend = () => budget.spend(chinaToday(), config.BUDGET_MODEL_CALLS_PER_DAY)
  const rooms =
    isLocal || config.DESK_TOKEN !== undefined
      ? await openDeskRooms({ config, engine, index, state, spend, log })
      : undefined
  const file = ledgerFile(config)
  // A machine that only serves has none.
  const remembered = existsSync(file)
    ? openLedger(file, null, { onNotice: (notice) => log.error(notice) })
    : undefined
  const door = {
    token: config.DESK_TOKEN,
    secret: await secrets.secret('desk'),
    isSecure: publicUrl?.startsWith('https:') ?? false,
  }
  if (rooms) app.route('/desk', createDesk({ ...door, rooms: rooms.rooms }))
  const isOpen = isLocal || publicUrl !== undefined || hasChat
  if (isOpen || rooms) {
    const pages = new Hono()
    // Staff read what their answers cite, before anybody else may.
    if (!isOpen) {
      const { staffOnly } = createDoor(door)
      pages.use('/', staffOnly, unkept).use('/s/*', staffOnly, unkept)
    }
    pages.route('/', homePage({ index, catalogue, search, robots, hasChat, log }))
    const keptOf = (id: string) => remembered?.keptOf(id)
    pages.route('/', sourcePages({ index, publicUrl, robots, hasChat, keptOf }))
    app.route('/', pages)
  }
  app.route('/', robotsFile(robots))
  // Where this machine does the work more at a time would only come later.
  const turns = () => createTurns({ most: config.CHAT_MODEL ? 16 : 4 })
  const asking = { engine, spend, log }
  const perUser = () => createLimiter(config.LIMIT_USER_PER_MINUTE)
  const perChat = () => createLimiter(config.LIMIT_CHAT_PER_MINUTE)
  if (isLocal || config.API_TOKEN !== undefined)
    app.route(
      '/api',
      createApi({
        ...asking,
        index,
        listArticles: createListArticles({ index, catalogue }),
        token: config.API_TOKEN,
        origins: config.API_ORIGINS,
        limits: { address: perUser(), token: perChat() },
        turns: turns(),
      }),
    )
  if (config.WEB_CHAT)
    app.route(
      '/chat',
      createChat({
        ...asking,
        store: state.conversations,
        forget: state.forget,
        secret: await secrets.secret('chat'),
        pseudonym: createPseudonym(config.USER_HASH_SALT ?? (await secrets.secret('salt'))),
        keepDays: config.KEEP_QUESTIONS_DAYS,
        limits: { person: perUser(), address: perChat() },
        turns: turns(),
      }),
    )
  // A bot of this process does it for both.
  const stopClearing =
    config.TELEGRAM_BOT_TOKEN === undefined
      ? keepHouse({ state, keepDays: config.KEEP_QUESTIONS_DAYS, now: clock.now, log })
      : () => {}
  const url = config.TELEGRAM_WEBHOOK_URL
  const hook = url === undefined ? undefined : webhook(url)
  if (hook) app.route('/', hook.route)

  const close = async () => {
    stopClearing()
    await rooms?.close()
    remembered?.close()
    await state.close()
    await closeIndex()
  }
  try {
    const server = await listen(app, config, isLocal)
    const { port } = server
    log.info({ port }, isLocal ? 'serving this machine' : whatIsServed(config, port))
    return {
      port,
      connectWebhook: hook?.connect,
      async close() {
        await server.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** What says how it is, and nothing else yet. */
function probed({ config, engine, log, operations = openOperations(log) }: HttpOptions) {
  const { metrics } = operations
  const app = createApp({ log, metrics })
  app.use(behindProxies(config.TRUSTED_PROXIES, log))
  const look = watchInstallation(operations, config, engine, log)
  const { METRICS_TOKEN: token, WENCE_DATA_DIR: folder } = config
  return app.route('/', probes({ look, metrics, token, installation: installationOf(folder) }))
}

/**
 * Serves what says how it is alone, on this machine alone: where nothing else asks for HTTP. A port that
 * another program has is no reason not to answer.
 */
export async function openProbes({
  port = DEFAULT_PORT,
  ...options
}: HttpOptions & { readonly port?: number }) {
  const { log } = options
  try {
    const server = await startHttp(probed(options), { port, host: LOOPBACK })
    log.info({ port: server.port }, 'serving /healthz, /readyz and /metrics on this machine')
    return { ...server, connectWebhook: undefined }
  } catch (error) {
    log.warn({ err: error }, 'no /healthz, /readyz and /metrics')
    return undefined
  }
}

/** What not everybody may see is kept by nobody on the way. */
const unkept: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('cache-control', 'no-store')
}

function addressOf(config: Config, isLocal: boolean) {
  const { PORT: port = DEFAULT_PORT, LISTEN_ADDRESS: given } = config
  const host = isLocal ? LOOPBACK : given
  return host === undefined ? { port } : { port, host }
}

async function listen(app: ReturnType<typeof createApp>, config: Config, isLocal: boolean) {
  const address = addressOf(config, isLocal)
  if (!isLocal || config.PORT !== undefined) return startHttp(app, address)
  // Who only wants to look is not bothered with whose port that is.
  return startHttp(app, address).catch(() => startHttp(app, { ...address, port: 0 }))
}
