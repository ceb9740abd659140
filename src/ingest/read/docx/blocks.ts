/** A part of a document as it is read, in reading order. */
export type Block = Paragraph | Table

export interface Paragraph {
  readonly kind: 'paragraph'
  /** With its automatic number; its lines as the writer broke them. */
  readonly text: string
  /** 0 for a title, 1 to 9 for headings, null for what is neither. */
  readonly level: number | null
  readonly look: Look
}

/** How a paragraph is set. */
export interface Look {
  readonly centred: boolean
  readonly bold: boolean
  /** In half points. */
  readonly size: number
}

export interface Table {
  readonly kind: 'table'
  readonly rows: readonly (readonly string[])[]
}
