import type { Facet } from './facet.ts'
import type { Scored } from './score.ts'

/** A sentence that was chosen, and the facet it answers. */
export interface Chosen extends Scored {
  readonly facet: Facet
  /** It is a list, quoted whole. */
  readonly whole?: true
}
