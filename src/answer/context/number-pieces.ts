import type { Passage } from '../../corpus.ts'
import { cells, pieces } from '../../language/pieces.ts'
import { plantedIn } from '../../language/planted/planted.ts'
import { quotable } from '../../language/sentences.ts'
import type { Context, ContextArticle, Sentence } from './context.ts'

/** Parts articles' passages, given in reading order, into sentences and numbers their pieces. */
export function numberPieces(
  articles: readonly (readonly Passage[])[],
  sectionOf: (passage: Passage) => string | null = () => null,
): Context {
  const sentences: Sentence[] = []
  let first = 1
  const numbered = articles.map((passages): ContextArticle => {
    const before = paragraphs(passages)
    const own = passages.flatMap((passage) =>
      sentencesOf(passage).map((parted): Sentence => {
        const sentence = {
          passage,
          ...parted,
          section: sectionOf(passage),
          before: before(passage, parted.start),
          first,
        }
        first += parted.pieces.length
        return sentence
      }),
    )
    sentences.push(...own)
    return { articleId: passages[0]?.articleId ?? '', sentences: own }
  })
  const size = first - 1
  return {
    articles: numbered.filter((article) => article.sentences.length > 0),
    size,
    at(n) {
      if (!Number.isInteger(n) || n < 1 || n > size) return undefined
      const sentence = sentences[lastAtMost(sentences, n)]!
      return { sentence, index: n - sentence.first }
    },
  }
}

type Parted = Pick<Sentence, 'start' | 'end' | 'text' | 'pieces'>

/** An index gives the same passages again and again: each is parted once. */
const kept = new WeakMap<Passage, readonly Parted[]>()

/** A passage's sentences that have a piece: what was planted in it for machines has none. */
function sentencesOf(passage: Passage): readonly Parted[] {
  const before = kept.get(passage)
  if (before) return before
  const planted = plantedIn(passage.text)
  const made = quotable(passage.text, isLined(passage))
    .filter((span) => planted.every(({ start, end }) => end <= span.start || start >= span.end))
    .map(({ start, end }) => {
      const text = passage.text.slice(start, end)
      const isRow = passage.kind === 'table' && passage.part === 'body'
      return { start, end, text, pieces: isRow ? cells(text) : pieces(text) }
    })
    .filter((one) => one.pieces.length > 0)
  kept.set(passage, made)
  return made
}

/** What stands before a place in its paragraph, which may have begun in the passage before. */
function paragraphs(passages: readonly Passage[]): (passage: Passage, at: number) => string {
  const carried = new Map<string, string>()
  passages.forEach((passage, i) => {
    const last = passages[i - 1]
    const goesOn =
      last?.part === 'body' &&
      last.part === passage.part &&
      last.start + last.text.length === passage.start
    carried.set(passage.id, goesOn ? lastLine(carried.get(last.id)!, last.text) : '')
  })
  return ({ id, text }, at) => lastLine(carried.get(id)!, text.slice(0, at))
}

/**
 * The last line of a text behind a line that goes on into it. Only the text is looked through: the line
 * may be as long as its article, and few of its sentences are ever asked for what stands before them.
 */
function lastLine(line: string, text: string): string {
  const feed = text.lastIndexOf('\n')
  return feed < 0 ? line + text : text.slice(feed + 1)
}

/** Headlines, bylines and rows of a table are quoted line by line. */
const isLined = ({ part, kind }: Passage) => part === 'head' || kind === 'table'

/** The index of the last sentence that begins at or before a number. */
function lastAtMost(sentences: readonly Sentence[], n: number): number {
  let [low, high] = [0, sentences.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (sentences[middle]!.first <= n) low = middle
    else high = middle - 1
  }
  return low
}
