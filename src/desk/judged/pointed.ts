/** Pieces of articles that staff point at, by a name that goes through a form. */
import { z } from 'zod'
import { standingsOf } from '../../answer/cite.ts'
import type { Sentence } from '../../answer/context/context.ts'
import { numberPieces } from '../../answer/context/number-pieces.ts'
import { ENUMERATOR } from '../../answer/tell/join-pieces.ts'
import { type Answer, type Passage, articleIdOf } from '../../corpus.ts'

/** An article's passages in reading order, its head first; none of an article that is gone. */
export type PassagesOf = (articleId: string) => Promise<readonly Passage[]>

/** A piece, and what a judged question takes from it. */
export interface Pointed {
  readonly name: string
  /** Its words, without the number of an item in front: it is told without where it stands alone. */
  readonly words: string
  /** The whole sentence that it stands in, and the file. */
  readonly quote: string
  readonly file: string
}

/** A piece's name: its passage, and where it begins in the passage's text. */
export const nameOf = ({ passage, start, pieces }: Sentence, i: number) =>
  `${passage.id}:${start + pieces[i]!.start}`

/** A sentence's name, in a field of its own. */
export const sentenceName = ({ passage, start }: Sentence) => `${passage.id}:${start}`

/** The passage that a piece or sentence of this name stands in. */
export const passageOf = (name: string) => name.slice(0, name.lastIndexOf(':'))

const Name = z.templateLiteral([z.string(), '-', z.int(), ':', z.int()])

/** The sentences of an article as it can be told, in reading order. */
export const sentencesOf = (passages: readonly Passage[]): readonly Sentence[] =>
  numberPieces([passages]).articles.flatMap(({ sentences }) => sentences)

export const pointedAt = (sentence: Sentence, i: number): Pointed => ({
  name: nameOf(sentence, i),
  words: withoutNumber(sentence.text.slice(sentence.pieces[i]!.start, sentence.pieces[i]!.end)),
  quote: sentence.text,
  file: sentence.passage.source,
})

const withoutNumber = (words: string) => words.replace(ENUMERATOR, '') || words

/** Names of what staff ticked: pieces that must be said, and sentences that must be cited. */
export interface Ticks {
  readonly pieces: readonly string[]
  readonly sentences: readonly string[]
}

/** The pieces of these names, in the order of the names; names that no piece has (any more) are passed over. */
export const piecesNamed = (names: readonly string[], passagesOf: PassagesOf) =>
  named(names, passagesOf, (sentence) =>
    Array.from(sentence.pieces.keys(), (i) => pointedAt(sentence, i)),
  )

/** The same for whole sentences. */
export const sentencesNamed = (names: readonly string[], passagesOf: PassagesOf) =>
  named(names, passagesOf, (sentence) => {
    const { text, passage } = sentence
    return [{ name: sentenceName(sentence), words: text, quote: text, file: passage.source }]
  })

async function named(
  names: readonly string[],
  passagesOf: PassagesOf,
  pointedIn: (sentence: Sentence) => readonly Pointed[],
): Promise<Pointed[]> {
  const valid = names.filter((name) => Name.safeParse(name).success)
  const articles = new Set(valid.map((name) => articleIdOf(passageOf(name))))
  const known = new Map<string, Pointed>()
  for (const article of articles) {
    for (const one of sentencesOf(await passagesOf(article)).flatMap(pointedIn))
      known.set(one.name, one)
  }
  return valid.flatMap((name) => known.get(name) ?? [])
}

/** The pieces that an answer's statements tell, in the order in which they are told. */
export async function piecesTold(answer: Answer, passagesOf: PassagesOf): Promise<Pointed[]> {
  const standings = standingsOf(answer)
  const told: Pointed[] = []
  for (const n of answer.statements.flatMap(({ citations }) => citations)) {
    const standing = standings.find((one) => one.n === n)
    if (!standing) continue
    const sentence = sentencesOf(await passagesOf(standing.articleId)).find(
      ({ passage, start }) => passage.id === standing.passageId && start === standing.start,
    )
    for (const i of sentence?.pieces.keys() ?? []) {
      const at = sentence!.start + sentence!.pieces[i]!.start
      if (standing.told.some(({ start, end }) => start <= at && at < end))
        told.push(pointedAt(sentence!, i))
    }
  }
  return told
}
