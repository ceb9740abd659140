import { concat, join } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import { cellsOf } from './cells.ts'
import { readLines, uprightLines } from './line.ts'
import type { Line } from './line.ts'
import {
  DASHED,
  FIRST_LEVEL,
  NUMBERED,
  mayStartAnew,
  EDITOR,
  ISSUE_MARK,
  PAGE_NUMBER,
  ROSTER,
  startsAnew,
} from './marker.ts'
import { columnWidths, styleOf } from './page-style.ts'
import type { PageStyle } from './page-style.ts'
import type { Paragraph } from './paragraph.ts'
import { neighbours } from './neighbours.ts'
import {
  breaksOff,
  hasOpenBracket,
  isClosed,
  isFinished,
  opensSentence,
  opensWithRemainder,
} from './sentence.ts'
import { tableLines } from './table-lines.ts'
import { crossesWord } from './word-boundary.ts'

/** Fractions of the column's width. */
const SHORT = 0.86
const FULL = 0.88
const HALF = 0.6
/** Half-width columns by which a paragraph's last line falls short, or its first for the indent. */
const SLACK = 3
const HEADLINE_LENGTH = 30
const HEADLINE_LINES = 4
/** Characters from which an unfinished line of unwrapped text is prose and no headline. */
const PROSE_LENGTH = 36

interface Page {
  readonly lines: readonly Line[]
  readonly style: PageStyle
  readonly columns: readonly number[]
  readonly tables: ReadonlySet<number>
  /** Whether the page prints one character right before another somewhere within a line. */
  readonly adjoins: (left: string, right: string) => boolean
}

interface Group {
  readonly lines: Line[]
  readonly display: boolean
  readonly roster: boolean
  readonly table: boolean
}

/**
 * Puts the lines of a page into paragraphs: joined where a sentence goes on, inside words, figures
 * and names too; apart where a paragraph, a headline or a list begins.
 */
export function layOut(text: Traced, source: string): Paragraph[] {
  const read = readLines(text, source)
  const style = styleOf(read)
  const lines = uprightLines(read, style.doubled)
  const tables = tableLines(lines, source)
  const page = {
    lines,
    style,
    columns: columnWidths(lines, tables),
    tables,
    adjoins: neighbours(text.text),
  }
  return groupLines(page).map((group, i, all) => toParagraph(group, all[i + 1], page, source))
}

function groupLines(page: Page): Group[] {
  const groups: Group[] = []
  page.lines.forEach((line, i) => {
    const last = groups.at(-1)
    if (last && goesOn(page, i, last)) last.lines.push(line)
    else groups.push(startGroup(page, i, last))
  })
  return groups
}

function startGroup(page: Page, i: number, last: Group | undefined): Group {
  const text = page.lines[i]!.text.text
  const table = page.tables.has(i)
  const roster =
    !table && (ROSTER.test(text) || (last?.roster === true && !endsRoster(page.lines[i]!)))
  return {
    lines: [page.lines[i]!],
    display: !table && !roster && isDisplay(page, i, last),
    roster,
    table,
  }
}

const endsRoster = (line: Line) =>
  line.opensBlock ||
  line.level !== null ||
  EDITOR.test(line.text.text) ||
  PAGE_NUMBER.test(line.text.text)

function toParagraph(
  { lines, display, roster, table }: Group,
  next: Group | undefined,
  page: Page,
  source: string,
): Paragraph {
  const [first] = lines
  const text = joinLines(lines)
  const gap = (line: Line | undefined) =>
    line !== undefined && line.blanks > (page.style.doubled ? 1 : 0)
  return {
    text,
    level: first!.level,
    display,
    opensBlock: first!.opensBlock,
    gapBefore: gap(first),
    isolated: first!.blanks >= 2,
    gapAfter: !next || gap(next.lines[0]),
    lines: lines.length,
    vertical: first!.vertical,
    roster,
    cells: table ? cellsOf(text, source) : null,
  }
}

function joinLines(lines: readonly Line[]): Traced {
  return lines.reduce<Traced>((whole, line, i) => {
    if (i === 0) return line.text
    const latin = /[A-Za-z]$/u.test(whole.text) && /^[A-Za-z]/u.test(line.text.text)
    const named = line.vertical || /^(?:本报)?(?:记者|通讯员)$/u.test(whole.text)
    return latin || named ? join([whole, line.text], ' ') : concat([whole, line.text])
  }, lines[0]!.text)
}

