import type { Kind } from '../corpus.ts'
import type { Traced } from '../traced.ts'

/**
 * One item of a page as segmentation found it: an article, a photo's caption, a table or a notice.
 * Everything is traced; nothing is described or judged yet.
 */
export interface Item {
  readonly kind: Kind
  readonly headline: Traced | null
  readonly kicker: Traced | null
  readonly subtitle: Traced | null
  /** Also paragraphs of the body. */
  readonly subheads: readonly Traced[]
  /** Also paragraphs of the body: rows of tables within it, cells parted by tabs. */
  readonly rows: readonly Traced[]
  /** Bylines, credits, lists of authors and editors, as printed and outside the body. */
  readonly credits: readonly Traced[]
  /** The column or running title the item stands under. */
  readonly section: Traced | null
  /** Paragraphs in reading order; of a table its rows, each value beside its row's and column's label. */
  readonly body: readonly Traced[]
  /** What was unsure, for staff, in Chinese. */
  readonly notes: readonly string[]
}

/** A page taken apart. Every character of the page is in an item or in `furniture`. */
export interface Segmented {
  readonly items: readonly Item[]
  /** Running heads, page numbers, ghosts of OCR, mastheads: named, and kept out of every article. */
  readonly furniture: readonly { readonly what: string; readonly text: Traced }[]
}
