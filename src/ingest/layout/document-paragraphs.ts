import { concat, replace, trim } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import { cellsOf, isPiped } from './cells.ts'
import { readLines } from './line.ts'
import type { Line } from './line.ts'
import { PAGE_NUMBER } from './marker.ts'
import { isClosed } from './sentence.ts'
import { crossesWord } from './word-boundary.ts'

/** A line or lines of a document that make one paragraph, or one row of a table. */
export interface DocumentParagraph {
  readonly text: Traced
  /** Level of a heading, from 1. */
  readonly level: number | null
  /** A blank line stands before it. */
  readonly gapBefore: boolean
  readonly indented: boolean
  readonly row: boolean
  /** What repeats on every page of the document: its running head, page numbers, marks of the print. */
  readonly furniture: boolean
}

/** Share of the long lines that end in the middle of a sentence where lines are broken at the page's width. */
const OPEN_SHARE = 0.5
/** Shares of the width: a line that fills it goes on, long lines come near it. */
const FULL = 0.9
/** Lines of prose have pauses in them, those of a list few; so many long lines show a width. */
const PAUSED = 0.5
const LEAST_LONG = 3
const LONG = 0.75
/** A line printed on so many pages is their head or foot. */
const TIMES = 3
const MARK_LENGTH = 80

/** https://… 2/15, 第3页 共9页, - 4 -: marks that count pages. */
const PAGE_MARK =
  /^(?:(?:https?:\/\/|www\.)[^\s]+?\s*\d+\/\d+|(?:\d{4}|\d{2})\/\d{1,2}\/\d{1,2}[，,\s]*(?:上午|下午|AM|PM)?\s*\d{1,2}:\d{2}(?!:\d).+|第\s*\d+\s*页[，,\s/／]*共\s*\d+\s*页|第\s*\d+\s*[页/／]\s*共?\s*\d+\s*页?|[-—–]\s*\d{1,3}\s*[-—–]|\d{1,3}\s*\/\s*\d{1,3})$/u
/** Rules that part the sections of a Markdown text. */
const RULE = /^(?:[-*_=—─]{3,}|[*·•]|[|:\-\s]{3,}|\s*[*·•]\s*[*·•]\s*[*·•])$/u
/** What begins a paragraph wherever it stands. */
const BEGINS =
  /^(?:第[一二三四五六七八九十百零〇\d]+[章节条编款]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]\D|[①-⑳]|附件|附[：:]|[■●◆▲★※]|问[：:]|答[：:])/u

/**
 * The paragraphs of a text that is one document, top to bottom. Lines are joined only where the page
 * broke them: where the text is set to a width, the line fills it and no sentence, heading or number
 * begins with the next; of what is `unpaged` each line is a paragraph.
 */
export function documentParagraphs(
  text: Traced,
  source: string,
  unpaged = false,
): DocumentParagraph[] {
  const lines = readLines(text, source)
  const marks = unpaged ? new Set<Line>() : pageMarks(lines)
  const width = unpaged ? Infinity : brokenAt(lines.filter((line) => !marks.has(line)))
  const paragraphs: DocumentParagraph[] = []
  let open: { lines: Line[]; row: boolean } | null = null
  for (const line of lines) {
    if (marks.has(line)) {
      paragraphs.push({ ...paragraphOf([line], false), furniture: true })
      continue
    }
    const row = isRow(line, source)
    if (open && !row && !open.row && goesOn(open.lines, line, width)) open.lines.push(line)
    else {
      if (open) paragraphs.push(paragraphOf(open.lines, open.row))
      open = { lines: [line], row }
    }
  }
  if (open) paragraphs.push(paragraphOf(open.lines, open.row))
  return paragraphs.toSorted((a, b) => a.text.origin[0]! - b.text.origin[0]!)
}

const paragraphOf = (lines: readonly Line[], row: boolean): DocumentParagraph => ({
  text: row ? cellsByTabs(lines[0]!.text) : withoutLinks(concat(lines.map(({ text }) => text))),
  level: lines[0]!.level,
  gapBefore: lines[0]!.blanks > 0,
  indented: lines[0]!.indented,
  row,
  furniture: RULE.test(lines[0]!.text.text),
})

