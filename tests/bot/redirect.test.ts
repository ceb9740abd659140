import { expect, onTestFinished, test } from 'vitest'
import { runBot } from '../../src/bot/run-bot.ts'
import { parseConfig } from '../../src/config.ts'
import { createConversation } from '../../src/conversation/conversation.ts'
import { createLibrary } from '../../src/conversation/library.ts'
import { createLog } from '../../src/log.ts'
import { hostileEndpoint } from '../support/hostile-endpoint.ts'
import { smallArrivals } from '../support/small-engine.ts'
import { smallAnswer, smallIndex, smallRetrieve } from '../support/small-library.ts'
import { tempFolder } from '../support/temp.ts'

test.each(['redirects elsewhere (302)', 'redirects elsewhere (307)', 'redirects elsewhere (308)'])(
  'a Bot API that %s gets nothing there',
  async (name) => {
    const { baseURL, asked, elsewhere, close } = await hostileEndpoint(name)
    onTestFinished(close)
    const stop = new AbortController()
    const running = runBot({
      config: parseConfig({
        WENCE_DATA_DIR: tempFolder(),
        TELEGRAM_BOT_TOKEN: '123456:simulated-token',
        TELEGRAM_API_ROOT: baseURL,
      }),
      conversation: createConversation({ answer: smallAnswer, passages: smallIndex.passages }),
      library: createLibrary({ index: smallIndex, retrieve: smallRetrieve }),
      arrivals: smallArrivals,
      log: createLog('silent'),
      stop: stop.signal,
    })
    await expect.poll(asked, { timeout: 15_000 }).toBeGreaterThan(1)
    stop.abort()
    await running
    expect(elsewhere()).toBe('')
  },
)
