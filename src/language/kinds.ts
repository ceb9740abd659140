/** What questions ask for and what gives it, from the table `kinds.txt` beside this file, which says how it is written. */
import { readFileSync } from 'node:fs'
import type { Span } from '../traced.ts'
import { SHAPES, figures } from './shapes.ts'

/** One line of the table's examples: a question, and a sentence that gives what it asks for or does not. */
export interface Example {
  readonly question: string
  readonly sentence: string
}

export interface Kind {
  readonly name: string
  readonly asked: readonly string[]
  readonly given: readonly string[]
  readonly right: readonly Example[]
  readonly wrong: readonly Example[]
}

/** A kind of thing that a question asks for, and where in it. */
export interface Asked extends Span {
  readonly kind: Kind
  /** The words it is asked with: 多少家. */
  readonly words: string
}

export function parseKinds(file: string): Kind[] {
  const kinds: Kind[] = []
  for (const block of file.split(/\n(?=\[)/u)) {
    const name = /^\[(?<name>[a-z]+)\]/u.exec(block)?.groups?.['name']
    if (name === undefined) continue
    const words = (head: string) =>
      new RegExp(`^${head}:(.*)$`, 'mu').exec(block)?.[1]?.split(/\s+/u).filter(Boolean) ?? []
    const examples = (sign: string) =>
      [...block.matchAll(new RegExp(`^${sign}\\s*(.+?) → (.+)$`, 'gmu'))].map(
        ([, question = '', sentence = '']) => ({ question, sentence }),
      )
    const [asked, given] = [words('asked'), words('given')]
    kinds.push({ name, asked, given, right: examples('✓'), wrong: examples('✗') })
  }
  return kinds
}

export const KINDS: readonly Kind[] = parseKinds(
  readFileSync(new URL('kinds.txt', import.meta.url), 'utf8'),
)

const escape = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)
const patternOf = (words: string) => words.split('…').map(escape).join('[^，。？！；：]{0,6}?')

/** Of a kind, one pattern that finds every way to ask for it, the longest first at any point. */
const askedPatterns = new Map(
  KINDS.map((kind) => [
    kind,
    new RegExp(
      kind.asked
        .toSorted((a, b) => b.length - a.length)
        .map(patternOf)
        .join('|'),
      'giu',
    ),
  ]),
)

/** What a question asks for, in its order; of two ways of asking that overlap the longer one counts. */
export function askedIn(question: string): Asked[] {
  const all = KINDS.flatMap((kind) =>
    [...question.matchAll(askedPatterns.get(kind)!)].map(({ index, 0: words }): Asked => ({
      kind,
      words,
      start: index,
      end: index + words.length,
    })),
  )
  return all
    .filter(
      (one) =>
        !all.some(
          (other) =>
            other.end - other.start > one.end - one.start &&
            other.start < one.end &&
            one.start < other.end,
        ),
    )
    .toSorted((a, b) => a.start - b.start)
}

const givenPatterns = new Map(
  KINDS.map((kind) => {
    const words = kind.given.filter((word) => !word.startsWith('<'))
    return [kind, words.length > 0 ? new RegExp(words.map(escape).join('|'), 'u') : undefined]
  }),
)

/** Whether only a shape gives it: there is no telephone number in other words. */
export function isStrict({ given }: Kind): boolean {
  return given.every((one) => one.startsWith('<'))
}

/** Whether a text has such a thing as is asked for, by its words or its shape. */
export function gives({ kind, words }: Pick<Asked, 'kind' | 'words'>, text: string): boolean {
  if (givenPatterns.get(kind)?.test(text)) return true
  return kind.given.some((given) => {
    if (!given.startsWith('<')) return false
    const shape = given.slice(1, -1)
    return shape === 'count' ? counts(words, text) : (SHAPES[shape]?.(text) ?? false)
  })
}

/** Classifiers that count the same things. */
const ALIKE = [
  '家户个所',
  '人名位个',
  '件项条个',
  '台套辆',
  '种类',
  '次场期回',
  '份张本册篇个',
  '座栋处',
  '枝支',
  '批笔',
]

/** A number with the classifier that is asked with, or one that counts the same things. */
function counts(asked: string, text: string): boolean {
  const unit = asked.at(-1)!
  const same = ALIKE.filter((group) => group.includes(unit)).join('') || unit
  return figures(text).some(
    (f) => f.kind === 'quantity' && f.unit !== '' && same.includes(f.unit.charAt(0)),
  )
}
