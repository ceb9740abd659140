import type { Span } from '../traced.ts'

/** What a link to the bot asks it to show; a link is public, and holds nothing of who asked what. */
export type DeepLink =
  | { readonly kind: 'article'; readonly reference: string }
  /** Words of an article, by where they stand in its source. */
  | { readonly kind: 'words'; readonly reference: string; readonly spans: readonly Span[] }
  /** What was typed in another chat, by the name of what was offered for it. */
  | { readonly kind: 'typed'; readonly name: string }

/** Telegram's bound, in letters, digits, _ and -. */
export const START_LENGTH = 64

/** The address of the bot's chat, which opens with what is asked for. */
export const startLink = (username: string, start: string) =>
  `https://t.me/${username}?start=${start}`

/** The cited words of an article; of many spans the first, which show where the rest is. */
export function startOfWords(reference: string, spans: readonly Span[]): string {
  const room = START_LENGTH - `s__${reference}`.length
  let places = ''
  for (const { start, end } of spans) {
    const longer = `${places && `${places}-`}${start.toString(36)}-${(end - start).toString(36)}`
    if (longer.length > room) break
    places = longer
  }
  return places === '' ? `a_${reference}` : `s_${places}_${reference}`
}

export const startOfTyped = (name: string) => `i_${name}`

const SPAN = '[0-9a-z]{1,6}-[0-9a-z]{1,6}'
const WORDS = new RegExp(`^s_(${SPAN}(?:-${SPAN})*)_([\\w-]+)$`)

/** What a link asks for; nothing when it is none of ours. */
export function parseStart(parameter: string): DeepLink | undefined {
  const [, kind, name = ''] = /^([ai])_([\w-]+)$/.exec(parameter) ?? []
  if (kind === 'a') return { kind: 'article', reference: name }
  if (kind === 'i') return { kind: 'typed', name }
  const [, places = '', reference] = WORDS.exec(parameter) ?? []
  if (reference === undefined) return undefined
  const numbers = places.split('-').map((digits) => Number.parseInt(digits, 36))
  const spans = Array.from({ length: numbers.length / 2 }, (_, i) => {
    const start = numbers[2 * i]!
    return { start, end: start + numbers[2 * i + 1]! }
  })
  return { kind: 'words', reference, spans }
}
