import { describe, expect, test } from 'vitest'
import { askedAlone, understand } from '../../src/retrieval/understand.ts'
import { weighUnits } from '../../src/retrieval/weigh.ts'

const unit = (question: Parameters<typeof understand>[0], text: string) =>
  understand(question).units.find((u) => u.text === text)

test('everyday words are looked for as official ones too', () => {
  const asked = { question: '厂子怎么接电' }
  expect(unit(asked, '厂子')?.others).toContain('企业')
  expect(unit(asked, '接电')?.others).toContain('用电报装')
})

test('chat counts next to nothing beside what it is about', () => {
  const asked = { question: '请问滞纳金到底怎么算' }
  expect(unit(asked, '怎么')!.weight).toBeLessThan(0.2)
  expect(unit(asked, '滞纳金')!.weight).toBe(1)
})

test('a place counts less as a word, for it is compared as a place', () => {
  const { units, places } = understand({ question: '濮阳的贷款' })
  expect(units.find(({ text }) => text === '濮阳')!.weight).toBe(0.5)
  expect(places).toEqual({ paths: [['河南省', '濮阳市']], firm: true })
})

test('years are counted from the day of asking', () => {
  expect(understand({ question: '去年的贷款', date: '2023-06-01' }).years).toEqual([
    { year: 2022, relative: true },
  ])
})

describe('a follow-up', () => {
  const history = [{ question: '濮阳的中试基地奖多少钱', answer: '受益财政奖50万元。' }]
  const { follows, standalone, units, places, context } = understand({
    question: '那要多久？',
    history,
  })

  test('is read whole, and what it takes over is weighed less', () => {
    const topic = units.find(({ text }) => text.includes('中试'))!
    expect(topic.weight).toBeLessThan(1)
    expect(follows).toBe(true)
    expect(standalone).toBe('濮阳的中试基地要多久？')
  })

  test('means the place that was spoken of', () => {
    expect(places.paths).toEqual([['河南省', '濮阳市']])
  })

  test('unless it names another', () => {
    expect(understand({ question: '那聊城呢？', history }).places.paths).toEqual([
      ['山东省', '聊城市'],
    ])
  })

  test('is led a little by the answer before', () => {
    const led = context.find(({ term }) => term === '受益')
    expect(led!.weight).toBeGreaterThan(0)
    expect(led!.weight).toBeLessThan(0.2)
  })
})

test('a question with a topic of its own is led by nothing that was said before', () => {
  const history = [{ question: '濮阳的中试基地奖多少钱', answer: '受益财政奖50万元。' }]
  const { follows, places, units } = understand({
    question: '城乡供水服务中心用水报装的外线工程审批时限是几天',
    history,
  })
  expect(follows).toBe(false)
  expect(places.paths).toEqual([])
  expect(units.some(({ text }) => text.includes('中试'))).toBe(false)
})

test('a question without history is searched as it is', () => {
  expect(understand({ question: '厂子怎么接电？' })).toMatchObject({
    standalone: '厂子怎么接电？',
    context: [],
  })
})

test('a pasted page is looked at as far as a question goes', () => {
  const page = Array.from({ length: 20_000 }, (_, i) =>
    String.fromCharCode(0x4e00 + (i % 5_000)),
  ).join('')
  expect(understand({ question: page }).units.length).toBeLessThan(1_100)
})

test('a follow-up asked alone has what it took over in full, and what it asks as much more as before', () => {
  const history = [{ question: '濮阳的专利质押贷款有多少？', answer: '2.86亿元。' }]
  const { units } = understand({ question: '那一共几家企业？', history })
  const weighed = weighUnits(units, { of: new Map(), nowhere: 5 })
  const own = weighed.filter(({ from }) => from === 'question')
  const taken = weighed.filter(({ from }) => from === 'history')
  expect([own.length, taken.length].every((length) => length > 0)).toBe(true)
  for (const each of weighed) {
    const alone = askedAlone(each)
    expect(alone).toMatchObject({ text: each.text, from: 'question' })
    expect(alone.mass / each.mass).toBeCloseTo(askedAlone(taken[0]!).mass / taken[0]!.mass)
  }
  expect(own.map((each) => askedAlone(each).weight)).toEqual(own.map(({ weight }) => weight))
  expect(askedAlone(taken[0]!).weight).toBeGreaterThan(taken[0]!.weight * 2)
})
