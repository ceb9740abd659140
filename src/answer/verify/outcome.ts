import type { Place } from './place.ts'
import type { PolarityProblem } from './polarity-problem.ts'

export type RejectionKind =
  | 'empty'
  | 'no_evidence'
  | 'unknown_label'
  | 'short_quote'
  | 'quote_not_found'
  | 'quote_unsure'
  | 'figure'
  | 'name'
  | PolarityProblem['kind']
  | 'unsupported'
  | 'status'
  | 'too_long'

/** What became of a text that was held against the words it cites. */
export type Outcome = Stands | Falls

export interface Stands {
  readonly ok: true
  /** As written, but for figures, which stand as printed. */
  readonly text: string
  readonly places: readonly Place[]
  readonly rewritten: readonly { readonly written: string; readonly printed: string }[]
}

export interface Falls {
  readonly ok: false
  readonly kind: RejectionKind
  /** In English, for the log and for asking again. */
  readonly detail: string
}

export function fail(kind: RejectionKind, detail: string): Falls {
  return { ok: false, kind, detail }
}
