import { concat, join } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import { isDisplayLine, beginsDisplay, isInsert } from './display.ts'
import type { Line } from './line.ts'
import {
  DASHED,
  EDITOR,
  FIRST_LEVEL,
  mayStartAnew,
  NUMBERED,
  PAGE_NUMBER,
  ROSTER,
  startsAnew,
} from './marker.ts'
import { carriesOn, hasGap, isFull, isFurniture, isNarrow, isShort, runsOn } from './page.ts'
import type { Page } from './page.ts'
import {
  breaksOff,
  hasOpenBracket,
  isClosed,
  isFinished,
  opensParagraph,
  opensSentence,
} from './sentence.ts'
import { crossesWord } from './word-boundary.ts'

/** Lines that make one paragraph. */
export interface Group {
  readonly lines: Line[]
  /** Set large. */
  readonly display: boolean
  /** In a list of names. */
  readonly roster: boolean
  readonly table: boolean
}

/** Characters from which an unfinished line of text that is not wrapped is prose and no headline. */
const PROSE_LENGTH = 36
/** A head like 一、发展现状 has at most this many lines. */
const HEAD_LINES = 3

/** Groups the lines of a page into paragraphs. */
export function groupLines(page: Page): Group[] {
  const groups: Group[] = []
  for (const [i, line] of page.lines.entries()) {
    const last = groups.at(-1)
    if (last && goesOn(page, i, last)) last.lines.push(line)
    else groups.push(startGroup(page, i, last))
  }
  return groups
}

/** One text of several lines; Latin words and a name after its 记者 keep a space. */
export function joinLines(lines: readonly Line[]): Traced {
  if (lines.length === 1) return lines[0]!.text
  const parts = lines.map((line, i): Traced => {
    const next = lines[i + 1]
    return next && keepsSpace(line, next) ? join([line.text, next.text], ' ') : line.text
  })
  return concat(
    parts.map((part, i) => {
      const length = lines[i]!.text.text.length
      const spaced = part.text.length > length
      return spaced
        ? { text: part.text.slice(0, length + 1), origin: part.origin.subarray(0, length + 1) }
        : part
    }),
  )
}

const keepsSpace = (line: Line, next: Line) =>
  (/[A-Za-z]$/u.test(line.text.text) && /^[A-Za-z]/u.test(next.text.text)) ||
  isTitleOfName(line.text.text)

const isTitleOfName = (text: string) => /^(?:本报)?(?:记者|通讯员)$/u.test(text)

function startGroup(page: Page, i: number, last: Group | undefined): Group {
  const line = page.lines[i]!
  const table = page.tables.has(i)
  const roster =
    !table && (ROSTER.test(line.text.text) || (last?.roster === true && !endsRoster(line)))
  return { lines: [line], display: !table && !roster && isDisplay(page, i, last), roster, table }
}

const endsRoster = ({ opensBlock, level, text }: Line) =>
  opensBlock || level !== null || EDITOR.test(text.text) || PAGE_NUMBER.test(text.text)

/** Whether a group that begins at line `i` is set large. */
function isDisplay(page: Page, i: number, last: Group | undefined): boolean {
  const line = page.lines[i]!
  const text = line.text.text
  if (line.level !== null || line.vertical || page.style.titles || isFurniture(page, i)) return true
  if (startsAnew(text) && !/^[■●◆▲□△]/u.test(text)) return EDITOR.test(text)
  if (last && isUnfinished(last) && !line.opensBlock) return isInsert(page, i)
  if (DASHED.test(text)) return last?.display === true && isDisplayLine(line)
  if (!page.style.wrapped) return isDisplayLine(line) && !runsOn(page, i + 1)
  if (beginsDisplay(page, i)) return true
  return (
    last?.display === true && isDisplayLine(line) && hasGap(page, i + 1) && !runsOn(page, i + 1)
  )
}

const isUnfinished = (group: Group) => !group.display && !group.table && !isFinished(endOf(group))

