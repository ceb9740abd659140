import type { Given, KindOfSource } from '../read/source-text.ts'
import type { Facts } from '../segment/one-article.ts'

/** Where a page comes from, and what its source says of it beside and around the text. */
export interface PageSource {
  readonly name: string
  readonly text: string
  readonly kind: KindOfSource
  readonly given: Given
  readonly facts: Facts
}
