/**
 * Texts of whole characters. JavaScript counts UTF-16 units, of which an emoji and a rare Chinese
 * character take two: one alone is no text, and neither Telegram nor a database nor an endpoint takes it.
 */

/** An offset, in UTF-16 units, moved back to the beginning of the character that it falls into. */
export function betweenCharacters(text: string, at: number): number {
  const isInside = isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1))
  return isInside ? at - 1 : at
}

/** The beginning of a text, as many whole characters as fit into so many UTF-16 units. */
export const cut = (text: string, units: number): string =>
  text.slice(0, betweenCharacters(text, units))

/** The same by whole characters, of which there may be none. */
export const firstCharacters = (text: string, characters: number): string =>
  text.length <= characters ? text : Array.from(text).slice(0, Math.max(0, characters)).join('')

/** A value as JSON can say it, with U+FFFD for each half of a character in its texts. */
export function wellFormed<T>(value: T): T
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map((one: unknown) => wellFormed(one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key.toWellFormed(), wellFormed(one)]),
  )
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff
