import type { Traced } from '../../traced.ts'

/** A table as it stands on the page. */
export interface TableParts {
  title: Traced | null
  /** The line that names where the figures come from. */
  source: Traced | null
  /** The cells of each line, as white space or bars part them. */
  readonly lines: (readonly Traced[])[]
}
