import { join } from 'node:path'
import { clock } from './clock.ts'
import type { Config } from './config.ts'
import { command } from './cli/command.ts'
import { checkHttp, openHttp, openProbes, wantsHttp } from './cli/open-http.ts'
import { openEngine, openWence } from './cli/open.ts'
import { openOperations } from './cli/operations.ts'
import type { Asked } from './cli/terminal-commands.ts'
import type { Arrivals } from './conversation/arrivals.ts'
import { createLibrary } from './conversation/library.ts'
import { type Logger, createLog, speakAsLog } from './log.ts'
import { aborted, endSoon, stopSignal } from './stop-signal.ts'
import { messageOf } from './message-of.ts'

const usage = `npm start   the Telegram bot when TELEGRAM_BOT_TOKEN is set, else the same conversation in this terminal

With PUBLIC_URL, DESK_TOKEN, API_TOKEN, WEB_CHAT, a webhook or PORT it serves HTTP as well; the bot says
always how it is, at http://127.0.0.1:8080/readyz. With nothing ingested yet it reads seeds/ first. Settings: .env.example.`

await command({ usage, options: {} }, async ({ config }) => {
  // In a terminal somebody reads along; what a server does is read from its log.
  const isBot = config.TELEGRAM_BOT_TOKEN !== undefined
  const isServer = isBot || (wantsHttp(config) && !process.stdin.isTTY)
  const log = createLog(config.LOG_LEVEL ?? (isServer ? 'info' : 'silent'))
  if (isServer) speakAsLog(log)
  if (isBot || wantsHttp(config)) {
    await serve(config, log)
    return endSoon()
  }
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
  const operations = openOperations(log)
  const engine = await openEngine(config, log, operations)
  try {
    const stop = stopSignal()
    const open = wantsHttp(config) ? openHttp : openProbes
    const http = await open({ config, engine, log, operations })
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
          ...operations,
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
        // Whoever started it may keep its input open.
        process.stdin.destroy()
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
