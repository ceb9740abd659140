import { cut } from '../code-points.ts'
import { figures } from './figures.ts'

/**
 * A text in so many UTF-16 units at most, with … in place of the rest. A figure stands whole or not at
 * all: one that is cut is another one.
 */
export function shortened(text: string, units: number): string {
  if (text.length <= units) return text
  const end = cut(text, units - 1).length
  const figure = figures(text).find(({ start, end: over }) => start < end && end < over)
  return `${text.slice(0, figure?.start ?? end)}…`
}
