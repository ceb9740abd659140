import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PASSAGE_LENGTH, chunk } from '../../src/ingest/chunk.ts'
import type { Item } from '../../src/ingest/item.ts'
import { readText, understand } from '../../src/ingest/read-articles.ts'
import { plainSource } from '../../src/ingest/read/source-text.ts'
import { repairCharacters } from '../../src/ingest/repair/repair-characters.ts'
import { fromRuns, split, trace } from '../../src/traced.ts'

const SEEDS = new URL('../../seeds/', import.meta.url)
const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')

const { article } = understand(plainSource('近日，市里出台办法。\n'), 'page.txt').described[0]!

function itemOf(source: string, heads: readonly string[] = []): Item {
  const body = split(trace(source), /\n/).filter(({ text }) => text !== '')
  const subheads = body.filter(({ text }) => heads.includes(text))
  return {
    kind: 'article',
    headline: null,
    kicker: null,
    subtitle: null,
    subheads,
    rows: [],
    credits: [],
    section: null,
    body,
    notes: [],
  }
}

const sentence = (length: number) => `${'贷'.repeat(length - 1)}。`

test('keeps sentences whole and passages within bounds', async () => {
  const source = [150, 200, 120, 399, 10].map(sentence).join('')
  const passages = await chunk(article, itemOf(source), source)
  expect(passages.map(({ text }) => text.length)).toEqual([350, 120, 399, 10])
})

test('cuts a sentence only when it alone is longer, at its clauses', async () => {
  const source = `${sentence(20)}${'企业可以申请，'.repeat(80)}即可。`
  const texts = (await chunk(article, itemOf(source), source)).map(({ text }) => text)
  expect(texts[0]).toMatch(/^贷+。企业/u)
  expect(texts.every((text) => text.length <= PASSAGE_LENGTH && /[，。]$/u.test(text))).toBe(true)
  expect(texts.join('')).toBe(source)
})

test.each([
  ['character of two units', `甲${'𠮷'.repeat(500)}`, 399],
  ['figure in groups of three', `${'甲'.repeat(390)}，1,234万元${'乙'.repeat(50)}`, 391],
])('cuts no %s', async (_name, source, first) => {
  const texts = (await chunk(article, itemOf(source), source)).map(({ text }) => text)
  expect(texts.join('')).toBe(source)
  expect(texts.every((text) => text.length <= PASSAGE_LENGTH && text.isWellFormed())).toBe(true)
  expect(texts[0]!.length).toBe(first)
})

test('begins a passage at each subhead and says which it is under', async () => {
  const source = '近日，市里开会。\n一、融资\n银行放款快。\n二、用地\n供地四百亩。'
  const passages = await chunk(article, itemOf(source, ['一、融资', '二、用地']), source)
  expect(passages.map(({ subhead, text }) => [subhead, text])).toEqual([
    [null, '近日，市里开会。'],
    ['一、融资', '一、融资\n银行放款快。'],
    ['二、用地', '二、用地\n供地四百亩。'],
  ])
})

test('loses no letter and knows each one’s place', async () => {
  const texts = fc.string({
    unit: fc.constantFrom('贷', '款', '，', '。', '\n', ' ', '3', '”'),
    maxLength: 2000,
  })
  await fc.assert(
    fc.asyncProperty(texts, async (source) => {
      const passages = await chunk(article, itemOf(source), source)
      expect(letters(passages.map(({ text }) => text).join(''))).toBe(letters(source))
      for (const { text, runs } of passages) {
        expect(text.length).toBeLessThanOrEqual(PASSAGE_LENGTH)
        const origin = fromRuns(runs)
        // A separator between paragraphs has no character of its own.
        const from = [...origin].map((at, i) => (/\s/u.test(text[i]!) ? '' : source[at])).join('')
        expect(from).toBe(text.replace(/\s/gu, ''))
      }
    }),
  )
})

describe.each(readdirSync(SEEDS))('%s', (name) => {
  const source = readFileSync(new URL(name, SEEDS), 'utf8')
  // What each source character is as repaired; undefined where repair dropped it.
  const { text, origin } = repairCharacters(trace(source)).text
  const repaired = new Map([...origin].map((at, i) => [at, text[i]]))

  test('every passage is the repaired source at its spans', async () => {
    const { passages } = await readText(plainSource(source), name)
    expect(passages.length).toBeGreaterThan(5)
    for (const passage of passages) {
      const at = passage.spans.flatMap(({ start, end }) =>
        Array.from({ length: end - start }, (_, i) => repaired.get(start + i) ?? ''),
      )
      expect(letters(at.join(''))).toBe(letters(passage.text))
    }
  })

  test('a body passage begins in its article’s text where it says', async () => {
    const { articles, passages } = await readText(plainSource(source), name)
    const textOf = new Map(articles.map((a) => [a.id, a.text]))
    for (const { part, articleId, start, text: words } of passages) {
      if (part === 'body')
        expect(textOf.get(articleId)?.slice(start, start + words.length)).toBe(words)
    }
  })
})

test('knows which year and months relative words mean, by the article’s date', async () => {
  const source = '今年前4个月，全市工业投资增长较快。'
  const dated = { ...article, date: { ...article.date, value: '2022-06' } }
  const [passage] = await chunk(dated, itemOf(source), source)
  expect(passage?.periods).toEqual(expect.arrayContaining(['2022年', '2022年1月', '2022年4月']))
  expect(passage?.text).toBe(source)
})

test('rows of a table in a document are passages of their own, told with the heads of their columns', async () => {
  const text =
    '# 节水奖励办法\n\n奖励标准如下：\n\n器具\t档次\t奖励\n水表\t大\t40元\n水表\t小\t25元\n\n由县水务局负责解释。'
  const { passages, articles } = await readText(plainSource(text), 'a.txt')
  expect(articles).toHaveLength(1)
  expect(passages.map(({ kind, text: words }) => [kind, words])).toEqual([
    ['article', '节水奖励办法'],
    ['article', '奖励标准如下：'],
    ['table', '水表 档次 大 奖励 40元\n水表 档次 小 奖励 25元'],
    ['article', '由县水务局负责解释。'],
  ])
})
