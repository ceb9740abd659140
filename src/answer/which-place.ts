/** Whose place an article is of, where a question speaks of one and does not name it. */
import type { Citation } from '../corpus.ts'
import type { ContextArticle } from './context/context.ts'

/** The own place that a question is about without naming it. */
export type Level = 'city' | 'county'

/** The city of a place, or its county where that is known and asked for: a path from broad to narrow; empty when not known. */
export function placeAt(level: Level, place: readonly string[]): readonly string[] {
  // A municipality stands where others have their province.
  const city = place[0]?.endsWith('市') ? 1 : 2
  return place.slice(0, level === 'city' ? city : city + 1)
}

/** The name of a passage's place at a level; '' when it has none. */
export function placeNameAt(level: Level, { place }: Pick<Citation, 'place'>): string {
  return placeAt(level, place).at(-1) ?? ''
}

/** An article's passages share its place. */
export function placeOf({ sentences }: ContextArticle): Pick<Citation, 'place'> {
  return { place: sentences[0]?.passage.place ?? [] }
}
