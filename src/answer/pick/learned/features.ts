/**
 * What can be said of a sentence as an answer to a question: each feature has a name and a number. What
 * they weigh stands in `weights.json`, learned by `npm run tune`.
 */
import { findPlaces, related } from '../../../language/places.ts'
import { KINDS, gives as givesIt, isStrict } from '../../../language/kinds.ts'
import { rememberLast } from '../../../language/remember.ts'
import {
  type Has,
  type Seen,
  around,
  cover,
  endsInHeading,
  isEnded,
  isEnumerated,
  isHeading,
  most,
} from './look.ts'
import { type Wanted, stands } from './wanted.ts'

export type Feature = (seen: Seen) => number

const yes = (is: boolean) => (is ? 1 : 0)

/** What all of a list bring together; the most that one brings, 0 at least. They are asked some thousand times a question. */
function total<T>(list: readonly T[], of: (one: T, i: number) => number): number {
  let all = 0
  for (let i = 0; i < list.length; i++) all += of(list[i]!, i)
  return all
}

function greatest<T>(list: readonly T[], of: (one: T, i: number) => number): number {
  let best = 0
  for (let i = 0; i < list.length; i++) best = Math.max(best, of(list[i]!, i))
  return best
}

/** As `cover`, the words that stand near those that ask counting most; and those far from them. */
function focus({ terms, focusTotal }: Wanted, ...has: readonly Has[]): number {
  return total(terms, (term, i) => term.focus * most(has, i)) / focusTotal
}

function topic(wanted: Wanted, ...has: readonly Has[]): number {
  const rest = wanted.total - wanted.focusTotal
  if (rest <= 0) return 0
  return total(wanted.terms, (term, i) => (term.mass - term.focus) * most(has, i)) / rest
}

const shareOf = (terms: readonly number[], has: readonly Has[]) =>
  greatest(has, (one) => total(terms, (i) => one[i]!) / terms.length)

function coverWords({ words, wordTotal }: Wanted, ...has: readonly Has[]): number {
  return total(words, ({ terms, mass }) => mass * shareOf(terms, has)) / wordTotal
}

/** About what the rarest term weighs in a corpus of some thousand articles: keeps numbers near one. */
const HEAVIEST = 12

function missing({ terms }: Wanted, ...has: readonly Has[]): number {
  return greatest(terms, ({ mass }, i) => mass * (1 - most(has, i))) / HEAVIEST
}

/** The heaviest term that is missing, those near the words that ask before others. */
function missingFocus({ terms }: Wanted, ...has: readonly Has[]): number {
  return greatest(terms, (term, i) => term.focus * (1 - most(has, i))) / HEAVIEST
}

/** The most of the question that a clause has, with the one before it, which gives what only a shape gives. */
const strictly = once(({ wanted, normal, gives: given }: Seen) => {
  const asked = wanted.asked.filter(({ kind }) => isStrict(kind))
  const some = wanted.asked.some(({ kind }, i) => isStrict(kind) && given[i])
  if (!some) return { asked: yes(asked.length > 0), given: 0, near: 0 }
  const clauses = normal.split(/[,。;:!?]/u)
  const covers = clauses.map((words, i) => {
    if (!asked.some((one) => givesIt(one, words))) return 0
    const both = `${clauses[i - 1] ?? ''}\n${words}`
    return cover(
      wanted,
      wanted.terms.map(({ text }) => yes(both.includes(text))),
    )
  })
  return { asked: 1, given: 1, near: Math.max(...covers) }
})

/** Of what is asked, on average, the most of the question that a clause has, with the one before it, which gives it. */
function givesNear({ wanted, normal, gives: given }: Seen): number {
  if (wanted.asked.length === 0) return 0
  const clauses = normal.split(/[,。;:!?]/u)
  const shares = wanted.asked.map((asked, k) => {
    if (!given[k]) return 0
    const covers = clauses.map((words, i) => {
      if (!givesIt(asked, words)) return 0
      const both = `${clauses[i - 1] ?? ''}\n${words}`
      return cover(
        wanted,
        wanted.terms.map(({ text }) => yes(both.includes(text))),
      )
    })
    return Math.max(...covers)
  })
  return shares.reduce((all, one) => all + one, 0) / shares.length
}

