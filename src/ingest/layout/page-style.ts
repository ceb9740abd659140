import { NUMBERED } from './marker.ts'
import { isClosed } from './sentence.ts'
import type { Line } from './line.ts'

/** How a page's lines were extracted. */
export interface PageStyle {
  /** Lines end where a printed column ends, not where a paragraph does. */
  readonly wrapped: boolean
  /** Every line is followed by a blank one: blank lines say nothing. */
  readonly doubled: boolean
  /** Whole lines that stand on the page three times or more: running heads. */
  readonly running: ReadonlySet<string>
  /** No line has a comma or a full stop: nothing but headlines. */
  readonly titles: boolean
}

const PROSE_WIDTH = 12
const RUNNING_TIMES = 3
const TITLES = 6
/** Half-width columns; no printed column is wider. */
const LONG_LINE = 100
const NEARLY = 0.7

/** Looks at all lines of a page together. */
export function styleOf(lines: readonly Line[]): PageStyle {
  const prose = lines.filter((line) => line.level === null && line.width >= PROSE_WIDTH)
  const widest = prose.reduce((most, { width }) => Math.max(most, width), 0)
  const long = Math.min(widest, LONG_LINE) * NEARLY
  const lasting = prose.filter(({ width }) => width >= long)
  const open = lasting.filter((line) => !isClosed(line.text.text))
  const single = lines.filter((line) => line.blanks > 0)
  const times = new Map<string, number>()
  for (const { text, width } of lines)
    if (width >= 8 && width <= 40) times.set(text.text, (times.get(text.text) ?? 0) + 1)
  return {
    // Where lines end with the column most of the long ones stop in the middle of a sentence.
    wrapped: lasting.length > 0 && open.length >= lasting.length * 0.5,
    titles: lines.length <= TITLES && lines.every(({ text }) => !/[，。；：,;]/u.test(text.text)),
    doubled: lines.length >= 12 && single.length > lines.length * 0.8,
    running: new Set(
      [...times]
        .filter(([text, n]) => n >= RUNNING_TIMES && !isClosed(text) && !NUMBERED.test(text))
        .map(([text]) => text),
    ),
  }
}

const WINDOW = 8
const FEW = 7

/** The width of the column each line stands in, from the lines around it. */
export function columnWidths(lines: readonly Line[], tables: ReadonlySet<number>): number[] {
  const widths: number[] = []
  const at: number[] = []
  for (const [i, line] of lines.entries()) {
    at.push(widths.length)
    if (!tables.has(i) && !line.vertical) widths.push(line.width)
  }
  return at.map((center) => {
    const near = widths.slice(Math.max(0, center - WINDOW), center + WINDOW + 1)
    near.sort((a, b) => a - b)
    // Of a few lines the widest shows the column; of many, the widest may be a headline.
    return near[Math.floor((near.length - 1) * (near.length < FEW ? 1 : 0.65))] ?? 0
  })
}
