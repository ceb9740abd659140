/** Whether a further sentence should be told: what it brings that those told lack. */
import { letterPairs } from '../../../language/letter-pairs.ts'
import type { Candidate } from './choose.ts'
import { KINDS } from '../../../language/kinds.ts'
import { type Has, cover, endsInHeading, isEnumerated, most } from './look.ts'

type MoreFeature = (next: Candidate, told: readonly [Candidate, ...Candidate[]]) => number

const yes = (is: boolean) => (is ? 1 : 0)

function alike(a: string, b: string): number {
  const [left, right] = [letterPairs(a), letterPairs(b)]
  return left.size === 0 ? 1 : [...left].filter((pair) => right.has(pair)).length / left.size
}

const joined = (all: readonly Candidate[]): Has =>
  all[0]!.seen.own.map((_, i) =>
    most(
      all.map(({ seen }) => seen.own),
      i,
    ),
  )

const lengthOf = (all: readonly Candidate[]) =>
  Math.log(1 + all.reduce((sum, { seen }) => sum + seen.letters.length, 0))

const follows = ({ seen }: Candidate, last: Candidate) =>
  seen.sentence.passage.articleId === last.seen.sentence.passage.articleId &&
  seen.n === last.seen.n + 1

/** Whether the question is about what several articles, places or figures say. */
const SEVERAL: ReadonlySet<string> = new Set(['several', 'compare', 'places'])
const asksSeveral = ({ seen }: Candidate) =>
  seen.wanted.asked.some(({ kind }) => SEVERAL.has(kind.name))
const isOfSame = ({ seen }: Candidate, told: readonly Candidate[]) =>
  told.some((one) => one.seen.sentence.passage.articleId === seen.sentence.passage.articleId)

export const MORE_FEATURES: Readonly<Record<string, MoreFeature>> = {
  behind: (next, [first]) => next.score - first.score,
  share: (next) => next.share,
  gain: ({ seen }, told) => {
    const before = joined(told)
    return cover(seen.wanted, seen.own, before) - cover(seen.wanted, before)
  },
  own: ({ seen }) => cover(seen.wanted, seen.own),
  toldOwn: ({ seen }, told) => cover(seen.wanted, joined(told)),
  givesNew: ({ seen }, told) =>
    yes(seen.gives.some((given, i) => given && !told.some((one) => one.seen.gives[i]))),
  follows: (next, told) => yes(follows(next, told.at(-1)!)),
  precedes: (next, [first]) => yes(follows(first, next)),
  sameArticle: ({ seen }, [first]) =>
    yes(seen.sentence.passage.articleId === first.seen.sentence.passage.articleId),
  samePassage: ({ seen }, [first]) =>
    yes(seen.sentence.passage.id === first.seen.sentence.passage.id),
  alike: ({ seen }, told) => Math.max(...told.map((one) => alike(seen.letters, one.seen.letters))),
  told: (_, told) => told.length,
  toldLength: (_, told) => lengthOf(told),
  length: (next) => lengthOf([next]),
  toldColon: (_, told) => yes(/[：:]$/u.test(told.at(-1)!.seen.sentence.text.trimEnd())),
  toldEndsInHeading: (_, told) => yes(endsInHeading(told.at(-1)!.seen.sentence.text)),
  enumerated: ({ seen }) => yes(isEnumerated(seen.sentence.text)),
  bothEnumerated: ({ seen }, told) =>
    yes(isEnumerated(seen.sentence.text) && isEnumerated(told.at(-1)!.seen.sentence.text)),
  asked: ({ seen }) => seen.wanted.asked.length,
  otherArticleAsked: (next, told) => yes(asksSeveral(next) && !isOfSame(next, told)),
  behindAsked: (next, [first]) => (asksSeveral(next) ? next.score - first.score : 0),
  shareAsked: (next) => (asksSeveral(next) ? next.share : 0),
  ...Object.fromEntries(
    KINDS.map(({ name }): [string, MoreFeature] => [
      `asks ${name}`,
      ({ seen }) => yes(seen.wanted.asked.some(({ kind }) => kind.name === name)),
    ]),
  ),
}

export const MORE_NAMES: readonly string[] = Object.keys(MORE_FEATURES)

export function moreValues(
  next: Candidate,
  told: readonly [Candidate, ...Candidate[]],
): Float64Array {
  return Float64Array.from(Object.values(MORE_FEATURES), (feature) => feature(next, told))
}

/** So many of the next best are asked whether they bring more, and what stands right behind those told. */
const NEXT = 5

export function furtherOf(
  candidates: readonly Candidate[],
  told: readonly [Candidate, ...Candidate[]],
): Candidate[] {
  const rest = candidates.filter((one) => !told.includes(one))
  return rest.filter((one, i) => i < NEXT || follows(one, told.at(-1)!))
}
