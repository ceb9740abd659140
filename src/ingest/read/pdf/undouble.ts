import type { Print } from './box.ts'

/** In sizes of the type: how far apart the same print is drawn twice to look bold. */
const OFFSET = 0.25
/** Twins are drawn one soon after the other; a word that fills a page is not compared with all. */
const RECENT = 16

/** Print that was drawn twice to look bold, once. */
export function undouble(prints: readonly Print[]): Print[] {
  const kept: Print[] = []
  const seen = new Map<string, number[]>()
  for (const print of prints) {
    const near = seen.get(print.text) ?? []
    const twin = near.find((k) => isTwin(kept[k]!, print))
    if (twin !== undefined) {
      kept[twin] = { ...kept[twin]!, bold: true }
      continue
    }
    near.push(kept.length)
    seen.set(print.text, near.slice(-RECENT))
    kept.push(print)
  }
  return kept
}

const isTwin = (a: Print, b: Print) =>
  Math.abs(a.left - b.left) < a.size * OFFSET &&
  Math.abs(a.top - b.top) < a.size * OFFSET &&
  Math.abs(a.size - b.size) < a.size * OFFSET
