import { SHIFTED_SYMBOLS } from './shifted-symbols.ts'

/** A text with the symbols of the characters at some offsets, given in order: one character for one. */
export function restoreAt(text: string, places: readonly number[]): string {
  const parts: string[] = []
  let from = 0
  for (const at of places) {
    parts.push(text.slice(from, at), SHIFTED_SYMBOLS.get(text[at]!) ?? text[at]!)
    from = at + 1
  }
  return parts.join('') + text.slice(from)
}
