import type { Given } from '../read/source-text.ts'

/** Where a page comes from, and what its source says of it beside the text. */
export interface PageSource {
  readonly name: string
  readonly text: string
  readonly given: Given
}
