/**
 * Everyday words and official ones, from the plain file `thesaurus.txt` beside this one, which says
 * how it is written.
 */
import { readFileSync } from 'node:fs'
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
  const others = new Map<string, Set<string>>()
  const add = (word: string, more: readonly string[]) => {
    others.set(word, new Set([...(others.get(word) ?? []), ...more]))
  }
  for (const line of file.split('\n')) {
    if (/^\s*(?:#|$)/.test(line)) continue
    const [left = '', right = ''] = line.split(/[=>]/)
    const [said, written] = [words(left), words(right)]
    const mutual = !line.includes('>')
    // What is written is likelier to stand in a paper.
    const all = [...written, ...said]
    for (const word of mutual ? all : said) add(word, mutual ? all : written)
  }
  return new Map(
    Array.from(others, ([word, its]) => [word, [...its].filter((other) => other !== word)]),
  )
}

/** The project's own thesaurus. */
export const THESAURUS: Thesaurus = parseThesaurus(
  readFileSync(new URL('thesaurus.txt', import.meta.url), 'utf8'),
)

/**
 * The known words of a normalized text, the longest at each point, none within another. A word of
 * one letter counts only where it stands alone as a word.
 */
export function findKnown(text: string, thesaurus: Thesaurus = THESAURUS): Known[] {
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
