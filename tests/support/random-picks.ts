import type { Context, Sentence } from '../../src/answer/context/context.ts'
import type { Picks } from '../../src/answer/picks.ts'
import { oneOf } from './seeded-random.ts'

type Random = () => number
type Numbers = readonly number[]

const STATUSES = ['answered', 'partial', 'not_found'] as const
const NO_PIECES = [0, -1, -7, 0.5, 1.5, Number.NaN, Infinity, -Infinity, 1e9, 2 ** 53, -0]
const MISSING = ['', '？', '电话', '多少家企业', '不是问题里的话', '2 035 年', '\u0000', '《办法》']
const HUGE = 2_000

/**
 * Whatever a picker may hand over, most of it wrong: numbers that no piece has, lists across sentences,
 * the same again, all, none, every second, backwards, thousands; a sensible choice now and then.
 */
export function randomPicks(context: Context, random: Random): Picks {
  const lists = Math.floor(random() ** 2 * 12)
  return {
    status: oneOf(STATUSES, random),
    statements: Array.from({ length: lists }, () => randomList(context, random)),
    missing: Array.from({ length: Math.floor(random() * 3) }, () => oneOf(MISSING, random)),
    premise: random() < 0.7 ? null : randomList(context, random),
  }
}

function randomList(context: Context, random: Random): Numbers {
  const sentences = context.articles.flatMap((article) => article.sentences)
  if (sentences.length === 0) return [...NO_PIECES]
  return oneOf(HOSTILE, random)(oneOf(sentences, random), context, random)
}

const HOSTILE: readonly ((sentence: Sentence, context: Context, random: Random) => Numbers)[] = [
  () => [],
  (sentence) => numbersOf(sentence),
  (sentence) => numbersOf(sentence).toReversed(),
  (sentence) => numbersOf(sentence).filter((_, i) => i % 2 === 0),
  (sentence) => numbersOf(sentence).filter((_, i) => i % 2 === 1),
  (sentence, _, random) => [oneOf(numbersOf(sentence), random)],
  (sentence, _, random) => numbersOf(sentence).filter(() => random() < 0.3),
  (sentence, _, random) => numbersOf(sentence).filter(() => random() < 0.7),
  (sentence) => [...numbersOf(sentence), ...numbersOf(sentence)],
  (sentence) => numbersOf(sentence).flatMap((n) => [n, n + 0.5, -n, Number.NaN]),
  (sentence) => numbersOf(sentence).map((n) => n + Math.ceil(sentence.pieces.length / 2)),
  (sentence, { size }, random) => [...numbersOf(sentence), ...anyNumbers(size, random, 5)],
  (_, { size }, random) => anyNumbers(size, random, 1 + Math.floor(random() * 6)),
  (_, { size }, random) => (random() < 0.2 ? anyNumbers(size, random, HUGE) : [size, size + 1, 0]),
  (_, { size }, random) =>
    Array.from({ length: random() < 0.2 ? size : Math.min(size, 60) }, (_piece, i) => i + 1),
  (_sentence, _context, random) => [oneOf(NO_PIECES, random), oneOf(NO_PIECES, random)],
]

function numbersOf({ first, pieces }: Sentence): number[] {
  return pieces.map((_, i) => first + i)
}

const anyNumbers = (size: number, random: Random, length: number) =>
  Array.from({ length }, () => Math.floor(random() * (size + 4)) - 1)
