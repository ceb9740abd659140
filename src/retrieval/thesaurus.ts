/**
 * Everyday words and official ones, from the plain file `thesaurus.txt` beside this one, which says
 * how it is written.
 */
import { type Reader, readAll, wordList } from '../language/word-lists.ts'
import { normalize } from './tokens.ts'

/** What else may be looked for where a word stands in a question. */
export type Thesaurus = ReadonlyMap<string, readonly string[]>

/** A word of a question that the thesaurus knows. */
export interface Known {
  readonly start: number
  readonly end: number
  readonly others: readonly string[]
}

/**
 * Reads groups of words: `甲 乙 = 丙`, each for each other; `甲 > 丙`, 甲 looked for as 丙 too.
 * Words are normalized as passages are.
 */
export function parseThesaurus(file: string): Thesaurus {
  return readAll(file, thesaurusReader())
}

/** Reads groups by lines; one that takes out parts the words that it names, whichever lines joined them. */
function thesaurusReader(): Reader<Thesaurus> {
  const others = new Map<string, Set<string>>()
  return {
    take({ text, takesOut }) {
      const [left = '', right = '', more] = text.split(/[=＝>＞]/u)
      const [said, written] = [words(left), words(right)]
      const mutual = !/[>＞]/u.test(text)
      // What is written is likelier to stand in a paper.
      const all = [...written, ...said]
      if (more !== undefined || all.length < 2 || !(mutual || (said[0] && written[0])))
        throw new SyntaxError(`要写成“甲 乙 = 丙 丁”或“甲 > 丙”：${text}`)
      for (const word of mutual ? all : said) {
        const [before, these] = [
          others.get(word) ?? new Set<string>(),
          new Set(mutual ? all : written),
        ]
        others.set(word, takesOut ? before.difference(these) : before.union(these))
      }
    },
    words: () =>
      new Map(
        Array.from(others, ([word, its]) => [word, [...its].filter((other) => other !== word)]),
      ),
  }
}

/** The project's own thesaurus, and staff's lines. */
export const THESAURUS_LIST = wordList('thesaurus.txt', new URL(import.meta.url), thesaurusReader)

/**
 * The known words of a normalized text, the longest at each point, none within another. A word of
 * one letter counts only where it stands alone as a word.
 */
export function findKnown(
  text: string,
  thesaurus: Thesaurus = THESAURUS_LIST.read().words,
): Known[] {
  const longest = Math.max(0, ...Array.from(thesaurus.keys(), (word) => word.length))
  const alone = wordsAlone(text)
  const found: Known[] = []
  let start = 0
  while (start < text.length) {
    const end = longestFrom(start)
    if (end === undefined) start++
    else {
      found.push({ start, end, others: thesaurus.get(text.slice(start, end)) ?? [] })
      start = end
    }
  }
  return found

  function longestFrom(from: number): number | undefined {
    for (let end = Math.min(text.length, from + longest); end > from; end--) {
      if (!thesaurus.has(text.slice(from, end))) continue
      if (end - from > 1 || alone.has(from)) return end
    }
    return undefined
  }
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

function wordsAlone(text: string): Set<number> {
  const single = Array.from(segmenter.segment(text)).filter(({ segment }) => segment.length === 1)
  return new Set(single.map(({ index }) => index))
}

function words(side: string): string[] {
  return side.split(/\s+/).filter(Boolean).map(normalize)
}