/** The last two lines of a group: enough to see how it ends. */
const endOf = ({ lines }: Group) => joinLines(lines.slice(-2)).text

/** Whether line `i` carries on the group before it. */
function goesOn(page: Page, i: number, group: Group): boolean {
  const line = page.lines[i]!
  const before = page.lines[i - 1]!
  const right = line.text.text
  if (line.vertical) return before.vertical && isTitleOfName(before.text.text) && right.length <= 4
  if (before.vertical || line.opensBlock || line.indented || line.bullet) return false
  if (line.level !== null || before.level !== null) return false
  if (group.table || page.tables.has(i)) return false
  if (startsAnew(right) || isFurniture(page, i) || isFurniture(page, i - 1)) return false
  if (group.roster) return goesOnInRoster(group, line)
  const left = endOf(group)
  // Only a full line is broken inside a figure.
  if (/\d$/u.test(left) && /^\d/u.test(right) && !isFull(page, i - 1)) return false
  if (group.display) return goesOnInDisplay(page, i, left)
  if (isHead(page, i, group) || isSalutation(page, i, left)) return false
  if (isFinished(left)) return goesOnAfterSentence(page, i)
  if (isInsert(page, i)) return false
  return page.style.wrapped ? goesOnInColumn(page, i, left) : goesOnUnwrapped(page, i, group)
}

/** A line of a list of names that begins without a name is the rest of the office above it. */
function goesOnInRoster({ lines }: Group, line: Line): boolean {
  const isHeading = lines.length === 1 && ROSTER.test(lines[0]!.text.text)
  return !isHeading && !line.named && lines[0]!.named
}

function goesOnInDisplay(page: Page, i: number, left: string): boolean {
  if (hasOpenBracket(left)) return true
  if (hasGap(page, i)) return false
  return isNarrow(page, i) && crossesWord(left, page.lines[i]!.text.text)
}

/** Whether a numbered head (一、…) without a full stop ended with the line before `i`. */
function isHead(page: Page, i: number, { lines }: Group): boolean {
  if (lines.length > HEAD_LINES || !FIRST_LEVEL.test(lines[0]!.text.text)) return false
  if (/[。；]/u.test(joinLines(lines).text)) return false
  if (NUMBERED.test(page.lines[i]!.text.text)) return true
  return page.style.wrapped && isNarrow(page, i - 1) && !runsOn(page, i)
}

/** Whether a colon ended a paragraph with the line before `i`: what it announces follows. */
const isSalutation = (page: Page, i: number, left: string) =>
  /[：:]$/u.test(left) &&
  (!page.style.wrapped || isNarrow(page, i - 1) || NUMBERED.test(page.lines[i]!.text.text))

/** After a full stop at a line's end only a full line goes on, when no indent shows in the next. */
function goesOnAfterSentence(page: Page, i: number): boolean {
  if (!page.style.wrapped || hasGap(page, i)) return false
  const right = page.lines[i]!.text.text
  if (isShort(page, i - 1) || mayStartAnew(right)) return false
  const isIndented = isShort(page, i) && !isClosed(right) && i + 1 < page.lines.length
  if (isIndented && !page.tables.has(i + 1)) return false
  return !beginsDisplay(page, i)
}

function goesOnInColumn(page: Page, i: number, left: string): boolean {
  const right = page.lines[i]!.text.text
  const mayBreak = hasGap(page, i) && opensParagraph(right)
  if ((isFull(page, i - 1) && !mayBreak) || carriesOn(page, left, right)) return true
  if (mayBreak) return false
  return !mayStartAnew(right) && !(hasGap(page, i) && opensSentence(right))
}

function goesOnUnwrapped(page: Page, i: number, group: Group): boolean {
  const left = endOf(group)
  const right = page.lines[i]!.text.text
  if (carriesOn(page, left, right)) return true
  if (mayStartAnew(right) || opensSentence(right)) return false
  return left.length >= PROSE_LENGTH || /[。！？]/u.test(left) || breaksOff(left)
}
