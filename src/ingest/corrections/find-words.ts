import { join } from '../../traced.ts'
import type { Item } from '../item.ts'

/** Letters of a text that say where it is; of so many, few places have the same. */
const LETTERS = 40

/** The words by which a place in a text is found again: those that stand there. */
export function wordsAt(text: string, at: number): string {
  let letters = 0
  let end = at
  for (; end < text.length && letters < LETTERS; end++) if (LETTER.test(text[end]!)) letters++
  return text.slice(at, end).trim()
}

/** Where words stand: in which item's body, at which offset of it, behind how many letters. */
export interface Found {
  readonly i: number
  readonly at: number
  readonly letters: number
}

/** The place of words, whatever marks and spaces stand between their letters; of several the nearest to an offset in the source. */
export function findWords(items: readonly Item[], words: string, near: number): Found | undefined {
  const wanted = lettersOf(words).letters
  if (wanted === '') return undefined
  const found = items.flatMap(({ body }, i) => {
    const { text, origin } = join(body, '\n')
    const { letters, places } = lettersOf(text)
    return occurrences(letters, wanted).map((k) => {
      const at = places[k]!
      return { i, at, letters: k, far: Math.abs(origin[at]! - near) }
    })
  })
  return found.toSorted((a, b) => a.far - b.far)[0]
}

const LETTER = /[\p{L}\p{N}]/u

/** The letters and figures of a text, and the offset of each. */
function lettersOf(text: string) {
  const places: number[] = []
  let letters = ''
  let at = 0
  for (const character of text) {
    for (const letter of character.normalize('NFKC')) {
      if (!LETTER.test(letter)) continue
      letters += letter
      for (let unit = 0; unit < letter.length; unit++) places.push(at)
    }
    at += character.length
  }
  return { letters, places }
}

function occurrences(text: string, words: string): number[] {
  const all: number[] = []
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) all.push(at)
  return all
}
