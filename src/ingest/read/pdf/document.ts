import { around, middleOf, overlapX, widthOf } from './box.ts'
import type { Box, Line, Sheet } from './box.ts'
import { findDisplays } from './displays.ts'
import type { Display } from './displays.ts'
import { partsOf } from './flow.ts'
import type { Part } from './flow.ts'
import { ruledTables } from './grids.ts'
import { rowsOf } from './lines.ts'
import { joinTitle } from './newspaper.ts'
import type { Body } from './newspaper.ts'
import { inReadingOrder } from './reading-order.ts'
import { xyCut } from './xy-cut.ts'
import type { Block } from './xy-cut.ts'

/** Share of a page's print in blocks so wide that it runs in one column; share of the page's width. */
const ONE_COLUMN = 0.8
const WIDE = 0.55
/** In sizes of the body: what is no text. */
const LARGE = 1.3
/** Lines of a title that only stands in the middle, its length, and how far it is narrower. */
const TITLE_LINES = 4
const TITLE_LENGTH = 60
const NARROWER = 2
const SAME_SIZE = 0.06

/**
 * Whether pages are of one text, as laws, notices and reports are, and no newspaper's: they run in
 * one column, or have one headline over all of them.
 */
export function isDocument(
  pages: readonly { readonly lines: readonly Line[]; readonly sheet: Sheet }[],
  { size: em }: Body,
): boolean {
  const headlines = pages.map(({ lines }) => countHeadlines(lines, em))
  if (pages.length > 1 && headlines.reduce((sum, count) => sum + count, 0) <= 1) return true
  let [wide, all] = [0, 0]
  for (const { lines, sheet } of pages) {
    const text = lines.filter((line) => line.size < em * LARGE && !line.vertical)
    if (text.length === 0) continue
    const width = widthOf(around(lines))
    for (const block of xyCut(text, sheet.rules, em)) {
      const length = block.lines.reduce((sum, line) => sum + line.text.length, 0)
      all += length
      if (block.table || widthOf(block) >= width * WIDE) wide += length
    }
  }
  return wide >= all * ONE_COLUMN
}

/** Headlines of a page with text under them: names and a date set large at its end are none. */
function countHeadlines(lines: readonly Line[], em: number): number {
  const { displays, rest } = findDisplays(lines, em)
  return displays.filter((display) =>
    rest.some((line) => line.top > display.bottom - em / 2 && overlapX(line, display) > 0),
  ).length
}

/** A page of one column: headings and text from top to bottom. */
export function readRunning(
  lines: readonly Line[],
  drawn: { readonly rules: readonly Box[]; readonly frames: readonly Box[] },
  body: Body,
  isFirst: boolean,
): Part[] {
  const { tables, rest } = ruledTables(lines, drawn.rules, drawn.frames)
  const found = findDisplays(rest, body.size)
  const title = isFirst && found.displays.length === 0 ? middleTitle(rest) : []
  const displays = title.length > 0 ? [displayOf(title)] : found.displays
  const text = found.rest.filter((line) => !title.includes(line))
  const blocks = [...xyCut(text, drawn.rules, body.size), ...tables]
  return inOrder(displays, blocks).flatMap((thing) =>
    Array.isArray(thing) ? partsOf(thing, body) : headingOf(thing),
  )
}

/** Displays and what stands between them. */
function inOrder(displays: readonly Display[], blocks: readonly Block[]): (Display | Block[])[] {
  const sorted = displays.toSorted((a, b) => a.top - b.top)
  const between = sorted.map((display, i) =>
    blocks.filter((b) => b.top >= display.top && b.top < (sorted[i + 1]?.top ?? Infinity)),
  )
  const before = blocks.filter((block) => block.top < (sorted[0]?.top ?? Infinity))
  return [
    inReadingOrder(before),
    ...sorted.flatMap((display, i) => [display, inReadingOrder(between[i]!)]),
  ]
}

const headingOf = ({ kicker, headline, subtitle, size, vertical }: Display): Part[] =>
  [
    { kind: 'paragraph' as const, lines: kicker },
    { kind: 'title' as const, lines: headline },
    { kind: 'paragraph' as const, lines: subtitle },
  ].flatMap(({ kind, lines }) =>
    lines.length === 0
      ? []
      : [{ kind, text: joinTitle(lines, vertical), size, open: false, continues: false }],
  )

/** First lines that stand in the middle of the page and end as no sentence does. */
function middleTitle(lines: readonly Line[]): Line[] {
  const page = around(lines)
  const title: Line[] = []
  for (const row of rowsOf(lines).slice(0, TITLE_LINES)) {
    const [line] = row
    const isMiddle =
      row.length === 1 &&
      Math.abs(middleOf(line!) - middleOf(page)) < line!.size &&
      widthOf(line!) < widthOf(page) - NARROWER * line!.size
    if (!isMiddle || /[。；，：]$/u.test(line!.text)) break
    if (title.length > 0 && line!.top - title.at(-1)!.bottom > line!.size) break
    title.push(line!)
  }
  const length = title.reduce((sum, { text }) => sum + text.length, 0)
  return length <= TITLE_LENGTH && rowsOf(lines).length > title.length ? title : []
}

const displayOf = (lines: readonly Line[]): Display => ({
  ...around(lines),
  kicker: [],
  headline: lines,
  subtitle: [],
  byline: [],
  size: lines[0]!.size,
  vertical: false,
})

/** Titles by their sizes: the largest are the document's, the others its sections'. */
export function rankTitles(pages: readonly (readonly Part[])[]): Part[][] {
  const isTitle = ({ kind }: Part) => kind === 'title'
  const largest = Math.max(
    0,
    ...pages
      .flat()
      .filter((part) => isTitle(part))
      .map(({ size }) => size),
  )
  return pages.map((parts) =>
    parts.map((part) =>
      isTitle(part) && part.size < largest * (1 - SAME_SIZE) ? { ...part, kind: 'subhead' } : part,
    ),
  )
}
