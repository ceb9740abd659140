import type { Receive } from '../../../src/bot/updates/webhook.ts'
import type { Config } from '../../../src/config.ts'
import { createLog } from '../../../src/log.ts'
import { createMetrics } from '../../../src/metrics/metrics.ts'
import { createTroubles } from '../../../src/troubles.ts'
import { createApp } from '../../../src/web/app.ts'
import { probes } from '../../../src/web/probes.ts'
import { startHttp } from '../../../src/web/server.ts'
import { webhook } from '../../../src/web/webhook.ts'

/** Runs a bot with what serves its webhook beside it, where the settings have one. */
export async function withWebhook(
  { TELEGRAM_WEBHOOK_URL: url, PORT = 0 }: Config,
  run: (onReceive: (receive: Receive) => void) => Promise<void>,
): Promise<void> {
  if (url === undefined) return run(() => {})
  const log = createLog('silent')
  const hook = webhook(url)
  const app = createApp({ log })
  const states = async () => createTroubles().states(new Set())
  app.route('/', probes({ look: states, metrics: createMetrics() })).route('/', hook.route)
  const server = await startHttp(app, { port: PORT })
  try {
    await run(hook.connect)
  } finally {
    await server.close()
  }
}
