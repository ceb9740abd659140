import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type AskedFor, groupSame } from '../../src/conversation/same-question.ts'
import { askedIn, mostTelling } from '../../src/language/kinds.ts'
import { askedPlaces } from '../../src/retrieval/asked-places.ts'
import { normalize } from '../../src/retrieval/tokens.ts'
import { askedYears } from '../../src/retrieval/years.ts'

const asked = (question: string, place?: string): AskedFor => {
  const text = normalize(question)
  return {
    question,
    kind: mostTelling(askedIn(text))[0]?.kind.name,
    places: askedPlaces(text, place).paths,
    years: askedYears(text, '2024-05-01').map(({ year }) => year),
  }
}
const grouped = async (...questions: readonly AskedFor[]) =>
  (await groupSame(questions, (one) => one)).map((group) => group.map(({ question }) => question))

test('in any order, with courtesies, in words that mean the same', async () => {
  expect(
    await grouped(
      asked('创业担保贷款怎么申请？'),
      asked('小微企业有什么补贴'),
      asked('请问怎么申请创业担保贷款'),
      asked('小企业有什么补贴？'),
    ),
  ).toEqual([
    ['创业担保贷款怎么申请？', '请问怎么申请创业担保贷款'],
    ['小微企业有什么补贴', '小企业有什么补贴？'],
  ])
})

test('another place, year, figure or kind of thing, and a negation, make another question', async () => {
  const different = [
    asked('濮阳市高龄津贴是多少钱'),
    asked('聊城市高龄津贴是多少钱'),
    asked('2023年濮阳市高龄津贴是多少钱'),
    asked('濮阳市90岁高龄津贴是多少钱'),
    asked('濮阳市高龄津贴是怎么领'),
    asked('濮阳市没有高龄津贴是多少钱'),
    asked('高龄津贴是多少钱', '南乐县'),
  ]
  expect(await grouped(...different)).toHaveLength(different.length)
})

const Pair = z.object({ a: z.string(), b: z.string(), same: z.boolean() })

test('of 50 pairs that differ none are taken for the same, and of 50 that do not 19 are found', async () => {
  const file = new URL('fixtures/same-questions.jsonl', import.meta.url)
  const pairs = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => Pair.parse(JSON.parse(line)))
  const taken = await Promise.all(
    pairs.map(async ({ a, b }) => (await grouped(asked(a), asked(b))).length === 1),
  )
  const [alike, different] = [true, false].map((is) => pairs.filter(({ same }) => same === is))
  expect([alike, different]).toMatchObject([{ length: 50 }, { length: 50 }])
  expect(different!.filter((pair) => taken[pairs.indexOf(pair)])).toEqual([])
  expect(alike!.filter((pair) => taken[pairs.indexOf(pair)]).length).toBeGreaterThanOrEqual(19)
})

test('thousands are parted in turns', async () => {
  const many = Array.from({ length: 2_000 }, (_, n) => ({
    question: `第${n}号公告里的补贴给谁`,
    kind: 'who',
    places: [],
    years: [],
  }))
  let turns = 0
  let other = setImmediate(function turn() {
    turns++
    other = setImmediate(turn)
  })
  expect(await groupSame([...many, ...many], (one) => one)).toHaveLength(2_000)
  clearImmediate(other)
  // Others are let in at least once in a hundred questions, read or compared, however fast this is.
  expect(turns).toBeGreaterThanOrEqual((2 * 4_000) / 100)
})
