/** The bot as a process of its own over the small library, for tests that kill it. Settings as always. */
import { runBot } from '../../../src/bot/run-bot.ts'
import { parseConfig } from '../../../src/config.ts'
import { createConversation } from '../../../src/conversation/conversation.ts'
import { createLibrary } from '../../../src/conversation/library.ts'
import { createLog } from '../../../src/log.ts'
import { stopSignal } from '../../../src/stop-signal.ts'
import { smallArrivals } from '../small-engine.ts'
import { withWebhook } from './with-webhook.ts'
import { smallAnswer, smallCheckClaim, smallIndex, smallRetrieve } from '../small-library.ts'

const config = parseConfig(process.env)
await withWebhook(config, (onReceive) =>
  runBot({
    config,
    conversation: createConversation({ answer: smallAnswer, passages: smallIndex.passages }),
    library: createLibrary({ index: smallIndex, retrieve: smallRetrieve }),
    arrivals: smallArrivals,
    checkClaim: smallCheckClaim,
    log: createLog(config.LOG_LEVEL ?? 'info'),
    stop: stopSignal(),
    onReceive,
  }),
)
