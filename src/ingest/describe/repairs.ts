import type { Repair } from '../../corpus.ts'
import { type Traced, firstFrom } from '../../traced.ts'
import type { Segmented } from '../item.ts'

/** The places of a source that any item of a page, or its furniture, was made of; ascending. */
export function placesOf({ items, furniture }: Segmented): Uint32Array {
  const texts = items.flatMap(({ headline, kicker, subtitle, section, credits, body }) => [
    ...[headline, kicker, subtitle, section].filter((line) => line !== null),
    ...credits,
    ...body,
  ])
  const all = [...texts, ...furniture.map(({ text }) => text)]
  const places = new Uint32Array(all.reduce((sum, { origin }) => sum + origin.length, 0))
  let at = 0
  for (const { origin } of all) {
    places.set(origin, at)
    at += origin.length
  }
  return places.toSorted()
}

/** Whether a character only joins two pieces, and has none of its own in the source. */
export const isSeparator = (written: string, printed: string) =>
  /\s/u.test(written) && !/\s/u.test(printed)

/**
 * What repair replaced or dropped inside a text, neighbours as one. White space is none, nor is what
 * stands between two of its characters and belongs to something else: a column, the page's furniture.
 */
export function repairsOf({ text, origin }: Traced, source: string, places: Uint32Array): Repair[] {
  const repairs: { start: number; end: number; printed: string }[] = []
  for (let i = 0; i < text.length; i++) {
    const at = origin[i]!
    const isReplaced = text[i] !== source[at] && !/\s/u.test(text[i]!)
    if (isReplaced) put(i, i + 1, source[at]!)
    const next = origin[i + 1] ?? at
    if (next <= at + 1 || places[firstFrom(places, at + 1)]! < next) continue
    const dropped = source.slice(at + 1, next).replaceAll(/\s+/gu, '')
    if (dropped !== '') put(i + 1, i + 1, dropped)
  }
  return repairs

  function put(start: number, end: number, printed: string) {
    const last = repairs.at(-1)
    if (last?.end === start) Object.assign(last, { end, printed: last.printed + printed })
    else repairs.push({ start, end, printed })
  }
}
