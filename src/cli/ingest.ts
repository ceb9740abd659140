import { type Outcome, ingest, remove } from '../ingest/ingest.ts'
import { command, UsageError } from './command.ts'
import { openStores } from './open.ts'
import { showProgress, summaryLine } from './progress.ts'

const usage = `npm run ingest -- PATH…            reads files and folders into the index; only what changed is read again
npm run ingest -- --remove PATH…   takes files, folders or sources out of the index

  --dry-run   says what would be read, changes nothing
  --json      prints what became of each file, as JSON, on stdout

Reads .txt .md .html .pdf .docx .jsonl. Exit code 1 when a file could not be read; the others are.`

const options = {
  remove: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
} as const

await command({ usage, options }, async ({ values, positionals: paths, config }) => {
  if (paths.length === 0) throw new UsageError('Which files or folders?')
  const dryRun = values['dry-run'] ?? false
  const started = performance.now()
  const stores = await openStores(config)
  try {
    const deps = { ...stores, report: showProgress().report }
    const outcomes = values.remove
      ? await remove(paths, deps, { dryRun })
      : await ingest(paths, deps, { dryRun })
    console.error(summaryLine(outcomes, performance.now() - started))
    if (values.json) console.log(JSON.stringify(outcomes, null, 2))
    return outcomes.some(wentWrong) ? 1 : 0
  } finally {
    await stores.close()
  }
})

function wentWrong(outcome: Outcome): boolean {
  return outcome.status === 'failed' || ('problems' in outcome && outcome.problems.length > 0)
}
