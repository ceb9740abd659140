import type { Traced } from '../../traced.ts'

/** A table as it stands on the page. */
export interface TableParts {
  title: Traced | null
  source: Traced | null
  readonly rows: (readonly Traced[])[]
  readonly at: number
}
