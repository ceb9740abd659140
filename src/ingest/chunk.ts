import { TextSplitter } from '@langchain/textsplitters'
import type { Article, Passage } from '../corpus.ts'
import { sentences } from '../language/sentences.ts'
import { type Traced, join, slice, spansOf, toRuns } from '../traced.ts'
import { resolvePeriods } from './describe/resolve-periods.ts'
import type { Item } from './item.ts'
import { labelRows } from './segment/label-rows.ts'

/** The longest passage, in UTF-16 units: the contract's bound. */
export const PASSAGE_LENGTH = 400

/** Merges whole sentences; only one that is longer than a passage by itself is cut, at its clauses. */
class SentenceSplitter extends TextSplitter {
  static override lc_name() {
    return 'SentenceSplitter'
  }

  override splitText(text: string): Promise<string[]> {
    const ends = sentences(text).map(({ end }) => end)
    const parts = ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end))
    return this.mergeSplits(
      parts.flatMap((part) =>
        part.length <= this.chunkSize ? [part] : clauses(part, this.chunkSize),
      ),
      '',
    )
  }
}

const splitter = new SentenceSplitter({ chunkSize: PASSAGE_LENGTH, chunkOverlap: 0 })

/**
 * An article's passages: its head (headline, byline, credits as printed) and its body, a few
 * sentences each, none across a subhead. Every character keeps its place in the source.
 */
export async function chunk(article: Article, item: Item, source: string): Promise<Passage[]> {
  const parts = [
    {
      part: 'head' as const,
      kind: article.kind,
      subhead: null,
      text: headOf(item),
      start: 0,
    },
    ...sections(item),
  ]
  const passages: Passage[] = []
  for (const { part, kind, subhead, text, start } of parts) {
    for (const piece of await pieces(text)) {
      const n = passages.length
      passages.push({
        id: `${article.id}-${n}`,
        articleId: article.id,
        n,
        part,
        text: piece.traced.text,
        start: start + piece.at,
        runs: toRuns(piece.traced.origin),
        spans: spansOf(piece.traced, source),
        kind,
        source: article.source,
        headline: article.headline,
        kicker: article.kicker,
        subhead,
        periods: resolvePeriods(piece.traced.text, article.date.value),
        publication: article.publication,
        date: article.date,
        place: article.place,
        url: article.url,
      })
    }
  }
  return passages
}

function headOf({ kicker, headline, subtitle, section, credits }: Item): Traced {
  // A row of labels answers nothing: 索引号, 有效性.
  const lines = [section, kicker, headline, subtitle, ...credits.filter(isNoRow)]
  return join(
    lines.filter((line) => line !== null),
    '\n',
  )
}

const isNoRow = ({ text }: Traced) => !text.includes('\t')

/**
 * The body parted at its subheads, each part beginning with its own, and at its tables, whose rows are
 * told with the heads of their columns; `start` is where a part begins in the body.
 */
function sections({ kind, body, subheads, rows }: Item) {
  const among = (some: readonly Traced[]) => {
    const known = new Set(some.map(({ origin }) => origin[0]))
    return (paragraph: Traced) => known.has(paragraph.origin[0])
  }
  const isSubhead = among(subheads)
  const isRow = among(rows)
  const parts: { subhead: string | null; row: boolean; paragraphs: Traced[]; start: number }[] = []
  let at = 0
  for (const paragraph of body) {
    const heads = isSubhead(paragraph)
    const row = isRow(paragraph)
    const last = parts.at(-1)
    const subhead = heads ? paragraph.text : (last?.subhead ?? null)
    if (last && !heads && last.row === row) last.paragraphs.push(paragraph)
    else parts.push({ subhead, row, paragraphs: [paragraph], start: at })
    at += paragraph.text.length + 1
  }
  return parts.map(({ subhead, row, paragraphs, start }) => ({
    part: 'body' as const,
    kind: row ? ('table' as const) : kind,
    subhead,
    text: join(row ? labelRows(paragraphs) : paragraphs, '\n'),
    start,
  }))
}

/** A text in pieces of at most a passage, each with where it begins in the text: the splitter gives words, not places. */
async function pieces(text: Traced): Promise<{ traced: Traced; at: number }[]> {
  let from = 0
  return (await splitter.splitText(text.text)).map((piece) => {
    const at = text.text.indexOf(piece, from)
    from = at + piece.length
    return { traced: slice(text, at, from), at }
  })
}

/** A sentence cut behind its clauses, and a clause that is still too long where it must be. */
function clauses(sentence: string, length: number): string[] {
  // Passages are counted in UTF-16 units; no cut parts a pair of them.
  const withinPair = '(?<=[\\uD800-\\uDBFF])(?=[\\uDC00-\\uDFFF])'
  const inLengths = new RegExp(`[^]{1,${length}}(?!${withinPair})`, 'g')
  return sentence
    .split(/(?<=[；;，、]|,(?!\d))/u)
    .flatMap((clause) => clause.match(inLengths) ?? [])
}
