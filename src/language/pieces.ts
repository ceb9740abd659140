import { spanBehind } from '../traced.ts'
import type { Span } from '../traced.ts'
import { figures } from './figures.ts'

/** Ends a piece, in either width; a full stop of the narrow kind only where a word ends. */
const MARK = /[，；：。！？、（）—…,;:!?()\n]|\.(?![A-Za-z\d])/uy
/** A web address is one word. */
const ADDRESS = /https?:\/\/[\w./?=&#%:-]*\w/giu
/** Between two digits these belong to a figure: 16:01, 1,234, 10：1, 1—5月, 6、7月. */
const WITHIN_FIGURE = /[,:：—、]/u
/** The number of an item at the start of a sentence is a mark: （一）, 1., 2、, ①. */
const NUMBERED =
  /^[\s—]*(?:[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]、?|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d)|[①-⑳])\s*/u
const OPENING = '“‘「『《〈〔【[［'
const LETTER = /[\p{L}\p{N}]/u

/**
 * The pieces of a sentence, in order, as offsets in its text: what stands between two marks, with the
 * quotation marks beside it. A piece is the smallest part of a text that is told or left out.
 */
export function pieces(text: string): Span[] {
  const found: Span[] = []
  let figureBehind: ReturnType<typeof spanBehind> | undefined
  const inFigure = (at: number) => {
    figureBehind ??= spanBehind(figures(text))
    return (figureBehind(at)?.start ?? at) < at
  }
  const addressBehind = spanBehind(
    [...text.matchAll(ADDRESS)].map(({ index, 0: { length } }) => ({
      start: index,
      end: index + length,
    })),
  )
  const inAddress = (at: number) => (addressBehind(at)?.start ?? Infinity) <= at
  let from = NUMBERED.exec(text)?.[0].length ?? 0
  for (let at = from; at <= text.length; at++) {
    if (at < text.length && (!partsAt(text, at, inFigure) || inAddress(at))) continue
    const piece = trimmed(text, from, at)
    if (piece) found.push(piece)
    from = at + 1
  }
  return found
}

/** The cells of a table's row, as offsets in its text. */
export function cells(row: string): Span[] {
  return [...row.matchAll(/\S+/gu)]
    .filter(([cell]) => LETTER.test(cell))
    .map(({ index, 0: cell }) => ({ start: index, end: index + cell.length }))
}

function partsAt(text: string, at: number, inFigure: (at: number) => boolean): boolean {
  MARK.lastIndex = at
  if (!MARK.test(text)) return false
  if (!WITHIN_FIGURE.test(text[at]!)) return true
  const [left, right] = [text[at - 1] ?? '', text[at + 1] ?? '']
  if (!/\d/u.test(right)) return true
  if (text[at] !== '—') return !/\d/u.test(left)
  // 3万—4万个: a dash between two figures joins them, whatever they count.
  return !/[\d年月日%％]/u.test(left) && !(LETTER.test(left) && inFigure(at))
}

/** What a piece may begin with: ornaments (■, —) and closing marks are not its own; signs (=, ×, $, @) are. */
const BEGINS = /[\p{L}\p{N}\p{Sm}\p{Sc}@#·“‘「『《〈〔【[［"'-]/u

/** Without white space, and without opening marks behind: they are its neighbour's. */
function trimmed(text: string, start: number, end: number): Span | null {
  let [from, to] = [start, end]
  while (from < to && !BEGINS.test(text[from]!)) from++
  while (from < to && (/\s/u.test(text[to - 1]!) || OPENING.includes(text[to - 1]!))) to--
  return LETTER.test(text.slice(from, to)) ? { start: from, end: to } : null
}
