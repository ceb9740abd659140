import { readFileSync } from 'node:fs'
import type { Word } from './words.ts'

/** Where in a clause a word of a lexicon must stand; `within` may also be a part of a longer word. */
const WHERE = ['start', 'end', 'any', 'within'] as const
type Where = (typeof WHERE)[number]

export interface Entry {
  readonly word: string
  /** Sentences in which it governs, and in which it does not; see `governors.txt`. */
  readonly right: readonly string[]
  readonly wrong: readonly string[]
}

/** A class of words, and where they must stand. */
export interface WordClass {
  readonly name: string
  readonly where: Where
  readonly entries: readonly Entry[]
}

const HEAD = /^\[(?<name>[a-z-]+) (?<where>start|end|any|within)\]$/
const EXAMPLE = /(?<sign>[✓✗])\s*(?<sentence>[^✓✗]+)/gu

/**
 * Reads a lexicon: `[class where]`, then a word a line with its examples behind ✓ and ✗; # begins a
 * comment. @throws SyntaxError when a line belongs to no class.
 */
export function parseLexicon(text: string): WordClass[] {
  const classes: { name: string; where: Where; entries: Entry[] }[] = []
  for (const line of text.split('\n').map((l) => l.trim())) {
    if (line === '' || line.startsWith('#')) continue
    const head = HEAD.exec(line)?.groups
    if (head) {
      const where = WHERE.find((known) => known === head['where'])!
      classes.push({ name: head['name']!, where, entries: [] })
      continue
    }
    const current = classes.at(-1)
    if (!current) throw new SyntaxError(`A lexicon's line stands in no class: ${line}`)
    current.entries.push(entryOf(line))
  }
  return classes
}

export function readLexicon(url: URL): WordClass[] {
  return parseLexicon(readFileSync(url, 'utf8'))
}

function entryOf(line: string): Entry {
  const examples = [...line.matchAll(EXAMPLE)].map(({ groups }) => ({
    right: groups!['sign'] === '✓',
    sentence: groups!['sentence']!.trim(),
  }))
  const of = (right: boolean) =>
    examples.filter((e) => e.right === right).map(({ sentence }) => sentence)
  return { word: line.split(/\s/u)[0]!, right: of(true), wrong: of(false) }
}

/** Asks whether a clause's words have one of a class where it must stand. */
export function matcher({ where, entries }: WordClass): (words: readonly Word[]) => boolean {
  const known = new Set(entries.map(({ word }) => word))
  const longest = Math.max(...entries.map(({ word }) => word.length), 0)
  const beginsAt = (words: readonly Word[], i: number) => {
    let text = ''
    for (let k = i; k < words.length && text.length < longest; k++) {
      text += words[k]!.text
      if (known.has(text)) return k + 1
    }
    return 0
  }
  return (words) => {
    if (where === 'within') {
      const text = words.map((word) => word.text).join('')
      return entries.some(({ word }) => text.includes(word))
    }
    if (where === 'start') return beginsAt(words, 0) > 0
    const ends = words.map((_, i) => beginsAt(words, i))
    return where === 'any' ? ends.some((end) => end > 0) : ends.includes(words.length)
  }
}
