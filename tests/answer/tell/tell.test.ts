import { describe, expect, test } from 'vitest'
import { numberPieces } from '../../../src/answer/context/number-pieces.ts'
import { STATEMENTS_LIMIT, lengthOf } from '../../../src/answer/limits.ts'
import type { Picks } from '../../../src/answer/picks.ts'
import { tell } from '../../../src/answer/tell/tell.ts'
import { passage } from '../../support/paper-passages.ts'

/** Pieces 1 to 3, 4 and 5; of another article 6, and 7 in a sentence too short to prove anything. */
const NIGHT_MARKET = '今年，东关夜市有摊位860个，客流两万人。'
const FLOWERS = '西关花市有摊位120个，由园林处管理。'
const REPRINT = '东关夜市有摊位860个。'
const CONTEXT = numberPieces([
  [passage(`${NIGHT_MARKET}${FLOWERS}`)],
  [passage(`${REPRINT}满了。`, { id: 'p2', articleId: 'a2' }, 500)],
])
const QUESTION = '东关夜市有多少摊位，电话是多少？'

function told(picks: Partial<Picks>, context = CONTEXT) {
  const all = { status: 'answered' as const, statements: [], missing: [], premise: null }
  const { cite, ...rest } = tell({ ...all, ...picks }, context, { asked: [QUESTION] })
  return { ...rest, texts: rest.statements.map(({ text }) => text), citations: cite.citations() }
}

describe('statements', () => {
  test('tell a list as one, with what governs it and what it cites', () => {
    const { statements, citations, sentences, status } = told({ statements: [[2]] })
    expect(statements).toEqual([{ text: NIGHT_MARKET, citations: [1] }])
    expect(citations).toMatchObject([{ n: 1, quote: NIGHT_MARKET, articleId: 'a1' }])
    expect(sentences.map(({ text }) => text)).toEqual([NIGHT_MARKET])
    expect(status).toBe('answered')
  })

  test.each<readonly [name: string, statements: number[][], texts: string[]]>([
    [
      'numbers that no piece has are passed over',
      [[99, 2, 0, -1, 1.5, Number.NaN]],
      [NIGHT_MARKET],
    ],
    ['a list across sentences is told as several', [[2, 4, 5]], [NIGHT_MARKET, FLOWERS]],
    [
      'lists of one sentence are told as one, where the first was',
      [[4], [2], [5]],
      [FLOWERS, NIGHT_MARKET],
    ],
    ['the order of picking is kept', [[4, 5], [2]], [FLOWERS, NIGHT_MARKET]],
    ['the same again is told once', [[6], [6, 6]], [REPRINT]],
    ['what is too short to be quoted is not told', [[7], [6]], [REPRINT]],
  ])('%s', (_name, statements, texts) => expect(told({ statements }).texts).toEqual(texts))

  test('that say what another article’s said are told once', () => {
    const copies = ['a', 'b'].map((id, i) => [passage(FLOWERS, { id, articleId: id }, i * 99)])
    const { texts, citations } = told(
      {
        statements: [
          [1, 2],
          [3, 4],
        ],
      },
      numberPieces(copies),
    )
    expect(texts).toEqual([FLOWERS])
    expect(citations).toHaveLength(1)
  })

  test('that go over what a telephone shows fall away from the end', () => {
    const long = (name: string) => `${name}夜市${'摊位很多而且客流很大'.repeat(19)}。`
    const context = numberPieces([[passage(['东关', '西关', '南关'].map(long).join(''))]])
    const { texts, citations } = told({ statements: [[1], [2], [3]] }, context)
    expect(texts).toEqual([long('东关'), long('西关')])
    expect(citations).toHaveLength(2)
    expect(lengthOf(texts.join(''))).toBeLessThanOrEqual(STATEMENTS_LIMIT)
  })
})

