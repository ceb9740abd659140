import { SingleBar } from 'cli-progress'
import type { Outcome } from '../ingest/ingest.ts'
import { outcomeLine } from './ingest-report.ts'

/**
 * Shows on stderr how far reading is: a bar on a terminal, and in any case a line for each file
 * that was read, removed or failed, with what was unsure about it.
 */
export function showProgress({ dryRun = false } = {}) {
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
      const line = outcomeLine(outcome, dryRun)
      if (bar && line) process.stderr.write('\r\u001B[K')
      if (line) console.error(line)
      if (!bar) return
      if (done === 1) bar.start(total, 0, { source: '' })
      bar.update(done, { source: outcome.source })
      if (done === total) bar.stop()
    },
  }
}