/** Whether line `i` carries on the group before it. */
function goesOn(page: Page, i: number, group: Group): boolean {
  const line = page.lines[i]!
  const before = page.lines[i - 1]!
  if (line.vertical) return isVerticalName(before, line)
  if (before.vertical || line.opensBlock || line.indented || line.bullet) return false
  if (line.level !== null || before.level !== null) return false
  if (group.table || page.tables.has(i)) return false
  const left = joinLines(group.lines.slice(-2)).text
  const right = line.text.text
  if (startsAnew(right) || isFurniture(page, i) || isFurniture(page, i - 1)) return false
  if (group.roster) return goesOnInRoster(group, line)
  if (group.display) return goesOnInDisplay(page, i, left)
  if (isHead(page, i, group)) return false
  if (isFinished(left)) return goesOnAfterSentence(page, i)
  if (isInsert(page, i)) return false
  return page.style.wrapped ? goesOnInColumn(page, i, left) : goesOnUnwrapped(page, i, group)
}

const isVerticalName = (before: Line, line: Line) =>
  before.vertical &&
  /^(?:本报)?(?:记者|通讯员)$/u.test(before.text.text) &&
  line.text.text.length <= 4

const isFurniture = ({ lines, style }: Page, i: number) => {
  const text = lines[i]!.text.text
  return (
    style.running.has(text) ||
    ISSUE_MARK.test(text) ||
    (PAGE_NUMBER.test(text) && lines[i]!.blanks > 0)
  )
}

/** A line of a list of names that begins without a name of its own is the rest of the office above it. */
function goesOnInRoster(group: Group, line: Line): boolean {
  if (ROSTER.test(group.lines[0]!.text.text) && group.lines.length === 1) return false
  return !line.named && group.lines[0]!.named
}

/** Whether a numbered head (一、…) without a full stop ended with the line before `i`. */
function isHead(page: Page, i: number, group: Group): boolean {
  const text = joinLines(group.lines).text
  if (!FIRST_LEVEL.test(text) || /[。；]/u.test(text)) return false
  if (NUMBERED.test(page.lines[i]!.text.text)) return true
  return (
    page.style.wrapped &&
    page.lines[i - 1]!.width < page.columns[i - 1]! * SHORT &&
    !runsOn(page, i)
  )
}

function goesOnInDisplay(page: Page, i: number, left: string): boolean {
  const line = page.lines[i]!
  if (hasOpenBracket(left)) return true
  if (hasGap(page, i)) return false
  return line.width <= page.columns[i]! * SHORT && crossesWord(left, line.text.text)
}

/** After a full stop at a line's end: only a full line in a printed column, followed by one without indent, goes on. */
function goesOnAfterSentence(page: Page, i: number): boolean {
  if (!page.style.wrapped || hasGap(page, i)) return false
  const [before, line] = [page.lines[i - 1]!, page.lines[i]!]
  const right = line.text.text
  if (before.width < page.columns[i - 1]! - SLACK) return false
  if (mayStartAnew(right)) return false
  const indented = line.width < page.columns[i]! - SLACK
  const ends = isClosed(right)
  const next = page.lines[i + 1]
  if (indented && !ends && next && !page.tables.has(i + 1)) return false
  return !isDisplayRun(page, i)
}

function goesOnInColumn(page: Page, i: number, left: string): boolean {
  const before = page.lines[i - 1]!
  const right = page.lines[i]!.text.text
  if (before.width >= page.columns[i - 1]! * FULL || breaksOff(left) || opensWithRemainder(right))
    return true
  if (page.adjoins(left, right) || crossesWord(left, right)) return true
  if (mayStartAnew(right)) return false
  return !(hasGap(page, i) && opensSentence(right))
}

function goesOnUnwrapped(page: Page, i: number, group: Group): boolean {
  const left = joinLines(group.lines).text
  const right = page.lines[i]!.text.text
  if (breaksOff(left) || opensWithRemainder(right)) return true
  if (mayStartAnew(right)) return false
  const prose = left.length >= PROSE_LENGTH || /[。！？]/u.test(left)
  const within = page.adjoins(left, right) || crossesWord(left, right)
  return within || (prose && !opensSentence(right))
}

const hasGap = ({ lines, style }: Page, i: number) => lines[i]!.blanks > (style.doubled ? 1 : 0)

