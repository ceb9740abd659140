import { z } from 'zod'
import { type Answer, type Citation, type Passage, Span as SpanSchema } from '../corpus.ts'
import { type Span, fromRuns } from '../traced.ts'

/** Words of a passage that are quoted, by UTF-16 offsets in its text. */
export interface Quotable extends Span {
  readonly passage: Passage
  /** Offsets of its pieces in the quote. */
  readonly pieces: readonly Span[]
}

/** A citation's quote and what of it is told, by UTF-16 offsets in the text of its passage. */
const Standing = SpanSchema.extend({
  n: z.int(),
  articleId: z.string(),
  passageId: z.string(),
  told: z.array(SpanSchema),
})
export type Standing = z.infer<typeof Standing>

/** Where what an answer tells stands in its articles, by its trace; nothing where that was not kept. */
export function standingsOf({ trace = [] }: Pick<Answer, 'trace'>): Standing[] {
  const given = trace.find(({ stage }) => stage === 'notices')?.['standings']
  return z.array(Standing).catch([]).parse(given)
}

/** Numbers what is quoted, from 1 in the order in which it is first asked for. */
export function createCiter() {
  const quoted: { readonly quote: Quotable; readonly told: Set<number> }[] = []
  return {
    /** `told` are indexes of the quote's pieces. */
    numberOf(quote: Quotable, told: Iterable<number> = []): number {
      const at = quoted.findIndex(
        ({ quote: { passage, start } }) => passage.id === quote.passage.id && start === quote.start,
      )
      if (at < 0) return quoted.push({ quote, told: new Set(told) })
      for (const piece of told) quoted[at]!.told.add(piece)
      return at + 1
    },
    citations: (): Citation[] => quoted.map(({ quote }, i) => citation(quote, i + 1)),
    standings: (): Standing[] =>
      quoted.map(({ quote, told }, i) => ({
        n: i + 1,
        articleId: quote.passage.articleId,
        passageId: quote.passage.id,
        start: quote.start,
        end: quote.end,
        told: stretches(quote, told),
      })),
  }
}

/** Told pieces as stretches of the passage's text; neighbours are one, with the mark between them. */
function stretches({ start, pieces }: Quotable, told: ReadonlySet<number>): Span[] {
  const found: { start: number; end: number }[] = []
  for (const i of [...told].toSorted((a, b) => a - b)) {
    const piece = { start: start + pieces[i]!.start, end: start + pieces[i]!.end }
    if (told.has(i - 1)) found.at(-1)!.end = piece.end
    else found.push(piece)
  }
  return found
}

export type Citer = ReturnType<typeof createCiter>

/** A quote as it is shown, with the number it is cited by. */
export function citation({ passage, start, end }: Omit<Quotable, 'pieces'>, n: number): Citation {
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
