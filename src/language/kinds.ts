/** What questions ask for and what gives it, from the table `kinds.txt` beside this file, which says how it is written. */
import { readFileSync } from 'node:fs'
import type { Span } from '../traced.ts'
import { remember } from './remember.ts'
import { SHAPES, figures } from './shapes.ts'

/** One line of the table's examples: a question, and a sentence that gives what it asks for or does not. */
export interface Example {
  readonly question: string
  readonly sentence: string
}

export interface Kind {
  readonly name: string
  /** The wider kind that is asked for as well. */
  readonly of?: string
  /** Measures, by groups that count the same things. */
  readonly units: readonly (readonly string[])[]
  readonly asked: readonly string[]
  readonly unasked: readonly string[]
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

/** Ways to say the same, by name, each with its <brackets>. */
type Words = ReadonlyMap<string, readonly string[]>

interface Table {
  readonly kinds: readonly Kind[]
  readonly words: Words
}

function parseTable(file: string): Table {
  return {
    kinds: parseKinds(file),
    words: new Map(
      [...file.matchAll(/^(<[a-z]+>):(.*)$/gmu)].map(([, name = '', words = '']) => [
        name,
        split(words),
      ]),
    ),
  }
}

const split = (words: string) => words.split(/\s+/u).filter(Boolean)

export function parseKinds(file: string): Kind[] {
  const kinds: Kind[] = []
  for (const block of file.split(/\n(?=\[)/u)) {
    const name = /^\[(?<name>[a-z]+)\]/u.exec(block)?.groups?.['name']
    if (name === undefined) continue
    const line = (head: string) => new RegExp(`^${head}: *(.*)$`, 'mu').exec(block)?.[1] ?? ''
    const examples = (sign: string) =>
      [...block.matchAll(new RegExp(`^${sign}\\s*(.+?) → (.+)$`, 'gmu'))].map(
        ([, question = '', sentence = '']) => ({ question, sentence }),
      )
    const of = line('of')
    const units = line('units')
    kinds.push({
      name,
      ...(of && { of }),
      units: units === '' ? [] : units.split('|').map(split),
      asked: split(line('asked')),
      unasked: split(line('unasked')),
      given: split(line('given').replaceAll('<unit name>', '<unit-name>')),
      right: examples('✓'),
      wrong: examples('✗'),
    })
  }
  return kinds
}

const TABLE = parseTable(readFileSync(new URL('kinds.txt', import.meta.url), 'utf8'))
export const KINDS: readonly Kind[] = TABLE.kinds
const byName = new Map(KINDS.map((kind) => [kind.name, kind]))

const LETTER = String.raw`[\p{L}\p{N}]`
/** What a way of asking is written with, as a pattern has it. */
const SIGNS: Readonly<Record<string, string>> = {
  '…': String.raw`[^,，。?？!！;；:：\s]{0,6}?`,
  A不A: String.raw`(\p{Script=Han})不\1`,
  A没A: String.raw`(\p{Script=Han})没\1`,
}

const escape = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)
const longestFirst = (words: readonly string[]) => words.toSorted((a, b) => b.length - a.length)
const oneOf = (words: readonly string[]) =>
  `(?:${longestFirst([...new Set(words)])
    .map(escape)
    .join('|')})`

function patternOf(way: string, { units }: Kind): RegExp {
  const parts = way.split(/(<[a-z]+>|…|A[不没]A|^_|_$)/u).map((part, i, all) => {
    if (part === '_') return i === 1 && all[0] === '' ? `(?<!${LETTER})` : `(?!${LETTER})`
    if (part === '<unit>') return oneOf(units.flat())
    const words = TABLE.words.get(part)
    return (
      SIGNS[part] ??
      (words
        ? `(?:${longestFirst(words)
            .map((w) => patternOfWord(w))
            .join('|')})`
        : escape(part))
    )
  })
  return new RegExp(parts.join(''), 'giu')
}

/** A listed word may end its clause: 哪个_ is 谁, 哪个 before a noun is not. */
const patternOfWord = (word: string) =>
  word.endsWith('_') ? `${escape(word.slice(0, -1))}(?!${LETTER})` : escape(word)

const WAYS = KINDS.flatMap((kind) => [
  ...kind.asked.map((way) => ({ kind, pattern: patternOf(way, kind), asks: true })),
  ...kind.unasked.map((way) => ({ kind, pattern: patternOf(way, kind), asks: false })),
])

/**
 * What a question asks for, in its order; of two ways of asking that overlap the longer one counts. Right
 * behind each kind stands the wider one it is of.
 */
export const askedIn: (question: string) => Asked[] = remember((question) => {
  const all = WAYS.flatMap(({ kind, pattern, asks }) =>
    [...question.matchAll(pattern)].map(({ index, 0: words }) => ({
      kind,
      asks,
      words,
      start: index,
      end: index + words.length,
    })),
  )
  const longest = all.filter(
    (one) => one.asks && !all.some((other) => overlap(one, other) && outranks(other, one)),
  )
  const asked = longest
    .toSorted((a, b) => a.start - b.start)
    .flatMap(({ kind, words, start, end }): Asked[] => {
      const wider = kind.of === undefined ? undefined : byName.get(kind.of)
      return [kind, ...(wider ? [wider] : [])].map((of) => ({ kind: of, words, start, end }))
    })
  return [
    ...new Map(asked.map((one) => [`${one.kind.name} ${one.start} ${one.end}`, one])).values(),
  ]
})

const overlap = (one: Span, other: Span) => other.start < one.end && one.start < other.end

/** The longer counts; of one kind, of equals the first. */
function outranks(one: Span & { kind: Kind }, other: Span & { kind: Kind }): boolean {
  const longer = one.end - one.start - (other.end - other.start)
  return longer > 0 || (longer === 0 && one.kind === other.kind && one.start < other.start)
}

/** The same, in the order of the table. */
export function mostTelling(asked: readonly Asked[]): Asked[] {
  return asked.toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
}

const givenPatterns = new Map(
  KINDS.map((kind) => {
    const words = kind.given.filter((word) => !word.startsWith('<'))
    const pattern = words.map((word) => word.split('…').map(escape).join(SIGNS['…'])).join('|')
    return [kind, words.length > 0 ? new RegExp(pattern, 'u') : undefined]
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
    if (given === '<unit>') return measures(unitsAsked(kind, words), text)
    if (given === '<unit-name>') return named(unitsAsked(kind, words), text)
    return given.startsWith('<') && (SHAPES[given.slice(1, -1)]?.(text) ?? false)
  })
}

/** The measures that count what is asked: those beside the one the words end in, of any kind where they end in none. */
function unitsAsked({ units }: Kind, words: string): readonly string[] {
  const said = longestFirst(units.flat()).find((unit) => words.endsWith(unit))
  return said === undefined ? units.flat() : units.filter((group) => group.includes(said)).flat()
}

/** Whether a text has a number in one of these measures: 12户, 数百户, 402起. */
function measures(units: readonly string[], text: string): boolean {
  return figures(text).some((figure) => {
    if (figure.kind === 'vague') return units.some((unit) => figure.printed.endsWith(unit))
    if (figure.kind !== 'quantity') return false
    const [unit = ''] = figure.unit === '' ? [] : figure.unit.split(/(?<=.)\//u)
    if (unit === '') return units.some((one) => figure.counts.startsWith(one))
    return units.includes(unit) || (unit.startsWith('/') && units.includes('/'))
  })
}

/** Whether a text has a name that ends in one of these: 柳林镇. */
function named(units: readonly string[], text: string): boolean {
  return new RegExp(String.raw`\p{Script=Han}{2}${oneOf(units)}`, 'u').test(text)
}
