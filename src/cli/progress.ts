import type { Outcome } from '../ingest/ingest.ts'
import { outcomeLine } from './ingest-report.ts'

const BAR = 20
const DEFAULT_COLUMNS = 80
/** Back to the line's beginning, and nothing behind it. */
const CLEAR = '\r\u001B[K'

/**
 * Shows on stderr how far reading is: on a terminal a last line that is written over, and in any case
 * a line for each file that was read, removed or failed, with what was unsure about it. Nothing else
 * of the terminal is changed, so nothing has to be put back when it ends.
 */
export function showProgress({ dryRun = false, stream = process.stderr } = {}) {
  const live = stream.isTTY && process.env['TERM'] !== 'dumb'
  return {
    report: (outcome: Outcome, done: number, total: number) => {
      const line = outcomeLine(outcome, dryRun)
      const told = line === undefined ? '' : `${line}\n`
      if (!live) return void stream.write(told)
      const columns = stream.columns || DEFAULT_COLUMNS
      const rest = done < total ? cut(barOf(done, total, outcome.source), columns - 1) : ''
      stream.write(`${CLEAR}${told}${rest}`)
    },
  }
}

function barOf(done: number, total: number, source: string): string {
  const full = Math.round((done / total) * BAR)
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${done}/${total} ${source}`
}

/** As much of a text as a line holds, where letters beyond ASCII may take two places. */
function cut(text: string, columns: number): string {
  let [taken, width] = ['', 0]
  for (const { segment } of letters.segment(text)) {
    width += /^[ -~█░]$/u.test(segment) ? 1 : 2
    if (width > columns) break
    taken += segment
  }
  return taken
}

const letters = new Intl.Segmenter('zh')
