import type { Print } from './box.ts'
import { advanceOf } from './sheet.ts'

/** In sizes of the type: how far apart the same print is drawn twice to look bold. */
const OFFSET = 0.25
/** Of the room that its characters need, so little is taken by a text that has each twice. */
const HALF = 0.7

/** Print that was drawn twice to look bold, or each character of it, once. */
export function undouble(prints: readonly Print[]): Print[] {
  const kept: Print[] = []
  const seen = new Map<string, number[]>()
  for (const given of prints) {
    const print = onceEach(given)
    const near = seen.get(print.text) ?? []
    const twin = near.find((k) => isTwin(kept[k]!, print))
    if (twin !== undefined) {
      kept[twin] = { ...kept[twin]!, bold: true }
      continue
    }
    near.push(kept.length)
    // Twins are drawn one soon after the other; a word that fills a page is not compared with all.
    seen.set(print.text, near.slice(-RECENT))
    kept.push(print)
  }
  return kept
}

const RECENT = 16

const isTwin = (a: Print, b: Print) =>
  Math.abs(a.left - b.left) < a.size * OFFSET &&
  Math.abs(a.top - b.top) < a.size * OFFSET &&
  Math.abs(a.size - b.size) < a.size * OFFSET

/** 标标题题 in the room of 标题 is 标题. */
function onceEach(print: Print): Print {
  const { text, left, right, size } = print
  if (text.length < 2 || right - left > advanceOf(text) * size * HALF) return print
  const characters = Array.from(text.replaceAll(' ', ''))
  const isPaired =
    characters.length % 2 === 0 &&
    characters.every((character, i) => i % 2 === 0 || character === characters[i - 1])
  if (!isPaired) return print
  return { ...print, text: characters.filter((_, i) => i % 2 === 0).join(''), bold: true }
}
