import type { Article } from '../corpus.ts'
import type { Span } from '../traced.ts'

/** What an article is made of, as stretches of its text; of a table its rows of cells. */
export type Block =
  | ({ readonly kind: 'paragraph' | 'subhead' } & Span)
  | { readonly kind: 'table'; readonly rows: readonly (readonly Span[])[] }

/** Paragraphs, subheads and tables of an article, in its order. */
export function articleBlocks({ text, subheads }: Pick<Article, 'text' | 'subheads'>): Block[] {
  const heads = new Set(subheads)
  const blocks: Block[] = []
  let rows: (readonly Span[])[] | undefined
  for (const line of pieces(text, { start: 0, end: text.length }, '\n')) {
    const written = text.slice(line.start, line.end)
    if (written.trim() === '') continue
    if (!written.includes('\t')) {
      rows = undefined
      blocks.push({ kind: heads.has(written) ? 'subhead' : 'paragraph', ...line })
      continue
    }
    if (!rows) blocks.push({ kind: 'table', rows: (rows = []) })
    rows.push(pieces(text, line, '\t'))
  }
  return blocks
}

/** The stretches of a stretch between a mark, which is one character. */
function pieces(text: string, { start, end }: Span, mark: '\n' | '\t'): Span[] {
  const spans: Span[] = []
  let from = start
  while (from <= end) {
    const found = text.indexOf(mark, from)
    const to = found < 0 || found > end ? end : found
    spans.push({ start: from, end: to })
    from = to + 1
  }
  return spans
}
