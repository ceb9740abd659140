import type { Line } from './line.ts'
import { BYLINE_AHEAD, startsAnew } from './marker.ts'
import { hasGap, isFurniture, isNarrow, isShort, runsOn } from './page.ts'
import type { Page } from './page.ts'
import { breaksOff, isClosed, opensWithRemainder } from './sentence.ts'
import { crossesWord } from './word-boundary.ts'

/** Lines set large: headlines, captions, names of columns. */

const LENGTH = 30
const LINES = 4
/** Share of its column below which a line is set large whatever follows. */
const HALF = 0.6
/** A headline may be wider than the column beside it, by this share. */
const WIDER = 1.15

/** Whether a line could be one of a headline: short, without a stop in it, not ending in a comma. */
export const isDisplayLine = ({ text: { text } }: Line): boolean =>
  text.length <= LENGTH && !/[。；;]/u.test(text) && !/[，,、：:]$/u.test(text) && !isClosed(text)

/** Whether a run of such lines begins at `i` that a block's end, a gap, a byline or an indented line follows. */
export function beginsDisplay(page: Page, i: number): boolean {
  const end = displayEnd(page, i)
  if (end === i || runsOn(page, end)) return false
  const narrow = isNarrowFrom(page, i, end)
  const apart = !page.style.doubled && isApart(page, i) && hasGap(page, end)
  const next = page.lines[end]
  if (!next) return narrow || (apart && i > 0)
  if (endsFlow(page, end)) return true
  if (startsAnew(next.text.text) || BYLINE_AHEAD.test(next.text.text)) return narrow || apart
  if (apart && isDisplayLine(next) && !runsOn(page, end + 1)) return true
  const half = page.lines[end - 1]!.width < page.columns[end]! * HALF
  return narrow && (isShort(page, end) || half)
}

const isApart = (page: Page, i: number) => i === 0 || hasGap(page, i) || page.lines[i]!.opensBlock

const isNarrowFrom = (page: Page, from: number, to: number) =>
  page.lines.slice(from, to).every((_, k) => isNarrow(page, from + k))

/** Whether the text that ran before line `i` cannot go on with it. */
const endsFlow = (page: Page, i: number) => {
  const line = page.lines[i]!
  return (
    line.opensBlock ||
    line.level !== null ||
    line.vertical ||
    page.tables.has(i) ||
    isFurniture(page, i)
  )
}

function displayEnd(page: Page, i: number): number {
  if (page.tables.has(i) || !isDisplayLine(page.lines[i]!)) return i
  let end = i + 1
  while (end < Math.min(page.lines.length, i + LINES) && joinsDisplay(page, end)) end++
  return end
}

const joinsDisplay = (page: Page, i: number) =>
  isDisplayLine(page.lines[i]!) &&
  !endsFlow(page, i) &&
  !hasGap(page, i) &&
  page.lines[i]!.width < page.columns[i]! * WIDER &&
  (isNarrow(page, i) || hasGap(page, i + 1))

/** Whether a headline, a caption or a running head was set in the middle of a sentence at line `i`. */
export function isInsert(page: Page, i: number): boolean {
  if (isFurniture(page, i)) return true
  if (!page.style.wrapped) return false
  const end = insertEnd(page, i)
  const [before, line] = [page.lines[i - 1]!.text.text, page.lines[i]!.text.text]
  if (end === i || crossesWord(before, line) || opensWithRemainder(line)) return false
  const next = page.lines[end]
  if (!next) return !breaksOff(before)
  return endsFlow(page, end) || startsAnew(next.text.text)
}

function insertEnd(page: Page, i: number): number {
  let end = i
  while (end < Math.min(page.lines.length, i + LINES) && isInserted(page, end)) end++
  return end
}

const isInserted = (page: Page, i: number) =>
  isDisplayLine(page.lines[i]!) &&
  isNarrow(page, i) &&
  !endsFlow(page, i) &&
  !startsAnew(page.lines[i]!.text.text)
