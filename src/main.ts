import { join } from 'node:path'
import type { Troubles } from './bot/troubles.ts'
import { clock } from './clock.ts'
import type { Config } from './config.ts'
import { command } from './cli/command.ts'
import { checkHttp, openHttp, wantsHttp } from './cli/open-http.ts'
import { openEngine, openWence } from './cli/open.ts'
import type { Asked } from './cli/terminal-commands.ts'
import type { Arrivals } from './conversation/arrivals.ts'
import { createLibrary } from './conversation/library.ts'
import { type Logger, createLog } from './log.ts'
import { aborted, stopSignal } from './stop-signal.ts'
import { messageOf } from './message-of.ts'

const usage = `npm start   the Telegram bot when TELEGRAM_BOT_TOKEN is set, else the same conversation in this terminal

With PUBLIC_URL, DESK_TOKEN, API_TOKEN, WEB_CHAT, a webhook or PORT it serves HTTP as well. With nothing
ingested yet it reads seeds/ first. Settings: .env.example.`

await command({ usage, options: {} }, async ({ config }) => {
  // In a terminal somebody reads along; what a server does is read from its log.
  const isServer = config.TELEGRAM_BOT_TOKEN !== undefined
  const log = createLog(config.LOG_LEVEL ?? (isServer ? 'info' : 'silent'))
  if (isServer || wantsHttp(config)) return serve(config, log)
  const wence = await openWence(config)
  try {
    await talk(config, { ...wence, library: createLibrary(wence) }, log)
  } finally {
    await wence.close()
  }
})

/** The bot, or the terminal, with what is served over HTTP beside it. */
async function serve(config: Config, log: Logger): Promise<void> {
  if (wantsHttp(config)) await checkHttp(config)
  const engine = await openEngine(config, log)
  try {
    const stop = stopSignal()
    const troubles: Troubles = new Map()
    const http = wantsHttp(config) ? await openHttp({ config, engine, log, troubles }) : undefined
    try {
      if (config.TELEGRAM_BOT_TOKEN) {
        const { runBot } = await import('./bot/run-bot.ts')
        await runBot({
          config,
          conversation: engine,
          library: engine,
          arrivals: engine,
          checkClaim: engine.checkClaim,
          log,
          troubles,
          stop,
          ...(http?.connectWebhook && { onReceive: http.connectWebhook }),
        })
      } else {
        console.error(`http://127.0.0.1:${http?.port}/`)
        const { checkClaim } = engine
        await Promise.race([
          talk(
            config,
            { conversation: engine, library: engine, checkClaim, arrivals: engine },
            log,
          ),
          aborted(stop),
        ])
        // A service has no terminal: it serves on until it is told to end.
        if (!process.stdin.isTTY) await aborted(stop)
      }
    } finally {
      await http?.close()
    }
  } finally {
    await engine.close()
  }
}

async function talk(
  config: Config,
  { arrivals, ...asked }: Omit<Asked, 'follows'> & { readonly arrivals: Arrivals },
  log: Logger,
): Promise<void> {
  const { stdin: input, stdout: output } = process
  const onError = (error: unknown) => {
    log.error({ err: error }, 'answer failed')
    console.error(messageOf(error))
  }
  const { runTerminal } = await import('./cli/terminal.ts')
  const { openTerminalFollows } = await import('./conversation/terminal-follows.ts')
  const follows = openTerminalFollows({
    file: join(config.WENCE_DATA_DIR, 'conversations.sqlite'),
    keeps: config.KEEP_QUESTIONS_DAYS > 0,
    arrivals,
    now: clock.now,
  })
  try {
    await runTerminal({ ...asked, follows, input, output, onError })
  } finally {
    await follows.close()
  }
}