function missingWord({ words }: Wanted, ...has: readonly Has[]): number {
  return greatest(words, ({ terms, mass }) => mass * (1 - shareOf(terms, has))) / HEAVIEST
}

/** Where the question's words stand in a sentence, in its order. */
const standing = once(({ wanted: { terms }, normal, own }: Seen) =>
  terms
    .flatMap(({ words }, term) =>
      own[term] === 0
        ? []
        : words.flatMap(({ text }) =>
            allOf(normal, text).map((at) => ({ at, end: at + text.length, term })),
          ),
    )
    .toSorted((a, b) => a.at - b.at),
)

/** The share of the question that stands together within so many characters. */
function near(seen: Seen, width: number): number {
  const { terms, total: all } = seen.wanted
  const events = standing(seen)
  const inside = new Uint16Array(terms.length)
  let [low, mass, best] = [0, 0, 0]
  for (const { at, term } of events) {
    if (inside[term]!++ === 0) mass += terms[term]!.mass
    while (at - events[low]!.at > width) {
      const gone = events[low++]!.term
      if (--inside[gone]! === 0) mass -= terms[gone]!.mass
    }
    best = Math.max(best, mass)
  }
  return best / all
}

function allOf(text: string, word: string): number[] {
  const found: number[] = []
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) found.push(at)
  return found
}

/** The length of the longest stretch that two texts share. */
export function commonStretch(a: string, b: string): number {
  let best = 0
  for (let i = 0; i + best < a.length; i++) {
    while (i + best < a.length && b.includes(a.slice(i, i + best + 1))) best++
  }
  return best
}

/** Several features ask the same of a sentence. */
function once<T>(read: (seen: Seen) => T): (seen: Seen) => T {
  const known = new WeakMap<Seen, { readonly value: T }>()
  return (seen) => {
    const before = known.get(seen)
    if (before) return before.value
    const value = read(seen)
    known.set(seen, { value })
    return value
  }
}

/** Characters of a sentence behind the last, and outside of all, words that it shares with the question. */
const unshared = once((seen: Seen) => {
  const shared = new Uint8Array(seen.normal.length)
  for (const { at, end } of standing(seen)) shared.fill(1, at, end)
  return {
    tail: shared.length - 1 - shared.lastIndexOf(1),
    outside: shared.reduce((count, one) => count + (one === 0 ? 1 : 0), 0),
  }
})

function clause({ wanted, normal }: Seen): number {
  return Math.max(
    0,
    ...normal.split(/[,。;:!?]/u).map((words) =>
      cover(
        wanted,
        wanted.terms.map(({ text }) => yes(words.includes(text))),
      ),
    ),
  )
}

/** An article's letters and digits alone: its sentences come one after the other. */
const articleLetters = rememberLast((text) => text.replace(/[^\p{L}\p{N}]+/gu, ''))

function copied({ wanted: { letters: question }, letters }: Seen): number {
  let shared = 0
  for (let i = 0; i + 2 <= letters.length; i++) {
    if (question.includes(letters.slice(i, i + 2))) shared++
  }
  return shared / Math.max(1, letters.length - 1)
}

function share<T>(list: readonly T[], test: (one: T) => boolean, none: number): number {
  return list.length === 0 ? none : list.filter(test).length / list.length
}

/** Whether a text names places, and none of those asked about or one around or within them. */
function speaksOfElsewhere({ places }: Wanted, text: string): boolean {
  if (places.length === 0) return false
  const named = findPlaces(text)
  return (
    named.length > 0 &&
    !named.some((mention) =>
      mention.places.some(({ path }) => places.some((asked) => related(asked.path, path))),
    )
  )
}

const CONNECTIVE = /^(?:同时|此外|另外|并|而|但|其中|因此|对此|为此|这|该|其|他|她|它|据|目前)/u

