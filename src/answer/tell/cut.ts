import type { Cut } from '../../corpus.ts'
import { type Governors, governs as governors } from '../../language/governors.ts'
import type { Span } from '../../traced.ts'
import { type Printed, createExplain } from './explain.ts'
import { withGovernors } from './govern.ts'
import { joinPieces } from './join-pieces.ts'
import { type Heading, proposalLabel } from './label.ts'
import { joinCells, withLabels } from './table-row.ts'

/** A sentence as it is cut: its text, its pieces, and what its article says of it. */
export interface Cuttable {
  readonly text: string
  readonly pieces: readonly Span[]
  /** A table's row: its pieces are cells. */
  readonly isRow: boolean
  readonly printed: Printed
  readonly heading: Heading
}

/** A cut, and apart from it what its label would be. */
export interface Telling {
  readonly label: string | null
  readonly text: Cut
  /** Indexes of the pieces that are told. */
  readonly told: ReadonlySet<number>
}

/** What sets a premise of the question right. */
export const CORRECTION = '说法有误，报道写的是'

/** What code may say in front of a cut, beside the labels of proposals (contract, the first thing). */
export type Label =
  | typeof CORRECTION
  | '相近的报道写的是'
  | `相近的报道（${string}）写的是`
  | `《${string}》写的是`
  | `《${string}》（${string}）写的是`

/**
 * Tells pieces of a sentence: with what governs them, as a sentence of its own, explained. Cuts are
 * made here and nowhere else, so no words but an article's come before a reader.
 */
export function cut(
  { text, pieces, isRow, printed, heading }: Cuttable,
  picked: ReadonlySet<number> | readonly number[],
  governs: Governors = governors,
): Telling {
  const explain = createExplain(printed)
  if (isRow) {
    const told = withLabels(text, pieces, picked)
    return { label: null, told, text: asCut(joinCells(text, pieces, told, explain)) }
  }
  const told = withGovernors(text, pieces, picked, governs)
  const label = proposalLabel(heading, joinPieces(text, pieces, told), governs)
  return { label, told, text: asCut(joinPieces(text, pieces, told, explain)) }
}

/** A cut behind a label: the one given, or its own. */
export function labelled({ label: own, text }: Telling, given?: Label): Cut {
  const label = given ?? own
  return label === null ? text : asCut(`${label}：${text}`)
}

/** Cuts one after the other: the two sides of a conflict, each behind its label. */
export function sideBySide(first: Cut, second: Cut): Cut {
  return asCut(`${first}${second}`)
}

/** The one place where words become a cut. */
function asCut(text: string): Cut {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return text as Cut
}
