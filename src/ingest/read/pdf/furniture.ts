import { around, heightOf, overlapX, widthOf } from './box.ts'
import type { Box, Line, Sheet } from './box.ts'
import type { Aside } from '../source-text.ts'
import { rowsOf } from './lines.ts'

/** Lines around the text of a page, and what they are. */
export interface Furniture {
  readonly what: Aside['what']
  readonly lines: readonly Line[]
}

/** Share of a page's height at its edges in which running heads and print marks stand. */
const EDGE = 0.12
const MARK_EDGE = 0.05
/** Rows that run stand apart from the text by so much, in their size, and are few. */
const APART = 0.9
const EDGE_ROWS = 3
/** Pages, and share of them, on which a line that runs stands. */
const RUNNING = 2
const RUNNING_SHARE = 0.4

/** What a browser prints in the corners of a page. */
const PRINT_MARK =
  /^(?:https?|file):\/\/|^\d{1,3}\/\d{1,3}$|^\d{2,4}[/.-]\d{1,2}[/.-]\d{1,2}[ ,]+(?:[上下]午\s*)?\d{1,2}:\d{2}/u
const PAGE_NUMBER =
  /^[-—–―·~\s]*\d{1,4}[-—–―·~\s]*$|^第\s*[\d一二三四五六七八九十]{1,4}\s*页(?:\s*[，,/]?\s*共\s*[\d一二三四五六七八九十]{1,4}\s*页)?$|^Page \d+(?: of \d+)?$/iu

/** Running heads, page numbers and print marks of pages, by page. */
export function findFurniture(
  pages: readonly { readonly sheet: Sheet; readonly lines: readonly Line[] }[],
): Furniture[][] {
  const edges = pages.map(({ sheet, lines }) => edgeRows(sheet, lines))
  const times = new Map<string, Set<number>>()
  for (const [page, rows] of edges.entries())
    for (const row of rows) {
      const key = keyOf(row)
      times.set(key, (times.get(key) ?? new Set()).add(page))
    }
  const runs = (row: EdgeRow) => {
    // Sentences do not run.
    if (/[，。；]/u.test(row.text)) return false
    const count = times.get(keyOf(row))!.size
    return count >= RUNNING && count >= pages.length * RUNNING_SHARE
  }
  return edges.map((rows) =>
    rows.flatMap((row) => {
      const what = isMark(row)
        ? '打印标记'
        : row.outermost && PAGE_NUMBER.test(row.text)
          ? '页码'
          : runs(row)
            ? '页眉页脚'
            : null
      return what ? [{ what, lines: row.lines }] : []
    }),
  )
}

interface EdgeRow {
  readonly lines: readonly Line[]
  readonly text: string
  /** Share of the page's height at which it stands. */
  readonly at: number
  readonly outermost: boolean
}

/** The rows at both edges of a page that white parts from its text. */
function edgeRows({ height }: Sheet, lines: readonly Line[]): EdgeRow[] {
  const rows = rowsOf(lines.filter(({ vertical }) => !vertical)).map((row) => ({
    lines: row,
    text: row.map((line) => line.text).join(' '),
    box: around(row),
  }))
  const groups: (typeof rows)[] = []
  let bottom = -Infinity
  for (const row of rows) {
    if (row.box.top - bottom > APART * row.lines[0]!.size) groups.push([row])
    else groups.at(-1)!.push(row)
    bottom = Math.max(bottom, row.box.bottom)
  }
  return groups
    .filter((group) => group.length <= EDGE_ROWS)
    .flatMap((group) =>
      group.map(({ box, ...row }) => ({
        ...row,
        at: (box.top + box.bottom) / 2 / height,
        outermost: row.lines === rows[0]!.lines || row.lines === rows.at(-1)!.lines,
      })),
    )
    .filter(({ at }) => at < EDGE || at > 1 - EDGE)
}

/** Figures differ from page to page. */
const keyOf = ({ text, at }: EdgeRow) =>
  `${text.replaceAll(/\d+/gu, '#').replaceAll(/\s/gu, '')}@${Math.round(at * 50)}`

const isMark = ({ lines, at }: EdgeRow) =>
  (at < MARK_EDGE || at > 1 - MARK_EDGE) && lines.some(({ text }) => PRINT_MARK.test(text))

/** A page's head has a full date or the number of a sheet; so much of the page's height is above its end. */
const HEAD_DEPTH = 0.2
const HEAD_ROWS = 6
const DATED =
  /\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|第\s*[\d一二三四五六七八九十]{1,3}\s*版|^[A-D]?\d{1,2}\s*版|星期[一二三四五六日天]/u
/** Share of the page that the rule under its head goes along. */
const WIDE = 0.8
const LONGEST = 40

/** The lines of a newspaper page's head: the paper's name, the date, the number of the sheet. */
export function findHead(lines: readonly Line[], rules: readonly Box[], em: number): Line[] {
  const page = around(lines)
  const foot = page.top + heightOf(page) * HEAD_DEPTH
  const dated = lines.filter(
    ({ text, bottom, vertical }) =>
      bottom < foot &&
      !vertical &&
      text.length <= LONGEST &&
      DATED.test(text) &&
      !/[，。]/u.test(text),
  )
  if (dated.length === 0) return []
  const top = Math.min(...dated.map((line) => line.top))
  const rule = rules
    .filter((r) => widthOf(r) > widthOf(page) * WIDE && r.top > top && r.bottom < foot + em)
    .toSorted((a, b) => a.top - b.top)[0]
  const end = rule ? rule.bottom : Math.max(...dated.map((line) => line.bottom))
  const head = lines.filter((line) => (line.top + line.bottom) / 2 < end)
  const isHead =
    rowsOf(head).length <= HEAD_ROWS &&
    !head.some(({ text }) => text.length > LONGEST || text.endsWith('。'))
  return isHead
    ? head
    : dated.filter((line) => !lines.some((l) => l.top < line.top - em && overlapX(l, line) > 0))
}
