/** Where it is worth offering to ask the same of another place. */
import { placeNameAt } from '../answer/which-place.ts'
import type { Answer, NoticeKind } from '../corpus.ts'
import { findPlaces } from '../language/places.ts'

/** The cities whose articles an answer draws on. */
export function citiesOf({ citations }: Answer): string[] {
  return [...new Set(citations.map(({ place }) => placeNameAt('city', { place })))].filter(Boolean)
}

/** The answer says that its place is not the one asked about, draws on several cities, or nobody named one. */
export function placeUnclear(answer: Answer): boolean {
  const { question, notices } = answer
  const has = (sought: NoticeKind) => notices.some(({ kind }) => kind === sought)
  return (
    citiesOf(answer).length > 1 ||
    has('place') ||
    (has('nearest') && findPlaces(question).length === 0)
  )
}
