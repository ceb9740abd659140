import { readFileSync } from 'node:fs'
import { type Reader, readAll } from './word-lists.ts'
import type { Word } from './words.ts'

/** Where in a clause a word of a lexicon must stand; `within` may also be a part of a longer word. */
const WHERE = ['start', 'end', 'any', 'within'] as const
type Where = (typeof WHERE)[number]

export interface Entry {
  readonly word: string
  /** Sentences in which it stands for its class, and in which it does not; see `governors.txt`. */
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
 * comment. @throws SyntaxError when a line belongs to no class, heads none, repeats a word of its
 * class, or has something else behind a word.
 */
export function parseLexicon(text: string): WordClass[] {
  return readAll(text, lexiconReader())
}

/** Reads a lexicon by lines. Staff's own add words to its classes, give them other examples, or take them out. */
export function lexiconReader(): Reader<WordClass[]> {
  const classes: { name: string; where: Where; entries: Entry[] }[] = []
  let current: (typeof classes)[number] | undefined
  return {
    take({ text, isOwn, takesOut }) {
      if (text.startsWith('[') && !/[✓✗]/u.test(text)) {
        current = undefined
        const head = headOf(text)
        if (isOwn) {
          current = classes.find(({ name, where }) => name === head.name && where === head.where)
          if (!current || takesOut) throw new SyntaxError(`没有这一类，或不能拿掉整类：${text}`)
        } else classes.push((current = { ...head, entries: [] }))
        return
      }
      if (!current) throw new SyntaxError(`这一行不在任何一类下面：${text}`)
      const entry = entryOf(text)
      const at = current.entries.findIndex(({ word }) => word === entry.word)
      if (takesOut) current.entries.splice(at, at < 0 ? 0 : 1)
      else if (at < 0) current.entries.push(entry)
      else if (isOwn) current.entries[at] = entry
      else throw new SyntaxError(`[${current.name} ${current.where}] 里有两个“${entry.word}”`)
    },
    leaveSection: () => (current = undefined),
    words: () => classes,
  }
}

export function readLexicon(url: URL): WordClass[] {
  return parseLexicon(readFileSync(url, 'utf8'))
}

function headOf(line: string): Pick<WordClass, 'name' | 'where'> {
  const head = HEAD.exec(line)?.groups
  const where = WHERE.find((known) => known === head?.['where'])
  if (!head || !where) throw new SyntaxError(`要写成 [类名 start|end|any|within]：${line}`)
  return { name: head['name']!, where }
}

function entryOf(line: string): Entry {
  const [word] = line.split(/\s/u, 1)
  const behind = line.slice(word!.length).trimStart()
  if (behind !== '' && !/^[✓✗]/u.test(behind))
    throw new SyntaxError(`词后面要写 ✓ 或 ✗ 和例句：${line}`)
  const examples = [...behind.matchAll(EXAMPLE)].map(({ groups }) => ({
    right: groups!['sign'] === '✓',
    sentence: groups!['sentence']!.trim(),
  }))
  const of = (right: boolean) =>
    examples.filter((e) => e.right === right).map(({ sentence }) => sentence)
  return { word: word!, right: of(true), wrong: of(false) }
}

/** Asks whether a clause's words have one of a class where it must stand. */
export function matcher({ where, entries }: WordClass): (words: readonly Word[]) => boolean {
  const known = new Set(entries.map(({ word }) => word))
  const longest = Math.max(...entries.map(({ word }) => word.length), 0)
  const beginnings = new Set(entries.map(({ word }) => word.charAt(0)))
  /** The ends of the class's words that begin at a word: 的 and 的话 may begin at one. */
  const endsFrom = (words: readonly Word[], i: number) => {
    const ends: number[] = []
    if (!beginnings.has(words[i]!.text.charAt(0))) return ends
    let text = ''
    for (let k = i; k < words.length && text.length < longest; k++) {
      text += words[k]!.text
      if (known.has(text)) ends.push(k + 1)
    }
    return ends
  }
  return (words) => {
    if (where === 'within') {
      const text = words.map((word) => word.text).join('')
      return entries.some(({ word }) => text.includes(word))
    }
    if (where === 'start') return words.length > 0 && endsFrom(words, 0).length > 0
    return words.some((_, i) => {
      const ends = endsFrom(words, i)
      return where === 'any' ? ends.length > 0 : ends.includes(words.length)
    })
  }
}
