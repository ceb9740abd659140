import { readFileSync } from 'node:fs'
import type { Span } from '../traced.ts'

/** What stands beside a misread word: one of some patterns, or none of them. */
export interface Beside {
  readonly none: boolean
  readonly patterns: readonly string[]
}

/** A word that recognition of print gives for another, where certain words stand beside it. */
export interface Slip {
  readonly before: Beside
  readonly read: string
  readonly meant: string
  readonly behind: Beside
  /** Texts with the misread word, and with the same characters rightly read; see `misprints.txt`. */
  readonly right: readonly string[]
  readonly wrong: readonly string[]
}

/** A word as it is printed, and what it probably was in the paper. */
export interface Misprint extends Span {
  readonly read: string
  readonly meant: string
}

/** Reads `misprints.txt`. @throws SyntaxError when a line is no slip, or an example of none. */
export function parseSlips(text: string): Slip[] {
  const slips: (Slip & { right: string[]; wrong: string[] })[] = []
  for (const line of text.split('\n').map((l) => l.trim())) {
    if (line === '' || line.startsWith('#')) continue
    const example = /^[✓✗]/u.exec(line)?.[0]
    if (!example) slips.push({ ...slipOf(line), right: [], wrong: [] })
    else {
      const slip = slips.at(-1)
      if (!slip) throw new SyntaxError(`An example of no slip: ${line}`)
      slip[example === '✓' ? 'right' : 'wrong'].push(line.slice(1).trim())
    }
  }
  return slips
}

function slipOf(line: string) {
  const [before, words, behind, ...more] = line.split('|')
  const [read, meant, ...others] = (words ?? '').split('→').map((word) => word.trim())
  if (!read || !meant || behind === undefined || more.length + others.length > 0)
    throw new SyntaxError(`No slip of print: ${line}`)
  return { before: besideOf(before!), read, meant, behind: besideOf(behind) }
}

function besideOf(text: string): Beside {
  const listed = text.split(/\s+/u).filter((part) => part !== '')
  const none = listed[0] === '!'
  return { none, patterns: none ? listed.slice(1) : listed }
}

/** What is misread for what in print. */
export const SLIPS: readonly Slip[] = parseSlips(
  readFileSync(new URL('misprints.txt', import.meta.url), 'utf8'),
)

/** Finds the words of a text that some slips misread, in order. */
export function createMisprints(slips: readonly Slip[]): (text: string) => Misprint[] {
  const searched = slips.map((slip) => ({ slip, pattern: patternOf(slip) }))
  return (text) =>
    searched
      .flatMap(({ slip: { read, meant }, pattern }) =>
        [...text.matchAll(pattern)].map(({ index: start }) => ({
          start,
          end: start + read.length,
          read,
          meant,
        })),
      )
      .toSorted((a, b) => a.start - b.start)
}

/** The words of a text that look misread, by `misprints.txt`. */
export const misprints = createMisprints(SLIPS)

function patternOf({ before, read, behind }: Slip): RegExp {
  const look = (sign: string, { none, patterns }: Beside) =>
    patterns.length === 0 ? '' : `(?${sign}${none ? '!' : '='}${patterns.join('|')})`
  return new RegExp(`${look('<', before)}${read}${look('', behind)}`, 'gu')
}
