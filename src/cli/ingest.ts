import { constants, setPriority } from 'node:os'
import { SourceKind } from '../corpus.ts'
import { type Outcome, ingest, remove } from '../ingest/ingest.ts'
import { READABLE } from '../ingest/read/endings.ts'
import { command, UsageError } from './command.ts'
import { inIngestTurn } from './one-ingest.ts'
import { openStores } from './open.ts'
import { ingestReport } from './ingest-report.ts'
import { showProgress } from './progress.ts'
import { watchIngest } from './watch-ingest.ts'

const usage = `npm run ingest -- PATH…            reads files and folders into the index; only what changed is read again
npm run ingest -- --remove PATH…   takes files, folders or sources out of the index; files that print the
                                   same articles are read again, so that these stay
npm run ingest -- --watch FOLDER…  keeps the index as the folders are, until Ctrl+C or SIGTERM, and
                                   fetches the feeds and pages that sources.txt in them lists

  --as KIND   reads them as web, document, newspaper or data, whatever they look like, and remembers it;
              auto lets them be looked at again
  --dry-run   says what would be read, changes nothing
  --json      prints what became of each file, as JSON, on stdout

Reads ${READABLE.join(' ')}; a file is read by what it is, also under another ending.
At the end it says what was skipped and why. Exit code 1 when a file could not be read, holds no
article, has lines of data that are none, or lost the words that a correction belongs to, or when the
embedding endpoint failed; the others are read.`

const options = {
  remove: { type: 'boolean' },
  watch: { type: 'boolean' },
  as: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
} as const

const KINDS = [...SourceKind.options, 'auto'] as const

await command(
  { usage, options, allowPositionals: true },
  async ({ values, positionals: paths, config }) => {
    if (paths.length === 0) throw new UsageError('Which files or folders?')
    const dryRun = values['dry-run'] ?? false
    const as = values.as === undefined ? undefined : kindNamed(values.as)
    // A bot that answers on the same machine goes first.
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
    if (values.watch) {
      if (Object.keys(values).length > 1) throw new UsageError('--watch takes folders alone.')
      return watchIngest(config, paths)
    }
    const work = async () => {
      const started = performance.now()
      const stores = await openStores(config)
      try {
        const deps = { ...stores, report: showProgress({ dryRun }).report }
        const outcomes = values.remove
          ? await remove(paths, deps, { dryRun })
          : await ingest(paths, deps, { dryRun, ...(as && { as }) })
        console.error(ingestReport(outcomes, performance.now() - started, dryRun))
        return outcomes
      } finally {
        await stores.close()
      }
    }
    // Who only looks waits for nobody.
    const outcomes = await (dryRun ? work() : inIngestTurn(config, work))
    if (values.json) console.log(JSON.stringify(outcomes, null, 2))
    return outcomes.some(wentWrong) ? 1 : 0
  },
)

function kindNamed(name: string): (typeof KINDS)[number] {
  const kind = KINDS.find((each) => each === name)
  if (!kind) throw new UsageError(`--as takes one of ${KINDS.join(' ')}`)
  return kind
}

function wentWrong(outcome: Outcome): boolean {
  if (outcome.status === 'failed') return true
  const hasFailed = 'unembedded' in outcome && outcome.unembedded?.failure !== undefined
  return hasFailed || ('problems' in outcome && outcome.problems.length > 0)
}
