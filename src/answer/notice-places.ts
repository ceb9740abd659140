/** What a reader must know of where something holds: of another place, of a wider or narrower one, of which. */
import { findPlaces, related } from '../language/places.ts'
import { type AskedPlaces, unnamedPlace } from '../retrieval/asked-places.ts'
import type { Sentence } from './context/context.ts'
import type { Noticed } from './noticed.ts'
import { placeText } from './printed.ts'
import { placeNameAt } from './which-place.ts'

/** `question` is the question as searched, `sentences` those that are told. */
export function noticePlaces(
  question: string,
  sentences: readonly Sentence[],
  places: AskedPlaces,
): Noticed[] {
  return places.paths.length > 0 ? elsewhere(sentences, places) : unnamed(question, sentences)
}

/** A question of 我市 is answered of whichever city; which, stands in the heads, and here that nobody named it. */
function unnamed(question: string, sentences: readonly Sentence[]): Noticed[] {
  const level = unnamedPlace(question)
  if (level === null || sentences.length === 0) return []
  const all = sentences.map(({ passage }) => placeNameAt(level, passage))
  const names = [...new Set(all)].filter(Boolean)
  const text =
    names.length === 0
      ? '问题没有说是哪个地方，报道也没有标明地方。'
      : `问题没有说是哪个地方，这里是${names.join('、')}的报道。`
  // It is said of the whole answer.
  return [{ kind: 'place', text, sentences: [] }]
}

type Path = readonly string[]

/** How a sentence lies to the places asked about. */
type Lies = 'there' | 'wider' | 'narrower' | 'elsewhere'

function elsewhere(sentences: readonly Sentence[], places: AskedPlaces): Noticed[] {
  const lying = sentences.map((sentence) => ({ sentence, lies: liesTo(sentence, places) }))
  const isToldThere = lying.some(({ lies }) => lies === 'there')
  const off = lying.filter(
    ({ lies }) =>
      lies === 'elsewhere' ||
      // Who does not name a place is not told of how far it goes.
      (places.firm && (lies === 'wider' || (lies === 'narrower' && !isToldThere))),
  )
  const said = off.map(({ sentence, lies }) => ({
    sentence,
    text: textFor(lies, sentence, places),
  }))
  return [...Map.groupBy(said, ({ text }) => text)].map(([text, of]) => ({
    kind: 'place' as const,
    text,
    sentences: of.map(({ sentence }) => sentence),
  }))
}

function liesTo(sentence: Sentence, { paths, firm }: AskedPlaces): Lies {
  const { place } = sentence.passage
  if (place.length === 0) return 'there'
  if (firm && paths.some((path) => speaksOf(sentence, path))) return 'there'
  const near = paths.filter((path) => related(path, place))
  if (near.length === 0) return 'elsewhere'
  if (near.some((path) => path.length === place.length)) return 'there'
  return near.some((path) => path.length < place.length) ? 'narrower' : 'wider'
}

function textFor(lies: Lies, { passage: { place } }: Sentence, { paths, firm }: AskedPlaces) {
  const where = lies === 'elsewhere' ? place.slice(-2).join('') : placeText(place)
  if (lies === 'elsewhere') return `这是${where}的报道，不是${firm ? '您问的地方' : '您所在地'}的。`
  const asked = paths.find((path) => related(path, place))?.at(-1) ?? ''
  return lies === 'wider'
    ? `这是${where}的报道，引用的话没有点名${asked}。`
    : `这是${where}的报道，不一定是整个${asked}的情况。`
}

/**
 * Whether a sentence is about a place, whatever place its article is of: it names it itself, or its
 * headings or what stands last before it in its paragraph do. 全市 is its article's whole city.
 */
function speaksOf({ text, passage, section, before }: Sentence, path: Path): boolean {
  const isWhole = path.length < passage.place.length && related(path, passage.place)
  if (isWhole && text.includes(`全${path.at(-1)!.slice(-1)}`)) return true
  const said = namedIn(text)
  if (said.some((one) => is(one, path))) return true
  if (said.some((one) => !related(one, path))) return false
  return [passage.subhead, section, passage.headline, before].some((above) => {
    const named = namedIn(above ?? '').at(-1)
    return named !== undefined && is(named, path)
  })
}

const is = (path: Path, other: Path) => path.at(-1) === other.at(-1)

/** The places that a text names; of 濮阳市台前县 the county. */
function namedIn(text: string): Path[] {
  const mentions = findPlaces(text)
  return mentions
    .filter(({ end }, i) => mentions[i + 1]?.start !== end)
    .flatMap(({ places }) => places.slice(0, 1).map(({ path }) => path))
}
