import { findPlaces, placesNamed } from '../language/places.ts'

/** Where a question is about: each path from broad to narrow. `firm` when it must agree. */
export interface AskedPlaces {
  readonly paths: readonly (readonly string[])[]
  readonly firm: boolean
}

/** Words for the asker's own city or county. */
const OWN =
  /我市|咱市|本市|咱们市|我们市|俺市|全市|市里|咱这|我们这|本地|当地|我县|咱县|本县|我区|咱区/

/**
 * The places a question names; where it says 我市 or names none, the asker's, if known. Of a city and
 * a county within it that are both named, only the county stays.
 */
export function askedPlaces(question: string, askersPlace?: string): AskedPlaces {
  const named = findPlaces(question).flatMap(({ places }) => places.slice(0, 1))
  if (named.length > 0) return { paths: narrowest(named.map(({ path }) => path)), firm: true }
  const own = askersPlace === undefined ? undefined : pathOf(askersPlace)
  if (!own) return { paths: [], firm: false }
  return { paths: [own], firm: OWN.test(question) }
}

/** Whether a question is about the asker's own city or county and does not say which: 我市, 咱县. */
export function asksOfOwnPlace(question: string): boolean {
  return OWN.test(question) && findPlaces(question).length === 0
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
