import { type Cuttable, cut, labelled } from '../../../src/answer/tell/cut.ts'
import type { Picked } from '../../../src/answer/tell/relations.ts'
import { GOVERNORS, governorsOf } from '../../../src/language/governors.ts'
import { pieces } from '../../../src/language/pieces.ts'
import { readSentence } from '../../../src/language/read-sentence.ts'

/** A sentence of an article of which nothing else is known. */
export function cuttable(text: string, over: Partial<Cuttable> = {}): Cuttable {
  return {
    text,
    pieces: pieces(text),
    isRow: false,
    printed: { date: null, place: [] },
    heading: { headline: null, kicker: null, subhead: null, section: null, before: '' },
    ...over,
  }
}

/** The pieces that some words touch; a test that names words which the sentence lacks is wrong. */
export function indexesOf({ text, pieces: all }: Cuttable, keep: readonly string[]): number[] {
  return keep.flatMap((words) => {
    const start = text.indexOf(words)
    if (start < 0) throw new Error(`“${text}” does not say “${words}”`)
    const end = start + words.length
    return all.flatMap((piece, i) => (piece.start < end && start < piece.end ? [i] : []))
  })
}

/** What some pieces of a sentence are told as, label and all. */
export function toldOf(
  sentence: string,
  keep: readonly string[],
  over: Partial<Cuttable> = {},
): string {
  const of = cuttable(sentence, over)
  return labelled(cut(of, indexesOf(of, keep)))
}

const governs = governorsOf(GOVERNORS)

/** A sentence as it is read, of which the clauses that some words touch were picked. */
export function pickedOf(sentence: string, keep: readonly string[]): Picked {
  const of = cuttable(sentence)
  const read = readSentence(of.text, of.pieces, governs)
  const picked = indexesOf(of, keep).map((i) => read.structure.clauseOf[i]!)
  return { ...read, picked: new Set(picked) }
}
