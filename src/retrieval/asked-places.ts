import { governorsOf } from '../language/governors.ts'
import { findPlaces, placesNamed } from '../language/places.ts'
import { wordsOf } from '../language/words.ts'
import { ASKED } from './asked.ts'

/** Where a question is about: each path from broad to narrow. `firm` when it must agree. */
export interface AskedPlaces {
  readonly paths: readonly (readonly string[])[]
  readonly firm: boolean
}

/**
 * The places a question names; where it says 我市 or names none, the asker's, if known. Of a city and
 * a county within it that are both named, only the county stays.
 */
export function askedPlaces(question: string, askersPlace?: string): AskedPlaces {
  const named = findPlaces(question).flatMap(({ places }) => places.slice(0, 1))
  if (named.length > 0) return { paths: narrowest(named.map(({ path }) => path)), firm: true }
  const own = askersPlace === undefined ? undefined : pathOf(askersPlace)
  if (!own) return { paths: [], firm: false }
  return { paths: [own], firm: ownPlace(question) !== null }
}

const asked = governorsOf(ASKED)

/** Whether a question speaks of the asker's own city or own county (我市, 咱县, 县长); null for neither. */
function ownPlace(question: string): 'city' | 'county' | null {
  const words = wordsOf(question)
  if (asked('own-county', words)) return 'county'
  return asked('own-city', words) ? 'city' : null
}

/** Which of the asker's own places a question is about without naming it; null where it names one, or is about none. */
export function unnamedPlace(question: string): 'city' | 'county' | null {
  return findPlaces(question).length === 0 ? ownPlace(question) : null
}

/** 河南省濮阳市, 濮阳市 or 濮阳 alike. */
function pathOf(place: string): readonly string[] | undefined {
  const last = findPlaces(place).at(-1)
  return (last?.places ?? placesNamed(place))[0]?.path
}

function narrowest(paths: readonly (readonly string[])[]): (readonly string[])[] {
  const unique = [...new Map(paths.map((path) => [path.join('/'), path])).values()]
  return unique.filter(
    (path) =>
      !unique.some(
        (other) => other.length > path.length && path.every((name, i) => other[i] === name),
      ),
  )
}
