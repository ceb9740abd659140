import { command } from './cli/command.ts'
import { openWence } from './cli/open.ts'
import { runTerminal } from './cli/terminal.ts'

const usage = `npm start   the Telegram bot when TELEGRAM_BOT_TOKEN is set, else the same conversation in this terminal

With nothing ingested yet it reads seeds/ first. Settings: .env.example.`

await command({ usage, options: {} }, async ({ config }) => {
  const wence = await openWence(config)
  try {
    if (config.TELEGRAM_BOT_TOKEN) {
      const { runBot } = await import('./bot/run-bot.ts')
      await runBot({ config, ...wence })
    } else {
      const { stdin: input, stdout: output } = process
      const onError = (error: unknown) => {
        wence.log.error({ err: error }, 'answer failed')
        console.error(error instanceof Error ? error.message : String(error))
      }
      await runTerminal({ conversation: wence.conversation, input, output, onError })
    }
  } finally {
    await wence.close()
  }
})
