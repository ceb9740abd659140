import { command } from './cli/command.ts'
import { openEngine, openWence } from './cli/open.ts'
import { runTerminal } from './cli/terminal.ts'
import { createLog } from './log.ts'

const usage = `npm start   the Telegram bot when TELEGRAM_BOT_TOKEN is set, else the same conversation in this terminal

With nothing ingested yet it reads seeds/ first. Settings: .env.example.`

await command({ usage, options: {} }, async ({ config }) => {
  // In a terminal somebody reads along; what a bot does is read from its log.
  const log = createLog(config.LOG_LEVEL ?? (config.TELEGRAM_BOT_TOKEN ? 'info' : 'silent'))
  if (config.TELEGRAM_BOT_TOKEN) {
    const engine = await openEngine(config, log)
    try {
      const { runBot } = await import('./bot/run-bot.ts')
      await runBot({
        config,
        conversation: engine,
        library: engine,
        checkClaim: engine.checkClaim,
        log,
      })
    } finally {
      await engine.close()
    }
    return
  }
  const wence = await openWence(config)
  try {
    const { stdin: input, stdout: output } = process
    const onError = (error: unknown) => {
      log.error({ err: error }, 'answer failed')
      console.error(error instanceof Error ? error.message : String(error))
    }
    await runTerminal({ conversation: wence.conversation, input, output, onError })
  } finally {
    await wence.close()
  }
})
