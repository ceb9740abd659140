/**
 * Whether the sentence that answers says otherwise than a question that only wants something confirmed:
 * where the question has a value and the sentence another of the same sort in its place, and not the
 * question's. What no such value tells is left to whoever reads the sentence.
 */
import { compareFigures, sameUnit } from '../../../language/compare-figures.ts'
import { bigrams, overlap } from '../../../language/content.ts'
import type { Quantity } from '../../../language/figures.ts'
import { governs } from '../../../language/governors.ts'
import { negations } from '../../../language/negations.ts'
import { areContrary } from '../../../language/opposites.ts'
import { findPlaces, related } from '../../../language/places.ts'
import { wordsOf } from '../../../language/words.ts'
import type { Candidate } from './choose.ts'
import { figures } from '../../../language/shapes.ts'

/** Spoken amounts as papers print them. */
const SPOKEN: readonly (readonly [said: RegExp, printed: string])[] = [
  [/(?<=\d)个(?=[亿万])/gu, ''],
  [/(?<=\d)个点/gu, '个百分点'],
]

const MARKS = /[，。；：！？,;:!?\n]/u

/** What asks for something that is not yet said. */
const OPEN = /[谁哪几啥咋]|多少|什么|怎么|何|多[大高长久]/u

/** Whether a question only wants to hear that it is so. */
function isConfirming({ seen: { wanted } }: Candidate): boolean {
  return (
    wanted.asked.some(({ kind }) => kind.name === 'confirm') &&
    !wanted.asked.some(({ words }) => OPEN.test(words))
  )
}

export function contradicts(question: string, candidate: Candidate): boolean {
  if (!isConfirming(candidate)) return false
  const { text, passage } = candidate.seen.sentence
  const claim = SPOKEN.reduce((words, [said, printed]) => words.replaceAll(said, printed), question)
  const [clause, next] = closest(text, claim)
  return (
    otherFigure(claim, text) ||
    otherPlace(claim, text, passage.place) ||
    otherPerson(claim, text) ||
    areContrary(wordsOf(claim), wordsOf(clause)) ||
    denied(claim, clause) ||
    onlyPlanned(claim, clause, next)
  )
}

/** The clause that speaks most of what is claimed, and the one behind it. */
function closest(text: string, claim: string): readonly [clause: string, next: string] {
  const about = bigrams(claim)
  const clauses = text.split(MARKS)
  const shared = clauses.map((clause) => overlap(about, bigrams(clause)))
  const at = shared.indexOf(Math.max(...shared))
  return [clauses[at]!, clauses[at + 1] ?? '']
}

const quantities = (text: string) =>
  figures(text).filter((f): f is Quantity => f.kind === 'quantity')

/** An amount said without its unit is one of money. */
const measures = (a: Quantity, b: Quantity) =>
  sameUnit(a.unit, b.unit) || (a.unit === '' && b.unit === '元')

/** Whether the sentence speaks of it, and has figures of the claim's sort but not the claim's. */
function otherFigure(claim: string, text: string): boolean {
  if (overlap(bigrams(claim), bigrams(text)) < PLAINLY) return false
  const printed = quantities(text)
  return quantities(claim).some((claimed) => {
    const isSame = (one: Quantity) =>
      one.value === claimed.value || compareFigures(one, claimed) === 'same'
    return printed.some((one) => measures(claimed, one)) && !printed.some(isSame)
  })
}

/** Pairs of characters in common: what has fewer may speak of something else. */
const PLAINLY = 2

function otherPlace(claim: string, text: string, own: readonly string[]): boolean {
  const paths = (words: string) =>
    findPlaces(words).flatMap(({ places }) => places.map((p) => p.path))
  const printed = paths(text)
  return paths(claim).some(
    (path) =>
      printed.length > 0 &&
      ![own, ...printed].some((other) => other.length > 0 && related(path, other)),
  )
}

const people = (text: string) =>
  wordsOf(text).flatMap(({ tag, text: word }) => (tag === 'nr' && word.length > 1 ? [word] : []))

function otherPerson(claim: string, text: string): boolean {
  const printed = people(text)
  return people(claim).some((name) => printed.length > 0 && !text.includes(name))
}

/** A negation right before words of the claim, which has none. */
function denied(claim: string, clause: string): boolean {
  const about = bigrams(claim)
  return (
    negations(claim).length === 0 &&
    negations(clause).some(({ end }) => overlap(about, bigrams(clause.slice(end, end + NEAR))) > 0)
  )
}

/** Characters behind a negation: what it negates. */
const NEAR = 8

/** Said to be done, printed as a plan: in the clause that speaks of it, or right behind where that leaves it open. */
function onlyPlanned(claim: string, clause: string, next: string): boolean {
  const isPlan = (words: string) => governs('plan', wordsOf(words))
  const isDone = (words: string) => wordsOf(words).some(({ text }) => DONE.has(text))
  return isDone(claim) && !isPlan(claim) && (isPlan(clause) || (!isDone(clause) && isPlan(next)))
}

const DONE: ReadonlySet<string> = new Set(['了', '已', '已经', '过'])
