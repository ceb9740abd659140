import { beforeAll, expect, test } from 'vitest'
import type { Context } from '../../../src/answer/context/context.ts'
import { numberPieces } from '../../../src/answer/context/number-pieces.ts'
import { violations } from '../../../src/answer/evaluate/violations.ts'
import { STATEMENTS_LIMIT, lengthOf } from '../../../src/answer/limits.ts'
import { tell } from '../../../src/answer/tell/tell.ts'
import { policyPassages } from '../../support/policy-passages.ts'
import { randomPicks } from '../../support/random-picks.ts'
import { oneOf, seededRandom } from '../../support/seeded-random.ts'

const QUESTION = '今年多少家企业拿到补贴，电话是多少？'
/** Random picks for the contract; so many for what a few show as well. */
const RUNS = 20_000
const FEW = 2_000
const MOST_ARTICLES = 6
const BATCHES = 20

let contexts: Context[] = []

beforeAll(async () => {
  const random = seededRandom(1)
  const articles = await policyPassages()
  while (articles.length > 0)
    contexts.push(numberPieces(articles.splice(0, 1 + Math.floor(random() * MOST_ARTICLES))))
  contexts = contexts.filter(({ size }) => size > 0)
}, 600_000)

/** Every context is told from at least once, where there are runs enough. */
function* told(seed: number, runs: number) {
  const random = seededRandom(seed)
  for (let run = 0; run < runs; run++) {
    const context = contexts[run] ?? oneOf(contexts, random)
    const picks = randomPicks(context, random)
    const { cite, ...answer } = tell(picks, context, { asked: [QUESTION] })
    yield { context, picks, ...answer, citations: cite.citations() }
  }
}

const sentencesOf = (context: Context) => context.articles.flatMap(({ sentences }) => sentences)

const STATUSES = ['answered', 'partial', 'not_found']

test('whatever is picked, what is told keeps the contract', () => {
  const broken: string[] = []
  let statementsTold = 0
  for (const { context, picks, status, statements, citations, missing } of told(
    2,
    Math.max(RUNS, contexts.length),
  )) {
    const found = violations({
      question: QUESTION,
      standalone: QUESTION,
      status,
      statements,
      citations: citations.filter(({ n }) => statements.some((s) => s.citations.includes(n))),
      missing,
      notices: [],
    })
    const passages = sentencesOf(context).map(({ passage }) => passage)
    const misquoted = citations
      .filter(({ passageId, quote }) =>
        passages.every(({ id, text }) => id !== passageId || !text.includes(quote)),
      )
      .map(({ n, quote }) => `4: passage does not print quote ${n}: ${quote}`)
    if (!STATUSES.includes(status)) found.push(`5: status ${status}`)
    statementsTold += statements.length
    broken.push(...[...found, ...misquoted].map((what) => `${what} ← ${JSON.stringify(picks)}`))
    if (broken.length > 20) break
  }
  expect(broken).toEqual([])
  expect(statementsTold).toBeGreaterThan(RUNS / 2)
}, 600_000)

test('what is too long falls away from the end, a whole statement at a time', () => {
  const broken: string[] = []
  const random = seededRandom(4)
  for (let run = 0; run < FEW; run++) {
    const context = oneOf(contexts, random)
    const lists = sentencesOf(context)
      .filter(() => random() < 0.3)
      .map(({ first, pieces }) => pieces.map((_, i) => first + i))
    const textsOf = (statements: readonly (readonly number[])[]) =>
      tell({ status: 'answered', statements, missing: [], premise: null }, context, {
        asked: [QUESTION],
      }).statements.map(({ text }) => text)
    const all = textsOf(lists)
    const once = [...new Set(all)]
    const singly = lists.flatMap((list) => textsOf([list]))
    const expected = new Set(singly)
    if (lengthOf(all.join('')) > STATEMENTS_LIMIT) broken.push(`too long: ${all.join('')}`)
    // What is said twice may be left out; nothing else before the end.
    if (once.join('\n') !== [...expected].slice(0, once.length).join('\n'))
      broken.push(`${all.join(' | ')} ← ${singly.join(' | ')}`)
    if (
      all.length === 0 &&
      lengthOf(singly[0] ?? '') > 0 &&
      lengthOf(singly[0]!) <= STATEMENTS_LIMIT
    )
      broken.push(`nothing told ← ${singly[0]}`)
    if (broken.length > 20) break
  }
  expect(broken).toEqual([])
}, 600_000)

test('the same picks are told the same way', () => {
  const texts = (seed: number) =>
    Array.from(told(seed, FEW), ({ statements }) => statements.map(({ text }) => text).join('\n'))
  expect(texts(5)).toEqual(texts(5))
}, 600_000)

test('telling takes less than a millisecond', () => {
  const random = seededRandom(7)
  const batches = Array.from({ length: BATCHES }, () => {
    const given = Array.from({ length: FEW / BATCHES }, () => {
      const context = oneOf(contexts, random)
      return { context, picks: randomPicks(context, random) }
    })
    // Of this thread: whatever else runs on the machine.
    const started = process.threadCpuUsage()
    for (const { context, picks } of given) tell(picks, context, { asked: [QUESTION] })
    const { user, system } = process.threadCpuUsage(started)
    return (user + system) / 1000 / given.length
  })
  expect(batches.toSorted((a, b) => a - b)[BATCHES / 2]).toBeLessThan(1)
}, 600_000)
