import { join } from '../../traced.ts'
import type { Item } from '../item.ts'
import { lettersOf } from '../sketch.ts'

/** Letters of a text that say where it is; of so many, few places have the same. */
export const LETTERS = 40
/** Those that begin alike, as forms do, are told apart by more of them. */
export const MOST_LETTERS = 32 * LETTERS

/** A place in a text. */
export interface Place {
  readonly text: string
  readonly at: number
}

/** The words by which a place is found again: so many letters of those that stand there. */
export function wordsAt({ text, at }: Place, most = LETTERS): string {
  let letters = 0
  let end = at
  for (; end < text.length && letters < most; end++) if (LETTER.test(text[end]!)) letters++
  return text.slice(at, end).trim()
}

/** The words by which each of some places is found again: so many that no two begin with the same. */
export function wordsApart(places: readonly Place[]): string[] {
  const words = places.map((place) => wordsAt(place))
  let alike = [...words.keys()]
  for (let letters = 2 * LETTERS; letters <= MOST_LETTERS; letters *= 2) {
    const groups = Map.groupBy(alike, (i) => lettersOf(words[i]!))
    alike = [...groups.values()].filter(({ length }) => length > 1).flat()
    for (const i of alike) words[i] = wordsAt(places[i]!, letters)
  }
  return words
}

/** Where words stand: in which item's body, at which offset of it, behind how many letters. */
export interface Found {
  readonly i: number
  readonly at: number
  readonly letters: number
}

/** The place of words, whatever marks and spaces stand between their letters; of several the nearest to an offset in the source. */
export function findWords(items: readonly Item[], words: string, near: number): Found | undefined {
  const wanted = lettersOf(words)
  if (wanted === '') return undefined
  const found = items.flatMap(({ body }, i) => {
    const { text, origin } = join(body, '\n')
    const { letters, places } = placedLetters(text)
    return occurrences(letters, wanted).map((k) => {
      const at = places[k]!
      return { i, at, letters: k, far: Math.abs(origin[at]! - near) }
    })
  })
  return found.toSorted((a, b) => a.far - b.far)[0]
}

const LETTER = /[\p{L}\p{N}]/u

/** The letters and figures of a text, and the offset of each. */
function placedLetters(text: string) {
  const places: number[] = []
  let letters = ''
  let at = 0
  for (const character of text) {
    const own = lettersOf(character)
    letters += own
    for (let unit = 0; unit < own.length; unit++) places.push(at)
    at += character.length
  }
  return { letters, places }
}

function occurrences(text: string, words: string): number[] {
  const all: number[] = []
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) all.push(at)
  return all
}
