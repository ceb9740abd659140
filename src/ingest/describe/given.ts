/** What a source says of its article outside the text: JSON fields, a page's head, a file's metadata. */
export interface Given {
  readonly id?: string
  readonly title?: string
  readonly date?: string
  readonly place?: string
  readonly publication?: string
  readonly url?: string
}

/** Where a page comes from. */
export interface PageSource {
  readonly name: string
  readonly text: string
  readonly given?: Given
}