/** Whether a group that begins at line `i` is a headline, a caption or a credit and no prose. */
function isDisplay(page: Page, i: number, last: Group | undefined): boolean {
  const line = page.lines[i]!
  if (line.level !== null || line.vertical || isFurniture(page, i)) return true
  if (startsAnew(line.text.text) && !/^[■●◆▲□△]/u.test(line.text.text))
    return EDITOR.test(line.text.text)
  if (
    last &&
    !last.display &&
    !last.table &&
    !isFinished(joinLines(last.lines.slice(-2)).text) &&
    !line.opensBlock
  )
    return isInsert(page, i)
  if (DASHED.test(line.text.text)) return last?.display === true && isDisplayLine(line)
  if (!page.style.wrapped) return isDisplayLine(line) && !runsOn(page, i + 1)
  return (
    isDisplayRun(page, i) ||
    (last?.display === true && isDisplayLine(line) && hasGapAhead(page, i) && !runsOn(page, i + 1))
  )
}

const isDisplayLine = ({ text: { text } }: Line) =>
  text.length <= HEADLINE_LENGTH &&
  !/[。；;]/u.test(text) &&
  !/[，,、：:]$/u.test(text) &&
  !isClosed(text)

/** Short unfinished lines that a block's end, a gap, a mark or a full line of prose follows. */
function isDisplayRun(page: Page, i: number): boolean {
  const end = displayRunEnd(page, i)
  if (end === i) return false
  const narrow = page.lines
    .slice(i, end)
    .every((line, k) => line.width < page.columns[i + k]! * SHORT)
  const gaps =
    !page.style.doubled &&
    (i === 0 || hasGap(page, i) || page.lines[i]!.opensBlock) &&
    (end === page.lines.length || hasGap(page, end))
  const next = page.lines[end]
  if (runsOn(page, end)) return false
  if (
    !next ||
    next.opensBlock ||
    next.level !== null ||
    next.vertical ||
    page.tables.has(end) ||
    isFurniture(page, end)
  )
    return true
  if (startsAnew(next.text.text) || BYLINE_AHEAD.test(next.text.text)) return narrow || gaps
  if (gaps && isDisplayLine(next) && !runsOn(page, end + 1)) return true
  return (
    narrow &&
    (next.width <= page.columns[end]! - SLACK ||
      page.lines[end - 1]!.width < page.columns[end]! * HALF)
  )
}

const BYLINE_AHEAD = /^(?:本报|记者|通讯员|[■●◆▲□])/u

function displayRunEnd(page: Page, i: number): number {
  let end = i
  while (
    end < page.lines.length &&
    end - i < HEADLINE_LINES &&
    isDisplayLine(page.lines[end]!) &&
    !page.tables.has(end) &&
    (end === i ||
      (!page.lines[end]!.opensBlock &&
        !hasGap(page, end) &&
        page.lines[end]!.level === null &&
        !isFurniture(page, end) &&
        page.lines[end]!.width < page.columns[end]! * 1.15 &&
        (page.lines[end]!.width < page.columns[end]! * SHORT || hasGapAhead(page, end))))
  )
    end++
  return end
}

const hasGapAhead = (page: Page, i: number) => i + 1 >= page.lines.length || hasGap(page, i + 1)

/** Whether the line at `end` carries on a word or a clause of the one before it. */
function runsOn({ lines, adjoins }: Page, end: number): boolean {
  const [last, next] = [lines[end - 1]!.text.text, lines[end]?.text.text]
  if (next === undefined || lines[end]!.opensBlock || startsAnew(next)) return false
  return (
    breaksOff(last) || opensWithRemainder(next) || adjoins(last, next) || crossesWord(last, next)
  )
}

/** Whether a headline, caption or running head was set in the middle of a sentence here. */
function isInsert(page: Page, i: number): boolean {
  if (isFurniture(page, i)) return true
  if (!page.style.wrapped) return false
  const end = insertEnd(page, i)
  if (end === i) return false
  const next = page.lines[end]
  if (crossesWord(page.lines[i - 1]!.text.text, page.lines[i]!.text.text)) return false
  return (
    !next ||
    next.opensBlock ||
    isFurniture(page, end) ||
    page.tables.has(end) ||
    startsAnew(next.text.text) ||
    next.vertical
  )
}

function insertEnd(page: Page, i: number): number {
  let end = i
  while (
    end < page.lines.length &&
    end - i < HEADLINE_LINES &&
    isDisplayLine(page.lines[end]!) &&
    page.lines[end]!.width < page.columns[end]! * SHORT &&
    !page.lines[end]!.opensBlock &&
    !isFurniture(page, end) &&
    !startsAnew(page.lines[end]!.text.text) &&
    !page.tables.has(end)
  )
    end++
  return end
}
