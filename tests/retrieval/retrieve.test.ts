import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { createRetrieve } from '../../src/retrieval/retrieve.ts'
import { batchOf } from '../support/passages.ts'
import { tempFolder } from '../support/temp.ts'

interface Given {
  readonly id: string
  readonly source: string
  readonly place: readonly string[]
  readonly body: readonly string[]
}

async function retrieving(...given: Given[]) {
  const index = openEmbeddedIndex(join(tempFolder(), 'index.sqlite'))
  onTestFinished(() => index.close())
  for (const article of given) {
    const { articles, passages } = batchOf(article)
    await index.put(article.source, articles, passages)
  }
  return createRetrieve({ index, today: '2024-05-01' })
}

const article = (id: string, place: readonly string[], ...body: string[]): Given => ({
  id,
  source: `${id}.txt`,
  place,
  body,
})
const henan = ['河南省', '濮阳市']
const shandong = ['山东省', '聊城市']

const cities = [
  article(
    'p',
    henan,
    '我市知识产权质押贷款2.86亿元，惠及20家企业。',
    '供水服务中心用水报装3个工作日办结。',
  ),
  article(
    'l',
    shandong,
    '我市知识产权质押贷款5.1亿元，惠及40家企业。',
    '供水服务中心用水报装2个工作日办结。',
  ),
  article('t', [...henan, '台前县'], '我县专精特新贷款200万元。'),
]

describe('of two cities that print the same', () => {
  test.each([
    ['濮阳知识产权质押贷款多少', undefined, 'p'],
    ['聊城知识产权质押贷款多少', undefined, 'l'],
    ['咱市用水报装几天', '聊城市', 'l'],
    ['咱市用水报装几天', '濮阳市', 'p'],
    ['咱市用水报装几天', '河南省濮阳市台前县', 'p'],
    ['聊城用水报装几天', '濮阳市', 'l'],
  ])('%s (asked in %s) finds its own first', async (question, place, id) => {
    const retrieve = await retrieving(...cities)
    const { results } = await retrieve({ question, ...(place !== undefined && { place }) }, 5)
    expect(results[0]!.passage.articleId).toBe(id)
  })
})

test('is looked at also where a hundred other cities print it at greater length', async () => {
  const others = Array.from({ length: 100 }, (_, i) =>
    article(
      `o${i}`,
      [...shandong, `第${i}县`],
      `第${i}县用水报装几天？用水报装${i}个工作日，报装用水。`,
    ),
  )
  const own = article('own', henan, '居民申请报装用水的，3个工作日办结，逾期可以投诉。')
  const { results } = await (await retrieving(...others, own))({ question: '濮阳用水报装几天' }, 3)
  expect(results[0]!.passage.articleId).toBe('own')
})

test('ranks count from 1 and scores fall', async () => {
  const { results } = await (await retrieving(...cities))({ question: '企业质押贷款' }, 3)
  expect(results.map(({ rank }) => rank)).toEqual([1, 2, 3])
  const scores = results.map(({ score }) => score)
  expect(scores).toEqual(scores.toSorted((a, b) => b - a))
})

test('a follow-up finds what the question before was about', async () => {
  const retrieve = await retrieving(...cities)
  const history = [{ question: '濮阳用水报装找谁', answer: '供水服务中心。' }]
  const { results, standalone } = await retrieve({ question: '那要几天？', history }, 3)
  expect(results[0]!.passage.text).toContain('3个工作日')
  expect(standalone).toBe('濮阳用水报装要几天？')
})

test('what says the same is shown once', async () => {
  const text =
    '对同一产业园区、不同建设单位的同类建设项目，捆绑开展环评审批，统一提出污染防治要求，各建设单位共同对生态环境质量负责。'
  const retrieve = await retrieving(
    article('a', [], text),
    article('b', [], text.replace('；', '，')),
  )
  expect((await retrieve({ question: '环评怎么打捆' }, 5)).results).toHaveLength(1)
})

test('says which parts of a question no article has', async () => {
  const { units } = await (await retrieving(...cities))({ question: '质押贷款的公证处' }, 3)
  const known = new Map(units.map((unit) => [unit.text, unit.known]))
  expect(known.get('公证')).toBe(false)
  expect(known.get('质押贷款')).toBe(true)
})

test('a question of marks alone finds nothing', async () => {
  expect((await (await retrieving(...cities))({ question: '？？？' }, 3)).results).toEqual([])
})

test('every judged question quotes its seed', () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
  const letters = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')
  const lines = read('fixtures/questions.jsonl').trim().split('\n')
  expect(lines.length).toBeGreaterThanOrEqual(40)
  for (const line of lines) {
    const { evidence }: { evidence: { file: string; quote: string }[] } = JSON.parse(line)
    for (const { file, quote } of evidence) {
      // Where a page's marks are shifted they stand as letters: each stretch between marks is looked for.
      const page = letters(read(`../../seeds/${file}`))
      for (const part of quote.split(/[^\p{L}\p{N}\s]+/u).map(letters)) expect(page).toContain(part)
    }
  }
})