/** Markdown's links by their words. */
const LINK = /!?\[([^\]\n]{0,200})\]\((?:https?:|javascript:|mailto:|\.{0,2}\/|#)[^)\s]{0,2000}\)/gu
const withoutLinks = (text: Traced): Traced =>
  text.text.includes('](') ? replace(text, LINK, ([, words = '']) => words) : text

/** A row of a Markdown table with a tab between its cells, as rows of other formats have. */
const cellsByTabs = (text: Traced): Traced =>
  isPiped(text.text)
    ? trim(
        replace(
          replace(text, /^\s*\|\s*|(?:(?<!\s)\s+)?\|\s*$/gu, ''),
          /(?:(?<!\s)\s+)?\|\s*/gu,
          '\t',
        ),
      )
    : text

/** The width in half-width columns at which lines were broken; infinite where each line is a paragraph. */
function brokenAt(lines: readonly Line[]): number {
  const widths = lines.map(({ width }) => width).toSorted((a, b) => a - b)
  const width = widths[Math.floor(widths.length * 0.95)] ?? 0
  const long = lines.filter((line) => line.width >= width * LONG && line.level === null)
  const open = long.filter(({ text }) => !isClosed(text.text))
  const alike = long.filter((line) => line.width <= width * 1.1)
  const isSet = alike.length >= long.length * FULL && open.length >= long.length * OPEN_SHARE
  const paused = long.filter(({ text }) => /[，。；、]/u.test(text.text))
  const isProse = paused.length >= long.length * PAUSED && long.length >= LEAST_LONG
  return isSet && (isProse || breaksWord(lines)) ? width : Infinity
}

/**
 * Whether a word runs on from one line to the next, or a mark begins one: lines of a list are as wide
 * as each other too, and end where their items do.
 */
const breaksWord = (lines: readonly Line[]) =>
  lines.some((line, i) => {
    const [left, right] = [line.text.text, lines[i + 1]?.text.text ?? '']
    return (
      /^[，。；、：）》”]/u.test(right) ||
      (/\p{L}$/u.test(left) && /^\p{L}/u.test(right) && crossesWord(left, right))
    )
  })

/** An indented line ends where it does for its indent of two letters too. */
const extentOf = ({ width, indented }: Line) => width + (indented ? INDENT : 0)
const INDENT = 4

function goesOn(open: readonly Line[], line: Line, width: number): boolean {
  const last = open.at(-1)!
  if (line.level !== null || last.level !== null || line.bullet) return false
  if (extentOf(last) < width * FULL || line.opensBlock || BEGINS.test(line.text.text)) return false
  // A page's end leaves a blank line or its mark in the middle of a sentence.
  if (line.blanks > 0 && (line.indented || isClosed(last.text.text))) return false
  return !line.indented || !isClosed(last.text.text)
}

const isRow = ({ text }: Line, source: string) =>
  isPiped(text.text) || (text.text.includes('\t') && cellsOf(text, source).length > 1)

function pageMarks(lines: readonly Line[]): Set<Line> {
  const alike = Map.groupBy(lines, ({ text }) => text.text.replaceAll(/\d+/gu, '0'))
  const marks = new Set<Line>()
  for (const [shape, group] of alike) {
    const [first] = group
    const text = first!.text.text
    const isMark = PAGE_MARK.test(text) || (PAGE_NUMBER.test(text) && group.length >= TIMES)
    const isHead =
      group.length >= TIMES &&
      shape.length >= 4 &&
      shape.length <= MARK_LENGTH &&
      !isClosed(text) &&
      !BEGINS.test(text) &&
      group.every((line) => line.text.text === text) &&
      standApart(group, lines)
    if (isMark || isHead) for (const line of group) marks.add(line)
  }
  return marks
}

/** Lines of a running head have a page between them. */
const PAGE_LINES = 8
function standApart(group: readonly Line[], lines: readonly Line[]): boolean {
  const at = group.map((line) => lines.indexOf(line))
  return at.every((here, i) => i === 0 || here - at[i - 1]! >= PAGE_LINES)
}
