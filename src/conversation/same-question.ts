/**
 * Which questions ask the same. They ask for the same kind of thing, of the same places and years,
 * with the same figures and negations; and what one speaks of, letter by letter in any order and in
 * any of a word's mutual synonyms, the other speaks of too, with little beside. Where each has
 * something that the other lacks (小麦补贴 and 玉米补贴), they ask different things.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { negations } from '../language/negations.ts'
import { letterWeights } from '../retrieval/filler.ts'
import { THESAURUS, findKnown } from '../retrieval/thesaurus.ts'
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
 * How much of what the longer one speaks of the shorter may lack. On pairs that it was not chosen by:
 * of 1,744 of different questions about one document none is taken for the same; of our own hundred
 * (`same-questions.jsonl`) none of 24 that differ is, and 10 of 22 that ask the same are found. Of 4,020
 * that were collected for looking alike, 84% of those taken for the same are, 54% of all that are; with
 * .15 it would be 90% and 48%.
 */
const MOST_BESIDE = 0.2
/** A letter that counts less is one of asking, or holds the others together (`filler.ts`). */
const CONTENT = 0.5
/** So many questions are read in some 5 ms; then others have their turn. */
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
  const read: { readonly one: T; readonly reading: Reading }[] = []
  for (const one of all) {
    if (read.length % READ_IN_ONE_TURN === 0) await nextTurn()
    read.push({ one, reading: readOnce(askedFor(one)) })
  }
  const frequency = new Map<string, number>()
  for (const { reading } of read)
    for (const letter of reading.letters.keys())
      frequency.set(letter, (frequency.get(letter) ?? 0) + 1)
  const rarest = ({ letters }: Reading) =>
    [...letters.keys()].reduce(
      (a, b) => ((frequency.get(b) ?? 0) < (frequency.get(a) ?? Infinity) ? b : a),
      '',
    )

  /** Groups by the letters of their first, and by the rarest of these. */
  const having = new Map<string, Group<T>[]>()
  const named = new Map<string, Group<T>[]>()
  const groups: Group<T>[] = []
  for (const [n, { one, reading }] of read.entries()) {
    if (n % COMPARED_IN_ONE_TURN === 0) await nextTurn()
    // Of two, one has all letters of the other, the rarest of these too.
    const near = [
      ...(having.get(key(reading, rarest(reading))) ?? []),
      ...[...reading.letters.keys()].flatMap((letter) => named.get(key(reading, letter)) ?? []),
    ]
    const group = near.find(({ first }) => asksTheSame(first, reading))
    if (group) {
      group.members.push(one)
      continue
    }
    const begun: Group<T> = { first: reading, members: [one] }
    groups.push(begun)
    for (const letter of reading.letters.keys()) add(having, key(reading, letter), begun)
    add(named, key(reading, rarest(reading)), begun)
  }
  return groups.map(({ members }) => members)
}

interface Group<T> {
  readonly first: Reading
  readonly members: [T, ...T[]]
}

const COMPARED_IN_ONE_TURN = 200

const key = ({ frame }: Reading, letter: string) => `${letter} ${frame}`

function add<T>(to: Map<string, T[]>, at: string, one: T): void {
  const there = to.get(at)
  if (there) there.push(one)
  else to.set(at, [one])
}

/** Whether one is the other with little beside. */
function asksTheSame(one: Reading, other: Reading): boolean {
  const [less, more] = one.size <= other.size ? [one, other] : [other, one]
  if (less.frame !== more.frame || less.size < (1 - MOST_BESIDE) * more.size) return false
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
  for (let i = 0; i < text.length; i++) {
    if (weights[i]! < CONTENT || !/[\p{L}\p{N}]/u.test(text[i]!)) continue
    const word = known.find(({ start, end }) => start <= i && i < end)
    if (!word) count(text[i]!)
    else if (word.start === i)
      for (const letter of commonName(text.slice(i, word.end))) count(letter)
  }
  return {
    frame: JSON.stringify([
      kind,
      places.map((path) => path.join('/')).toSorted(),
      years.map(String).toSorted(),
      text.match(WHOLE)?.toSorted(),
      negations(text).map(({ cls }) => cls),
    ]),
    letters,
    size,
  }
}

/** One name for all words that stand for each other. */
function commonName(word: string): string {
  const mutual = (THESAURUS.get(word) ?? []).filter((other) => THESAURUS.get(other)?.includes(word))
  return [word, ...mutual].toSorted()[0]!
}
