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

/** The same page whose origins point into the text that its own text was made of. */
export function mapOrigins(page: Segmented, made: Traced | null): Segmented {
  if (!made) return page
  const map = ({ text, origin }: Traced): Traced => ({
    text,
    origin: origin.map((at) => made.origin[at]!),
  })
  const mapIf = (text: Traced | null) => text && map(text)
  return {
    items: page.items.map((item) => ({
      ...item,
      headline: mapIf(item.headline),
      kicker: mapIf(item.kicker),
      subtitle: mapIf(item.subtitle),
      section: mapIf(item.section),
      subheads: item.subheads.map(map),
      rows: item.rows.map(map),
      credits: item.credits.map(map),
      body: item.body.map(map),
    })),
    furniture: page.furniture.map(({ what, text }) => ({ what, text: map(text) })),
  }
}
