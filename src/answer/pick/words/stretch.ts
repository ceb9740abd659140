import type { Passage } from '../../../corpus.ts'
import type { Span } from '../../../traced.ts'
import type { Context, Sentence } from '../../context/context.ts'

/** A part of a passage, by UTF-16 offsets in its text. */
export interface Stretch extends Span {
  readonly passage: Passage
}

/** Within the text of a stretch, one of its parts by offsets in that text. */
export function within({ passage, start }: Stretch, part: Span): Stretch {
  return { passage, start: start + part.start, end: start + part.end }
}

/** A passage's sentences in a context. */
export type SentencesOf = (passage: Passage) => readonly Sentence[]

export function sentencesOf({ articles }: Context): SentencesOf {
  const all = articles.flatMap(({ sentences }) => sentences)
  const byPassage = Map.groupBy(all, ({ passage }) => passage.id)
  return ({ id }) => byPassage.get(id) ?? []
}

/** The numbers of the pieces that stand in a stretch, a list for each of its sentences. */
export function piecesIn({ passage, start, end }: Stretch, of: SentencesOf): number[][] {
  return of(passage)
    .map((sentence) =>
      sentence.pieces.flatMap((piece, i) =>
        sentence.start + piece.start < end && sentence.start + piece.end > start
          ? [sentence.first + i]
          : [],
      ),
    )
    .filter((pieces) => pieces.length > 0)
}

/** Those of the sentence that most of a stretch is of. */
export function piecesOfOne(stretch: Stretch, of: SentencesOf): number[] {
  const shared = ({ start, end }: Span) =>
    Math.min(end, stretch.end) - Math.max(start, stretch.start)
  const [most] = of(stretch.passage).toSorted((a, b) => shared(b) - shared(a))
  return most ? piecesIn(stretch, () => [most]).flat() : []
}
