/**
 * Which questions ask the same. They ask for the same kind of thing, of the same places and years,
 * with the same figures and negations; and what one speaks of, letter by letter in any order and in
 * any of a word's mutual synonyms, the other speaks of too, with little beside. Where each has
 * something that the other lacks (小麦补贴 and 玉米补贴), they ask different things.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { negations } from '../language/negations.ts'
import { letterWeights } from '../retrieval/filler.ts'
import { THESAURUS_LIST, findKnown } from '../retrieval/thesaurus.ts'
import { normalize } from '../retrieval/tokens.ts'

/** A question made whole, with what it was seen to ask for, of where and when. */
export interface AskedFor {
  readonly question: string
  /** The kind of thing (`kinds.txt`). */
  readonly kind: string | undefined
  readonly places: readonly (readonly string[])[]
  readonly years: readonly number[]
}

/**
 * How much of what the longer one speaks of the shorter may lack. Of our own hundred pairs
 * (`same-questions.jsonl`), half of which it was chosen by, none of 50 that differ is taken for the
 * same, and 19 of 50 that ask the same are found. On pairs that it was not chosen by: none of 1,744 of
 * different questions about one document is; of 4,020 that were collected for looking alike, 84% of
 * those taken for the same are, 54% of all that are; with .15 it would be 90% and 48%.
 */
const MOST_BESIDE = 0.2
/** A letter that counts less is one of asking, or holds the others together (`filler.ts`). */
const CONTENT = 0.5
/** So many questions are read or compared in some 5 ms; then others have their turn. */
const READ_IN_ONE_TURN = 60

/** A question as it is compared. */
interface Reading {
  /** What must be equal. */
  readonly frame: string
  /** The letters of what it speaks of, each as often as it stands there. */
  readonly letters: ReadonlyMap<string, number>
  readonly size: number
}

/** Parts questions into those that ask the same, in the order in which the first of each comes. */
export async function groupSame<T>(
  all: readonly T[],
  askedFor: (one: T) => AskedFor,
): Promise<(readonly [T, ...T[]])[]> {
  const read: Read<T>[] = []
  for (const [n, one] of all.entries()) {
    if (n % READ_IN_ONE_TURN === 0) await nextTurn()
    read.push({ n, one, reading: readOnce(askedFor(one)) })
  }
  const groups: Group<T>[] = []
  let compared = 0
  for (const alike of Map.groupBy(read, ({ reading }) => reading.frame).values()) {
    const find = createFind<T>(alike)
    for (const { n, one, reading } of alike) {
      if (compared++ % READ_IN_ONE_TURN === 0) await nextTurn()
      const { group, isNew } = find(reading, () => ({ n, first: reading, members: [one] }))
      if (isNew) groups.push(group)
      else group.members.push(one)
    }
  }
  return groups.toSorted((a, b) => a.n - b.n).map(({ members }) => members)
}

interface Read<T> {
  readonly n: number
  readonly one: T
  readonly reading: Reading
}

interface Group<T> {
  /** Where its first question comes. */
  readonly n: number
  readonly first: Reading
  readonly members: [T, ...T[]]
}

/** Finds the group that a question belongs to, or begins one, without comparing it with all others. */
function createFind<T>(all: readonly Read<T>[]) {
  const frequency = new Map<string, number>()
  for (const { reading } of all)
    for (const letter of reading.letters.keys())
      frequency.set(letter, (frequency.get(letter) ?? 0) + 1)
  const rarest = ({ letters }: Reading) => {
    let least = ''
    for (const letter of letters.keys())
      if (least === '' || frequency.get(letter)! < frequency.get(least)!) least = letter
    return least
  }
  /** Groups by each letter of their first question, and by the rarest of these. */
  const having = new Map<string, Group<T>[]>()
  const named = new Map<string, Group<T>[]>()

  return (reading: Reading, begin: () => Group<T>): { group: Group<T>; isNew: boolean } => {
    const name = rarest(reading)
    const isSame = ({ first }: Group<T>) => asksTheSame(first, reading)
    // Of two that ask the same, one has all letters of the other, the rarest of these too.
    const known =
      having.get(name)?.find(isSame) ??
      [...reading.letters.keys(), '']
        .values()
        .flatMap((letter) => named.get(letter) ?? [])
        .find(isSame)
    if (known) return { group: known, isNew: false }
    const group = begin()
    for (const letter of reading.letters.keys()) add(having, letter, group)
    add(named, name, group)
    return { group, isNew: true }
  }
}

function add<T>(to: Map<string, T[]>, at: string, one: T): void {
  const there = to.get(at)
  if (there) there.push(one)
  else to.set(at, [one])
}

/** Whether one is the other with little beside; their frames are equal. */
function asksTheSame(one: Reading, other: Reading): boolean {
  const [less, more] = one.size <= other.size ? [one, other] : [other, one]
  if (less.size < (1 - MOST_BESIDE) * more.size) return false
  for (const [letter, times] of less.letters)
    if ((more.letters.get(letter) ?? 0) < times) return false
  return true
}

/** Whoever groups the same questions again, with some more, need not wait for them again. */
const readings = new WeakMap<AskedFor, Reading>()

function readOnce(asked: AskedFor): Reading {
  const reading = readings.get(asked) ?? readingOf(asked)
  readings.set(asked, reading)
  return reading
}

/** Letters and digits; a numeral in Chinese is one, 十一 has no 十 in it. */
const LETTERS = /[〇零一二三四五六七八九十百千万亿]+|[\p{L}\p{N}]/gu
/** Figures and Latin words, which stand for one thing each. */
const WHOLE = /\d+(?:\.\d+)?|[a-z]+\d*/g

function readingOf({ question, kind, places, years }: AskedFor): Reading {
  const text = normalize(question)
  const weights = letterWeights(text)
  const letters = new Map<string, number>()
  let size = 0
  const count = (letter: string) => {
    letters.set(letter, (letters.get(letter) ?? 0) + 1)
    size++
  }
  const known = findKnown(text)
  for (const { index, 0: letter } of text.matchAll(LETTERS)) {
    if (weights[index]! < CONTENT) continue
    const word = known.find(({ start, end }) => start <= index && index < end)
    if (!word) count(letter)
    else if (word.start === index)
      for (const one of commonName(text.slice(index, word.end))) count(one)
  }
  return {
    frame: JSON.stringify([
      kind,
      places.map((path) => path.join('/')).toSorted(),
      years.map(String).toSorted(),
      text.match(WHOLE)?.toSorted(),
      negations(text).map(({ cls }) => cls),
      // What speaks of nothing is the same in the same words only.
      size === 0 && text,
    ]),
    letters,
    size,
  }
}

/** One name for all words that stand for each other. */
function commonName(word: string): string {
  const thesaurus = THESAURUS_LIST.read().words
  const mutual = (thesaurus.get(word) ?? []).filter((other) => thesaurus.get(other)?.includes(word))
  return [word, ...mutual].toSorted()[0]!
}
