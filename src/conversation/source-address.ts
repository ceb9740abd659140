import type { Citation } from '../corpus.ts'
import type { Span } from '../traced.ts'

/** A row of a table has a span a cell; what goes over is not marked, the rest shows where it is. */
const MOST_SPANS = 32
/** Telegram takes some 2,000 letters of an address. */
const MOST_LETTERS = 600
/** Of the first and the last words of a quote, in UTF-16 units: enough to stand once on a page. */
const WORDS_LENGTH = 12

/** The path of an article's page; with a citation, to its cited words there. */
export function sourcePath(articleId: string, cited?: Pick<Citation, 'quote' | 'spans'>): string {
  const path = `/s/${encodeURIComponent(articleId.toWellFormed())}`
  if (!cited) return path
  const spans = cited.spans.slice(0, MOST_SPANS).map(({ start, end }) => `${start}-${end}`)
  return `${path}?q=${spans.join(',')}#q${textFragment(cited.quote)}`
}

/** The spans that a page is asked to mark; none where that is no list of them. */
export function spansAsked(q: string | undefined): Span[] {
  const parts = q?.split(',', MOST_SPANS + 1) ?? []
  const spans = parts.flatMap((part) => {
    const [, start, end] = /^(\d{1,9})-(\d{1,9})$/.exec(part) ?? []
    return Number(start) < Number(end) ? [{ start: Number(start), end: Number(end) }] : []
  })
  return parts.length > MOST_SPANS || spans.length < parts.length ? [] : spans
}

/**
 * What makes a browser look for a quote by its words (WICG, scroll-to-text-fragment): its first words and its
 * last, parted where a browser parts words, because it finds whole ones only. Where it finds none, the
 * name before it leads to the mark.
 */
function textFragment(quote: string): string {
  const cells = quote.split(/\s/u).filter(Boolean)
  const [first, last] = [wordsOf(cells[0] ?? ''), wordsOf(cells.at(-1) ?? '')]
  const [start, end] = [upTo(first), upTo(last.toReversed()).toReversed()]
  const isWhole = cells.length === 1 && start.length + end.length >= first.length
  const texts = isWhole ? [first] : [start, end]
  const fragment = `:~:text=${texts.map((words) => encoded(words.join(''))).join(',')}`
  return fragment.length <= MOST_LETTERS ? fragment : ''
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
const wordsOf = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment)

/** So many words from the first on as are short enough together, one at least. */
function upTo(words: readonly string[]): string[] {
  let length = 0
  return words.filter((word, i) => {
    length += word.length
    return i === 0 || length <= WORDS_LENGTH
  })
}

/** A minus means something else there. */
const encoded = (words: string) => encodeURIComponent(words.toWellFormed()).replaceAll('-', '%2D')