export const FEATURES: Readonly<Record<string, Feature>> = {
  // The question's words in the sentence, and around it.
  own: ({ wanted, own }) => cover(wanted, own),
  ownSquared: ({ wanted, own }) => cover(wanted, own) ** 2,
  withBefore: ({ wanted, own, before }) => cover(wanted, own, before),
  withHead: ({ wanted, own, head }) => cover(wanted, own, head),
  withSection: ({ wanted, own, section }) => cover(wanted, own, section),
  around,
  before: ({ wanted, before }) => cover(wanted, before),
  after: ({ wanted, after }) => cover(wanted, after),
  head: ({ wanted, head }) => cover(wanted, head),
  section: ({ wanted, section }) => cover(wanted, section),
  passage: ({ wanted, passage }) => cover(wanted, passage),
  article: ({ wanted, article }) => cover(wanted, article),
  all: ({ wanted, all }) => cover(wanted, all),
  words: ({ wanted, own }) => coverWords(wanted, own),
  wordsAround: ({ wanted, own, before, head, section }) =>
    coverWords(wanted, own, before, head, section),
  wordsArticle: ({ wanted, article }) => coverWords(wanted, article),
  focus: ({ wanted, own }) => focus(wanted, own),
  focusAround: ({ wanted, own, before, section }) => focus(wanted, own, before, section),
  focusArticle: ({ wanted, article }) => focus(wanted, article),
  topic: ({ wanted, own }) => topic(wanted, own),
  topicAround: ({ wanted, own, before, head, section }) =>
    topic(wanted, own, before, head, section),
  missing: ({ wanted, own }) => missing(wanted, own),
  missingAround: ({ wanted, own, before, head, section }) =>
    missing(wanted, own, before, head, section),
  missingArticle: ({ wanted, article }) => missing(wanted, article),
  missingWord: ({ wanted, own }) => missingWord(wanted, own),
  missingWordAround: ({ wanted, own, before, head, section }) =>
    missingWord(wanted, own, before, head, section),
  missingWordArticle: ({ wanted, article }) => missingWord(wanted, article),
  missingFocus: ({ wanted, own }) => missingFocus(wanted, own),
  missingFocusAround: ({ wanted, own, before, head, section }) =>
    missingFocus(wanted, own, before, head, section),
  missingFocusArticle: ({ wanted, article }) => missingFocus(wanted, article),
  missingFocusAll: ({ wanted, all }) => missingFocus(wanted, all),
  unknown: ({ wanted }) => wanted.unknown,
  terms: ({ wanted }) => Math.log(wanted.terms.length + 1),
  asked: ({ wanted }) => wanted.asked.length,
  spoken: ({ wanted }) => wanted.style.spoken,
  things: ({ wanted }) => wanted.style.things,
  single: ({ wanted }) => wanted.style.single,
  // How near each other they stand, and how it compares with the others.
  near20: (seen) => near(seen, 20),
  near40: (seen) => near(seen, 40),
  clause,
  stretch: ({ wanted, letters }) =>
    commonStretch(wanted.letters, letters) / Math.max(6, wanted.letters.length),
  relativeOwn: ({ wanted, own, bestOwn }) => cover(wanted, own) / bestOwn,
  relativeAround: (seen) => around(seen) / seen.bestAround,
  relativeBefore: ({ wanted, before, bestOwn }) => cover(wanted, before) / bestOwn,
  best: ({ wanted, own, bestOwn }) => yes(cover(wanted, own) >= bestOwn),
  bestAround: (seen) => yes(around(seen) >= seen.bestAround),
  afterBest: ({ wanted, before, bestOwn }) => yes(cover(wanted, before) >= bestOwn),
  // What it is.
  length: ({ letters }) => Math.log(letters.length / 50 + 0.1),
  tiny: ({ letters }) => yes(letters.length < 12),
  short: ({ letters }) => yes(letters.length < 25),
  long: ({ letters }) => yes(letters.length > 120),
  copied,
  tail: (seen) => Math.log(1 + unshared(seen).tail),
  outside: (seen) => Math.log(1 + unshared(seen).outside),
  colon: ({ sentence }) => yes(/[：:]$/u.test(sentence.text.trimEnd())),
  unended: ({ sentence }) => yes(!isEnded(sentence.text)),
  heading: ({ sentence }) => yes(isHeading(sentence.text)),
  endsInHeading: ({ sentence }) => yes(endsInHeading(sentence.text)),
  enumerated: ({ sentence }) => yes(isEnumerated(sentence.text)),
  afterColon: ({ previous }) => yes(/[：:]$/u.test(previous?.text.trimEnd() ?? '')),
  afterHeading: ({ previous }) =>
    yes(previous !== undefined && (isHeading(previous.text) || endsInHeading(previous.text))),
  connective: ({ sentence }) => yes(CONNECTIVE.test(sentence.text)),
  question: ({ sentence }) => yes(/[？?]/u.test(sentence.text)),
  headPart: ({ sentence }) => yes(sentence.passage.part === 'head'),
  headline: ({ sentence: { text, passage } }) =>
    yes(passage.part === 'head' && text.trim() === passage.headline?.trim()),
  row: ({ sentence }) => yes(sentence.passage.kind === 'table'),
  // Where it stands.
  first: ({ n }) => yes(n === 0),
  position: ({ n, of }) => n / Math.max(1, of - 1),
  rank: ({ rank }) => (rank === 0 ? 0 : 1 / rank),
  top: ({ rank }) => yes(rank === 1),
  score: ({ score }) => score,
  articleTop: ({ articleRank }) => yes(articleRank === 1),
  articleRank: ({ articleRank }) => (articleRank === 0 ? 0 : 1 / articleRank),
  // The things asked for; where and when.
  gives: ({ gives }) => share(gives, (given) => given, 0),
  givesCovered: ({ wanted, gives, own, before }) =>
    share(gives, (given) => given, 0) * cover(wanted, own, before),
  strictAsked: (seen) => strictly(seen).asked,
  strictGiven: (seen) => strictly(seen).given,
  strictLacks: (seen) => strictly(seen).asked - strictly(seen).given,
  strictNear: (seen) => strictly(seen).near,
  strictNearFar: (seen) => strictly(seen).given - strictly(seen).near,
  givesNear,
  givesNone: ({ gives }) => yes(gives.length > 0 && !gives.includes(true)),
  places: ({ wanted, normal }) =>
    share(wanted.places, ({ names }) => names.some((name) => normal.includes(name)), 0),
  placesArticle: ({ wanted, articleText }) =>
    share(wanted.places, ({ names }) => names.some((name) => articleText.includes(name)), 1),
  elsewhere: ({ wanted, normal }) => yes(speaksOfElsewhere(wanted, normal)),
  elsewhereHead: ({ wanted, headText }) => yes(speaksOfElsewhere(wanted, headText)),
  elsewherePaper: ({ wanted: { places }, sentence: { passage } }) =>
    yes(
      places.length > 0 &&
        passage.place.length > 0 &&
        !places.some(({ path }) => related(path, passage.place)),
    ),
  figures: ({ wanted, normal }) => share(wanted.figures, (figure) => stands(normal, figure), 0),
  figuresMissing: ({ wanted, articleText }) =>
    share(wanted.figures, (figure) => !stands(articleText, figure), 0),
  namesMissing: ({ wanted, articleText }) =>
    share(wanted.names, (name) => !articleLetters(articleText).includes(name), 0),
  otherYear: ({ wanted: { years }, normal }) => {
    const named = [...normal.matchAll(/(?:19|20)\d\d(?=年|[-—])/gu)].map(([year]) => Number(year))
    return yes(years.length > 0 && named.length > 0 && !named.some((year) => years.includes(year)))
  },
  ...Object.fromEntries(
    KINDS.flatMap(({ name }): [string, Feature][] => {
      const some = ({ wanted, gives }: Seen, given: boolean) =>
        wanted.asked.some(({ kind }, i) => kind.name === name && gives[i] === given)
      return [
        [`gives ${name}`, (seen) => yes(some(seen, true))],
        [`lacks ${name}`, (seen) => yes(some(seen, false))],
      ]
    }),
  ),
}

export const FEATURE_NAMES: readonly string[] = Object.keys(FEATURES)
const LIST = Object.values(FEATURES)

/** A sentence's features, in the order of their names. */
export function valuesOf(seen: Seen): Float64Array {
  const values = new Float64Array(LIST.length)
  for (let i = 0; i < LIST.length; i++) values[i] = LIST[i]!(seen)
  return values
}
