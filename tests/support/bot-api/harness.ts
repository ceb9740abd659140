import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../../src/cli/bench/free-port.ts'
import { runBot } from '../../../src/bot/run-bot.ts'
import { type Metrics, createMetrics } from '../../../src/metrics/metrics.ts'
import { type Troubles, createTroubles } from '../../../src/troubles.ts'
import { type Config, parseConfig } from '../../../src/config.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { createLog } from '../../../src/log.ts'
import { smallEngine } from '../small-engine.ts'
import { type BotApi, TOKEN, startBotApi } from './bot-api.ts'
import { withWebhook } from './with-webhook.ts'

export type Settings = Readonly<Record<string, string>>

/** Settings that let a test ask as much as it likes. */
const UNLIMITED: Settings = { LIMIT_USER_PER_MINUTE: '100000', LIMIT_CHAT_PER_MINUTE: '100000' }

export interface Running {
  /** Everything logged so far. */
  readonly logged: () => string
  readonly troubles: Troubles
  readonly metrics: Metrics
  /** Asks it to end and waits until it did. */
  readonly stop: () => Promise<void>
}

export interface Served {
  readonly api: BotApi
  readonly dir: string
  readonly settings: Settings
  start: (more?: Settings) => Running
  [Symbol.asyncDispose]: () => Promise<void>
}

/** What a bot in this process answers from. */
export type OpenEngine = (config: Config) => Promise<Omit<Engine, 'examine' | 'rank' | 'holdings'>>
const openSmall: OpenEngine = () => Promise.resolve(smallEngine)

/** A Bot API server and a bot in this process that serves it, by polling or webhook; disposed of together. */
export async function serveBot(
  mode: 'polling' | 'webhook',
  more: Settings = {},
  open = openSmall,
): Promise<Served> {
  const api = await startBotApi()
  const dir = mkdtempSync(join(tmpdir(), 'wence-bot-'))
  const port = mode === 'webhook' ? await freePort() : 0
  const settings = {
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.root,
    WENCE_DATA_DIR: dir,
    ...UNLIMITED,
    ...(mode === 'webhook' && {
      TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}/hook`,
      PORT: String(port),
    }),
    ...more,
  }
  const running: Running[] = []
  function start(further: Settings = {}): Running {
    const bot = inProcess({ ...settings, ...further }, open)
    running.push(bot)
    return bot
  }
  return {
    api,
    dir,
    settings,
    start,
    async [Symbol.asyncDispose]() {
      await Promise.all(running.map((bot) => bot.stop()))
      await api.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function inProcess(settings: Settings, open: OpenEngine): Running {
  const stop = new AbortController()
  const lines: string[] = []
  const log = createLog('debug', { write: (line: string) => void lines.push(line) })
  const config = parseConfig(settings)
  const troubles = createTroubles()
  const metrics = createMetrics()
  const done = withWebhook(config, async (onReceive) => {
    const engine = await open(config)
    await runBot({
      config,
      conversation: engine,
      library: engine,
      arrivals: engine,
      checkClaim: engine.checkClaim,
      log,
      stop: stop.signal,
      graceMs: 300,
      lookEveryMs: 50,
      troubles,
      metrics,
      onReceive,
    })
  })
  done.catch((error: unknown) => lines.push(String(error)))
  return {
    logged: () => lines.join(''),
    troubles,
    metrics,
    async stop() {
      stop.abort()
      await done.catch(() => {})
    },
  }
}

export interface RunningProcess {
  readonly child: ChildProcess
  readonly logged: () => string
  /** Sends a signal to it and its children, as a supervisor does, and waits for the end; gives the exit code. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>
  [Symbol.asyncDispose]: () => Promise<void>
}

/** The bot, or another program with what it is called with, as a process of its own, which can be killed. */
export function spawnBot(
  settings: Settings,
  entry: string = fileURLToPath(new URL('serve-bot.ts', import.meta.url)),
  given: readonly string[] = [],
): RunningProcess {
  return spawned(process.execPath, [entry, ...given], settings)
}

/** The whole program, as `npm start` starts it. */
export function npmStart(settings: Settings): RunningProcess {
  return spawned('npm', ['start', '--silent'], settings)
}

function spawned(command: string, args: readonly string[], settings: Settings): RunningProcess {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...settings },
    detached: true,
  })
  let logged = ''
  child.stderr.on('data', (data: Buffer) => {
    logged += data.toString('utf8')
  })
  const closed = once(child, 'close')
  const kill = (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, signal)
  }
  // A group of its own does not end with us by itself.
  const last = () => kill('SIGKILL')
  process.once('exit', last)
  void closed.then(() => process.off('exit', last))
  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    kill(signal)
    await closed
    return child.exitCode
  }
  return {
    child,
    logged: () => logged,
    end,
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  }
}
