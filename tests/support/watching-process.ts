/** `npm run ingest -- --watch` that also asks servers of this machine, and soon again; called with the folders. */
import { watchIngest } from '../../src/cli/watch-ingest.ts'
import { parseConfig } from '../../src/config.ts'

await watchIngest(parseConfig(process.env), process.argv.slice(2), {
  times: { lookMs: 1_000, settleMs: 200 },
  fetching: {
    isReachable: (address) => address === '127.0.0.1',
    betweenMs: 20,
    everyMs: 500,
    lookMs: 100,
  },
})