describe('what corrects the question', () => {
  const CORRECTION = '说法有误，报道写的是：'

  test('stands in front of the statement that tells it', () => {
    const { texts, premise, citations } = told({ statements: [[4, 5], [2]], premise: [3] })
    expect(texts).toEqual([FLOWERS, `${CORRECTION}${NIGHT_MARKET}`])
    expect(premise).toBeNull()
    expect(citations).toHaveLength(2)
  })

  test('adds its own pieces to that statement', () => {
    const { texts } = told({ statements: [[4]], premise: [5] })
    expect(texts).toEqual([`${CORRECTION}${FLOWERS}`])
  })

  test('is told apart, where no statement tells it', () => {
    const { texts, premise, citations } = told({ statements: [[2]], premise: [99, 4, 5] })
    expect(texts).toEqual([NIGHT_MARKET])
    expect(premise).toMatchObject({
      text: `${CORRECTION}${FLOWERS}`,
      sentence: { text: FLOWERS },
    })
    expect(citations).toHaveLength(1)
  })

  test('is told apart, where its statement fell away', () => {
    const long = (name: string) => `${name}夜市${'摊位很多而且客流很大'.repeat(24)}。`
    const context = numberPieces([
      [passage(`${long('东关')}${long('西关')}${FLOWERS}${NIGHT_MARKET}`)],
    ])
    const { texts, premise } = told({ statements: [[1], [2], [3, 4]], premise: [3] }, context)
    expect(texts).toEqual([long('东关'), long('西关')])
    expect(premise?.text).toBe(`${CORRECTION}西关花市有摊位120个。`)
  })

  test('of which no piece exists is none', () => {
    expect(told({ statements: [[2]], premise: [99] }).premise).toBeNull()
  })
})

describe('what is missing, and the status', () => {
  test('only words of the question are missing, each once', () => {
    const missing = ['电话是多少', '地址', '电话是多少', '']
    expect(told({ statements: [[2]], missing }).missing).toEqual(['电话是多少'])
  })

  test.each<readonly [name: string, picks: Partial<Picks>, status: string, statements: number]>([
    ['answered', { statements: [[2]] }, 'answered', 1],
    ['partial as picked', { status: 'partial', statements: [[2]] }, 'partial', 1],
    ['partial where words are missing', { statements: [[2]], missing: ['电话'] }, 'partial', 1],
    [
      'answered where what is missing was not asked',
      { statements: [[2]], missing: ['地址'] },
      'answered',
      1,
    ],
    ['refused where nothing can be told', { statements: [[99], [7]] }, 'not_found', 0],
    ['refused, whatever was picked', { status: 'not_found', statements: [[2]] }, 'not_found', 0],
  ])('%s', (_name, picks, status, statements) => {
    const answer = told(picks)
    expect([answer.status, answer.statements.length]).toEqual([status, statements])
  })
})

describe('an item of a list', () => {
  const LIST = [
    '有下列情形之一的，免收检测费：',
    '（一）第一次申请检测的；',
    '（二）水质不合格需要复测的。',
    '下列用户不享受优惠：',
    '洗浴中心',
    '个体经营的洗车店。',
  ].join('\n')
  const context = numberPieces([[passage(LIST)]])
  const numberOf = (words: string) => {
    const all = context.articles[0]!.sentences
    return all.find(({ text }) => text.includes(words))!.first
  }

  test.each([
    ['复测', ['有下列情形之一的，免收检测费。', '水质不合格需要复测的。']],
    ['洗车店', ['下列用户不享受优惠。', '个体经营的洗车店。']],
  ])('%s is told behind what announces it', (words, texts) => {
    expect(told({ statements: [[numberOf(words)]] }, context).texts).toEqual(texts)
  })

  test('items of one list are announced once', () => {
    const { texts } = told({ statements: [[numberOf('第一次')], [numberOf('复测')]] }, context)
    expect(texts.filter((text) => text.includes('免收'))).toHaveLength(1)
  })

  test('under a heading that denies', () => {
    const page = passage('不予受理的情形\n材料不齐全的申请。', { subhead: '不予受理的情形' })
    const denied = numberPieces([[page]])
    const last = denied.articles[0]!.sentences.at(-1)!.first
    expect(told({ statements: [[last]] }, denied).texts).toEqual([
      '不予受理的情形。',
      '材料不齐全的申请。',
    ])
  })
})
