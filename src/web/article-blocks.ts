import { spanMarks } from '../conversation/quote-marks.ts'
import type { Article, Passage } from '../corpus.ts'
import { type Span, spanBehind } from '../traced.ts'

/** What an article is made of, as stretches of its text. */
export type Block =
  | ({ readonly kind: 'paragraph' | 'subhead' } & Span)
  | { readonly kind: 'table'; readonly rows: readonly Row[] }

export interface Row {
  /** Whether its cells name the columns below. */
  readonly isHead: boolean
  readonly cells: readonly Span[]
}

/**
 * Paragraphs, subheads and tables of an article, in its order. Its passages tell a row of a table from a line
 * that only has tabs in it; of a row of heads they leave out the first cell, above the rows' own labels.
 */
export function articleBlocks(article: Article, passages: readonly Passage[]): Block[] {
  const { text, subheads } = article
  const tables = passages.filter(({ part, kind }) => part === 'body' && kind === 'table')
  const toldBehind = spanBehind(
    spanMarks(
      article,
      tables.flatMap(({ spans }) => spans),
    ),
  )
  const isTold = ({ start, end }: Span) => (toldBehind(start)?.start ?? Infinity) < end
  const heads = new Set(subheads)
  const blocks: Block[] = []
  let rows: Row[] | undefined
  for (const line of pieces(text, { start: 0, end: text.length }, '\n')) {
    const written = text.slice(line.start, line.end)
    if (written.trim() === '') continue
    const cells = written.includes('\t') ? pieces(text, line, '\t') : []
    const told = cells.map(isTold)
    if (!told.includes(true)) {
      rows = undefined
      blocks.push({ kind: heads.has(written) ? 'subhead' : 'paragraph', ...line })
      continue
    }
    if (!rows) blocks.push({ kind: 'table', rows: (rows = []) })
    rows.push({ isHead: !told[0], cells })
  }
  return blocks
}

/** The stretches of a stretch between a mark, which is one character. */
function pieces(text: string, { start, end }: Span, mark: '\n' | '\t'): Span[] {
  const spans: Span[] = []
  let from = start
  for (const part of text.slice(start, end).split(mark)) {
    spans.push({ start: from, end: from + part.length })
    from += part.length + mark.length
  }
  return spans
}
