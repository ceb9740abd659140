/**
 * Whether another article gives another figure for the very thing that the sentence that answers measures:
 * the same words before it, the same unit, the same place, another value.
 */
import { letterPairs } from '../../../language/letter-pairs.ts'
import { compareFigures } from '../../../language/compare-figures.ts'
import type { Quantity } from '../../../language/figures.ts'
import { normalize } from '../../../retrieval/tokens.ts'
import type { Candidate } from './choose.ts'
import { cover } from './look.ts'
import { figures } from '../../../language/shapes.ts'
import { degree, lettersOf } from './wanted.ts'

/** A figure with the letters that say what it measures: those of its clause around it. */
interface Measured {
  readonly figure: Quantity
  /** The numbers of the pieces that it stands in. */
  readonly pieces: readonly number[]
  readonly thing: string
  /** How much of the question those have. */
  readonly asked: number
}

/**
 * Of the pairs of letters that either thing has, both have so many: fewer are needed where the question says
 * that articles differ (到底是12家还是15家). At .7, .5 and .4 for all, 5, 7 and 9 of 36 judged conflicts are
 * found, and 5, 9 and 10 other questions get a second figure, of which the first five are fair.
 */
const ALIKE = { asked: 0.4, else: 0.7 } as const
/** Letters of the shorter thing. */
const LETTERS = 6
/** What is measured has so much of what the whole sentence has of the question. */
const ASKED = 0.5

const MARKS = /[，。；：、！？,;:\n]/u

function measuredIn({ seen: { sentence, wanted } }: Candidate): Measured[] {
  const { text } = sentence
  return figures(text).flatMap((figure): Measured[] => {
    if (figure.kind !== 'quantity' || figure.unit === '') return []
    const clause = `${text.slice(0, figure.start).split(MARKS).at(-1)!}${text.slice(figure.end).split(MARKS)[0]!}`
    const normal = normalize(clause)
    const has = wanted.terms.map((term) => degree(term, normal))
    const pieces = sentence.pieces.flatMap(({ start, end }, i) =>
      start < figure.end && figure.start < end ? [sentence.first + i] : [],
    )
    return [{ figure, pieces, thing: lettersOf(clause), asked: cover(wanted, has) }]
  })
}

function areAlike(a: string, b: string, least: number): boolean {
  if (Math.min(a.length, b.length) < LETTERS) return false
  const [left, right] = [letterPairs(a), letterPairs(b)]
  const both = [...left].filter((pair) => right.has(pair)).length
  return both >= least * (left.size + right.size - both)
}

const asksSeveral = ({ seen: { wanted } }: Candidate) =>
  wanted.asked.some(({ kind }) => kind.name === 'several')

const passageOf = ({ seen }: Candidate) => seen.sentence.passage

export interface Conflict {
  readonly other: Candidate
  /** Of either sentence, the numbers of the pieces that its figure stands in. */
  readonly pieces: readonly [readonly number[], readonly number[]]
}

/** What gives another figure than the first, if anything does: the likeliest to answer. */
export function conflicting(first: Candidate, others: readonly Candidate[]): Conflict | undefined {
  const own = cover(first.seen.wanted, first.seen.own)
  const least = asksSeveral(first) ? ALIKE.asked : ALIKE.else
  const measured = measuredIn(first).filter(({ asked }) => asked >= ASKED * own)
  for (const other of others) {
    if (passageOf(other).articleId === passageOf(first).articleId) continue
    if (passageOf(other).place.join() !== passageOf(first).place.join()) continue
    const against = measuredIn(other)
    const pairs = measured.flatMap((a) => against.map((b) => ({ a, b })))
    // What both print is no conflict, whatever else either counts.
    if (pairs.some(({ a, b }) => compareFigures(a.figure, b.figure) === 'same')) continue
    const differ = pairs.find(
      ({ a, b }) =>
        compareFigures(a.figure, b.figure) === 'differs' && areAlike(a.thing, b.thing, least),
    )
    if (differ) return { other, pieces: [differ.a.pieces, differ.b.pieces] }
  }
  return undefined
}
