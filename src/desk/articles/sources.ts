import type { Anchor, Correcting, Correction } from '../../correction.ts'
import type { Asked, Explanation } from '../../explanation.ts'
import type { ReadSource } from '../../source-reading.ts'

/** What the room asks of ingest: what was read, how, and to read a source again as staff say. */
export interface Sources {
  /** All sources by name; none on a machine that only serves. */
  list(): readonly ReadSource[]
  find(source: string): ReadSource | undefined
  /** The articles of a source in its order, under the ids that they have in the index. */
  articlesOf(source: string): readonly { readonly n: number; readonly id: string }[]
  /** The source of each article of the index, by its id. */
  sourceByArticle(): ReadonlyMap<string, string>
  /** How a text of a source is read. */
  look(source: string, asked: Asked): Promise<Look>
  /** What staff corrected in a source, in the order in which they did. */
  corrections(source: string): readonly Correction[]
  /** Keeps what is corrected at a place, and reads the source again at once. */
  correct(
    source: string,
    at: Anchor,
    corrected: readonly Correcting[],
    by: string,
  ): Promise<ReadAgain>
  /** Takes one back, and reads its source again at once. */
  undo(source: string, id: string): Promise<ReadAgain>
}

export interface Look {
  /** Null where it cannot be read now; `fault` says why. */
  readonly explanation: Explanation | null
  readonly fault: Fault | null
}

/** Why a file is not read: whether it is not where it was, and what ingest says, in English. */
export interface Fault {
  readonly isGone: boolean
  readonly said: string
}

/** What came of reading a source again. */
export interface ReadAgain {
  /** Why it could not be read; what was corrected is kept, and counts from the next time on. */
  readonly fault: Fault | null
  readonly changes: readonly Change[]
}

/** An article that came, went, or is something else than before. */
export interface Change {
  readonly status: 'new' | 'gone' | 'changed'
  readonly headline: string | null
  readonly fields: readonly { readonly name: string; readonly from: string; readonly to: string }[]
}
