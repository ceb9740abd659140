import type { NoticeKind } from '../corpus.ts'
import type { Sentence } from './context/context.ts'

/** A notice, and the sentences that it will cite. */
export interface Noticed {
  readonly kind: NoticeKind
  readonly text: string
  readonly sentences: readonly Sentence[]
  /** Of those that its text cuts, the indexes of the pieces that are told. */
  readonly told?: ReadonlyMap<Sentence, ReadonlySet<number>>
  readonly readings?: readonly string[]
}
