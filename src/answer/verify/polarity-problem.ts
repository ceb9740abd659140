/** What a text says otherwise than the words it rests on. */
export interface PolarityProblem {
  readonly kind:
    | 'negation'
    | 'exception'
    | 'plan'
    | 'past'
    | 'direction'
    | 'restriction'
    | 'obligation'
    | 'extent'
  /** In English, for the log and for asking again. */
  readonly detail: string
}
