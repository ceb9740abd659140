import type { Outcome } from '../ingest/ingest.ts'

/** What is told of ingest: of each file a line, at the end what was read, and what was passed over and why. */

type Words = Readonly<Record<'new' | 'changed' | 'moved' | 'removed', string>>

const DONE: Words = { new: 'read', changed: 'read again', moved: 'moved', removed: 'removed' }
/** Of a dry run. */
const WOULD_BE: Words = {
  new: 'would be read',
  changed: 'would be read again',
  moved: 'would be moved',
  removed: 'would be removed',
}

/** Of a file whose lines are bad throughout, so many are told; `--json` has all of them. */
const PROBLEMS_TOLD = 10
/** So many files of a kind that is not read are named. */
const NAMES_TOLD = 3

/** What became of one file; nothing where that is told at the end, or not worth a line. */
export function outcomeLine(outcome: Outcome, dryRun = false): string | undefined {
  const words = dryRun ? WOULD_BE : DONE
  switch (outcome.status) {
    case 'failed':
      return `✗ ${outcome.error}`
    case 'skipped':
      return undefined
    case 'unchanged':
      return problemLines(outcome.problems).join('\n') || undefined
    case 'removed':
      return `− ${outcome.source}: ${words.removed}`
    case 'new':
    case 'changed':
    case 'moved': {
      const { source, status, articles, passages, reprints, notes, problems, unembedded } = outcome
      const parts = [
        words[status],
        articles > 0 && `${counted(articles, 'article')}, ${counted(passages, 'passage')}`,
        reprints > 0 && `${reprints} printed elsewhere too`,
        notes.length > 0 && `unsure of ${notes.length}`,
        unembedded && `${unembedded.passages} without a vector`,
      ]
      return [`✓ ${source}: ${parts.filter(Boolean).join(', ')}`, ...problemLines(problems)].join(
        '\n',
      )
    }
  }
}

function problemLines(problems: readonly string[]): string[] {
  const more = problems.length - PROBLEMS_TOLD
  return [
    ...problems.slice(0, PROBLEMS_TOLD).map((problem) => `✗ ${problem}`),
    ...(more > 0 ? [`✗ … and ${counted(more, 'more line')} of the same file`] : []),
  ]
}

/** What became of all files: what was passed over, a line for each reason, and a line of counts. */
export function ingestReport(outcomes: readonly Outcome[], ms: number, dryRun = false): string {
  return [
    ...skippedLines(outcomes),
    ...unembeddedLine(outcomes),
    summaryLine(outcomes, ms, dryRun),
  ].join('\n')
}

function skippedLines(outcomes: readonly Outcome[]): string[] {
  const skipped = outcomes.flatMap((outcome) => (outcome.status === 'skipped' ? [outcome] : []))
  return [...Map.groupBy(skipped, ({ reason }) => reason)].map(([reason, files]) => {
    const kinds = [...Map.groupBy(files, ({ ending }) => ending)]
    const counts = kinds.map(([ending, of]) => `${of.length} ${ending}`.trim()).join(', ')
    const names = files.slice(0, NAMES_TOLD).map(({ source }) => source)
    const more = files.length > NAMES_TOLD ? ', …' : ''
    return `– ${counts} skipped: ${reason} (${names.join(', ')}${more})`
  })
}

/** Of what is found by its words alone, and why. */
function unembeddedLine(outcomes: readonly Outcome[]): string[] {
  const lacking = outcomes.flatMap((o) => ('unembedded' in o && o.unembedded ? [o.unembedded] : []))
  if (lacking.length === 0) return []
  const passages = counted(sum(lacking.map((of) => of.passages)), 'passage')
  const failure = lacking.find((of) => of.failure)?.failure
  const why = failure ?? 'The embedding endpoint takes the others, and not these.'
  return [
    `✗ ${passages} without a vector, found by words alone: ${why} The next ingest tries again.`,
  ]
}

/** How many files came to what, and what was read of them. */
export function countsOf(outcomes: readonly Outcome[]): Record<string, number> {
  const statuses = Map.groupBy(outcomes, ({ status }) => status)
  const read = outcomes.flatMap((outcome) => ('articles' in outcome ? [outcome] : []))
  return {
    ...Object.fromEntries([...statuses].map(([status, of]) => [status, of.length])),
    articles: sum(read.map((r) => r.articles)),
    passages: sum(read.map((r) => r.passages)),
  }
}

function summaryLine(outcomes: readonly Outcome[], ms: number, dryRun: boolean): string {
  const words = dryRun ? WOULD_BE : DONE
  const count = (status: Outcome['status']) =>
    outcomes.filter((outcome) => outcome.status === status).length
  const read = outcomes.flatMap((outcome) => ('articles' in outcome ? [outcome] : []))
  const lines = sum(outcomes.map((o) => ('problems' in o ? o.problems.length : 0)))
  const parts = [
    read.length > 0 &&
      `${read.length} ${words.new} (${counted(sum(read.map((r) => r.articles)), 'article')}, ${counted(sum(read.map((r) => r.passages)), 'passage')})`,
    count('removed') > 0 && `${count('removed')} ${words.removed}`,
    count('unchanged') > 0 && `${count('unchanged')} unchanged`,
    count('skipped') > 0 && `${count('skipped')} skipped`,
    count('failed') > 0 && `${count('failed')} failed`,
    lines > 0 && `${counted(lines, 'line')} unread`,
  ].filter(Boolean)
  const idle = count('unchanged') + count('skipped') === outcomes.length && count('unchanged') > 0
  const what = parts.length === 0 ? 'No files' : parts.join(', ')
  return `${idle ? 'Nothing changed: ' : ''}${what}, ${(ms / 1000).toFixed(2)} s`
}

const counted = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)
