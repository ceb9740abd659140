import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAnswer } from '../../src/answer/answer.ts'
import { violations } from '../../src/answer/evaluate/violations.ts'
import type { PickByWords } from '../../src/answer/pick/words-pick.ts'
import type { Answer } from '../../src/corpus.ts'
import { replyOf } from '../../src/answer/reply.ts'
import { openLibrary } from './library.ts'

const article = (id: string, place: readonly string[], date: string | null, text: string) => ({
  id,
  headline: `${id}会议召开`,
  place,
  date,
  body: [`${id}会议召开`, text],
})
const ANYANG = ['河南省', '安阳市']
const HEZE = ['山东省', '菏泽市']

/** Mayors, a deputy, and cold stores of cities, over the years. */
const MORE = [
  article('甲', ANYANG, '2019-03-04', '3月3日，市长程立民主持召开市政府常务会议，研究冷库补贴。'),
  article('乙', ANYANG, '2022-05-06', '5月5日，市长韩晓东主持召开市政府常务会议，研究防汛。'),
  article('丙', ANYANG, '2023-02-03', '2月2日，副市长孟克主持召开市政府专题会议，研究春耕。'),
  article('丁', HEZE, '2022-08-01', '7月30日，市长苏宁远主持召开市政府常务会议，研究招商。'),
  article('戊', ANYANG, '2022-09', '截至8月底，全市建成冷库320座，冷库总库容41万吨。'),
  article('己', HEZE, '2022-07', '全市建成冷库175座，冷库总库容26万吨。'),
  article('庚', [...ANYANG, '滑县'], '2022-07', '全县建成菌棚86座，菌棚年产香菇1900吨。'),
]

/** Picks the sentence of the oldest article that has a word: what comes of it is not the picker's doing. */
function pickOldest(word: string): PickByWords {
  return ({ context }) => {
    const [first] = context.articles
      .flatMap(({ sentences }) => sentences)
      .filter(({ text, passage }) => passage.part === 'body' && text.includes(word))
      .toSorted((a, b) => a.passage.date.value!.localeCompare(b.passage.date.value!))
    const pieces = (first?.pieces ?? []).map((_, i) => first!.first + i)
    return {
      picks: {
        status: first ? 'answered' : 'not_found',
        statements: first ? [pieces] : [],
        missing: [],
        premise: null,
      },
      conflict: null,
      nearest: null,
    }
  }
}

let folder: string
let library: Awaited<ReturnType<typeof openLibrary>>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-place-and-time-'))
  library = await openLibrary(folder, { more: MORE })
})
afterAll(async () => {
  await library.close()
  await rm(folder, { recursive: true })
})

const TODAY = '2023-06-01'
async function ask(question: string, word: string, more: object = {}) {
  const answerWith = createAnswer({
    retrieve: library.retrieve,
    passages: (id) => library.index.passages(id),
    pickByWords: pickOldest(word),
  })
  const answer = await answerWith({ question, date: TODAY, ...more })
  expect(violations(answer)).toEqual([])
  return answer
}
const texts = (answer: Answer) => answer.statements.map(({ text }) => text)
const noticed = (answer: Answer, kind: string) =>
  answer.notices.filter((notice) => notice.kind === kind).map(({ text }) => text)
const heads = (answer: Answer) => replyOf(answer, TODAY).heads.map(({ printed }) => printed)

describe('our own city, which nobody named', () => {
  test('is answered for each that the articles tell of, under its name', async () => {
    const answer = await ask('咱市建成冷库多少座？', '冷库总库容')
    expect(texts(answer)).toEqual([
      '全市建成冷库175座，冷库总库容26万吨。',
      '截至8月底，全市建成冷库320座，冷库总库容41万吨。',
    ])
    expect(heads(answer)).toEqual([
      '菏泽市 · 2022年7月 · 大河日报',
      '安阳市 · 2022年9月 · 大河日报',
    ])
    expect(noticed(answer, 'place')).toEqual(['问题没有说是哪个地方，这里是菏泽市、安阳市的报道。'])
  })

  test('is named where one alone tells of it', async () => {
    const answer = await ask('咱县菌棚年产香菇多少吨？', '香菇')
    expect(texts(answer)).toEqual(['全县建成菌棚86座，菌棚年产香菇1900吨。'])
    expect(noticed(answer, 'place')).toEqual(['问题没有说是哪个地方，这里是滑县的报道。'])
  })

  test('is not another that speaks of something else', async () => {
    const answer = await ask('咱市菌棚年产香菇多少吨？', '吨')
    expect(texts(answer)).toHaveLength(1)
  })

  test.each([
    ['named', '安阳建成冷库多少座？', {}],
    ['the chat’s', '咱市建成冷库多少座？', { place: '安阳市' }],
  ])('is one, where it is %s', async (_name, question, more) => {
    const answer = await ask(question, '冷库总库容', more)
    expect(texts(answer)).toEqual(['截至8月底，全市建成冷库320座，冷库总库容41万吨。'])
    expect(noticed(answer, 'place')).toEqual([])
  })
})

test('a city asked about is not its county', async () => {
  const answer = await ask('安阳市菌棚年产香菇多少吨？', '香菇')
  expect(noticed(answer, 'place')).toEqual(['这是安阳市滑县的报道，不一定是整个安阳市的情况。'])
})

test('a county asked about is not its city', async () => {
  const answer = await ask('滑县建成冷库多少座？', '冷库总库容')
  expect(noticed(answer, 'place')).toEqual(['这是安阳市的报道，引用的话没有点名滑县。'])
})

describe('who holds an office', () => {
  const NOW = '5月5日，市长韩晓东主持召开市政府常务会议，研究防汛。'
  const BEFORE = '3月3日，市长程立民主持召开市政府常务会议，研究冷库补贴。'

  test('is told from the newest article, and the older is named as older', async () => {
    const answer = await ask('安阳市市长是谁？', '市长')
    expect(texts(answer)).toEqual([NOW, BEFORE])
    expect(noticed(answer, 'stale')).toEqual([
      '这是更早的报道。',
      '这是报道当时的情况，现在可能有变化。',
    ])
    expect(heads(answer)).toEqual([
      '安阳市 · 2022年5月 · 大河日报',
      '安阳市 · 2019年3月（四年多前） · 大河日报',
    ])
  })

  test('of a city that nobody named is told of each, the newest of it', async () => {
    const answer = await ask('市长是谁？', '市长')
    expect(texts(answer)).toEqual([NOW, expect.stringContaining('苏宁远')])
    expect(noticed(answer, 'place')[0]).toContain('问题没有说是哪个地方')
  })

  test('is no matter where something else is asked', async () => {
    const answer = await ask('安阳市市长主持召开了什么会议？', '市长')
    expect(texts(answer)).toEqual([BEFORE])
    expect(noticed(answer, 'stale')).toEqual([])
  })
})
