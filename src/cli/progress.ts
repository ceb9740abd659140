import { SingleBar } from 'cli-progress'
import type { Outcome } from '../ingest/ingest.ts'

const WORDS = {
  new: 'read',
  changed: 'read again',
  moved: 'moved',
  unchanged: 'unchanged',
  removed: 'removed',
} as const

/**
 * Shows on stderr how far reading is: a bar on a terminal, and in any case a line for each file
 * that was read, removed or failed, with what was unsure about it.
 */
export function showProgress() {
  const bar = process.stderr.isTTY
    ? new SingleBar({
        stream: process.stderr,
        format: '{bar} {value}/{total} {source}',
        barCompleteChar: '█',
        barIncompleteChar: '░',
        clearOnComplete: true,
        hideCursor: true,
        noTTYOutput: false,
      })
    : undefined

  return {
    report: (outcome: Outcome, done: number, total: number) => {
      const line = outcomeLine(outcome)
      if (bar && line) process.stderr.write('\r\u001B[K')
      if (line) console.error(line)
      if (!bar) return
      if (done === 1) bar.start(total, 0, { source: '' })
      bar.update(done, { source: outcome.source })
      if (done === total) bar.stop()
    },
  }
}

/** What became of all files, in one line. */
export function summaryLine(outcomes: readonly Outcome[], ms: number): string {
  const count = (status: Outcome['status']) =>
    outcomes.filter((outcome) => outcome.status === status).length
  const read = outcomes.flatMap((outcome) => ('articles' in outcome ? [outcome] : []))
  const failed = count('failed')
  const parts = [
    read.length > 0 &&
      `${read.length} read (${sum(read.map((r) => r.articles))} articles, ${sum(read.map((r) => r.passages))} passages)`,
    count('removed') > 0 && `${count('removed')} removed`,
    count('unchanged') > 0 && `${count('unchanged')} unchanged`,
    failed > 0 && `${failed} failed`,
  ].filter(Boolean)
  const nothingNew = outcomes.length > 0 && count('unchanged') === outcomes.length
  const what =
    outcomes.length === 0
      ? 'No files'
      : nothingNew
        ? `Nothing changed: ${parts.join(', ')}`
        : parts.join(', ')
  return `${what}, ${(ms / 1000).toFixed(2)} s`
}

function outcomeLine(outcome: Outcome): string | undefined {
  switch (outcome.status) {
    case 'failed':
      return `✗ ${outcome.error}`
    case 'unchanged':
      return undefined
    case 'removed':
      return `− ${outcome.source}: ${WORDS.removed}`
    case 'new':
    case 'changed':
    case 'moved': {
      const { source, status, articles, passages, reprints, notes, problems } = outcome
      const parts = [
        WORDS[status],
        `${articles} articles`,
        `${passages} passages`,
        reprints > 0 && `${reprints} printed elsewhere too`,
        notes.length > 0 && `unsure of ${notes.length}`,
      ]
      return [
        `✓ ${source}: ${parts.filter(Boolean).join(', ')}`,
        ...problems.map((problem) => `✗ ${problem}`),
      ].join('\n')
    }
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)
