import type { Citation, Passage } from '../corpus.ts'
import { type Span, fromRuns } from '../traced.ts'

/** Words of a passage that are quoted, by UTF-16 offsets in its text. */
export interface Quotable extends Span {
  readonly passage: Passage
}

/** Numbers what is quoted, from 1 in the order in which it is first asked for. */
export function createCiter() {
  const quoted: Quotable[] = []
  return {
    numberOf(quote: Quotable): number {
      const at = quoted.findIndex(
        (known) => known.passage.id === quote.passage.id && known.start === quote.start,
      )
      return at >= 0 ? at + 1 : quoted.push(quote)
    },
    citations: (): Citation[] => quoted.map((quote, i) => citation(quote, i + 1)),
  }
}

export type Citer = ReturnType<typeof createCiter>

/** A quote as it is shown, with the number it is cited by. */
export function citation({ passage, start, end }: Quotable, n: number): Citation {
  return {
    n,
    articleId: passage.articleId,
    passageId: passage.id,
    source: passage.source,
    headline: passage.headline,
    publication: passage.publication,
    date: passage.date,
    place: passage.place,
    url: passage.url,
    quote: passage.text.slice(start, end),
    spans: spansWithin(passage, start, end),
  }
}

/**
 * Where a part of a passage's text stands in the source: its spans, cut to what the part covers; one
 * span a stretch that nothing of another article interrupts.
 */
export function spansWithin(
  { runs, spans }: Pick<Passage, 'runs' | 'spans'>,
  start: number,
  end: number,
): Span[] {
  const found: { start: number; end: number; within: number }[] = []
  for (const offset of fromRuns(runs).subarray(start, end)) {
    const within = spans.findIndex((span) => offset >= span.start && offset < span.end)
    const last = found.at(-1)
    if (last && offset >= last.start && offset < last.end) continue
    const goesOn = within < 0 ? offset === last?.end : within === last?.within
    if (last && goesOn && offset >= last.end) last.end = offset + 1
    else found.push({ start: offset, end: offset + 1, within })
  }
  return found.map((span) => ({ start: span.start, end: span.end }))
}
