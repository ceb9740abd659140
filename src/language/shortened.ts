import { figures } from './figures.ts'

/**
 * A text in so many characters at most, with … in place of the rest. A figure stands whole or not at
 * all: one that is cut is another one.
 */
export function shortened(text: string, most: number): string {
  const characters = Array.from(text)
  if (characters.length <= most) return text
  const end = characters.slice(0, most - 1).join('').length
  const cut = figures(text).find((figure) => figure.start < end && end < figure.end)
  return `${text.slice(0, cut?.start ?? end)}…`
}
