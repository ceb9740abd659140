/** The bot as a process of its own over the index of its data directory, for tests that kill it. */
import { runBot } from '../../../src/bot/run-bot.ts'
import { parseConfig } from '../../../src/config.ts'
import { createLog } from '../../../src/log.ts'
import { stopSignal } from '../../../src/stop-signal.ts'
import { openIndexed } from '../follow-library.ts'

const config = parseConfig(process.env)
const engine = await openIndexed(config)
await runBot({
  config,
  conversation: engine,
  library: engine,
  arrivals: engine,
  checkClaim: engine.checkClaim,
  log: createLog('info'),
  stop: stopSignal(),
  lookEveryMs: 100,
})
