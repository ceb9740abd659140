import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberPieces } from '../../../src/answer/context/number-pieces.ts'
import type { Context } from '../../../src/answer/context/context.ts'
import type { Passage } from '../../../src/corpus.ts'
import { PASSAGES, passage } from '../../support/paper-passages.ts'
import { measure } from '../../growth/grows.ts'
import { pieceOf } from '../pick/contexts.ts'

const sentencesOf = ({ articles }: Context) => articles.flatMap(({ sentences }) => sentences)
const textsOf = (...articles: (readonly Passage[])[]) =>
  sentencesOf(numberPieces(articles)).map(({ text }) => text)
const piecesIn = (context: Context) =>
  Array.from({ length: context.size }, (_, i) => pieceOf(context, i + 1))

describe('numbers', () => {
  test('count the pieces from 1 through all articles, in reading order', () => {
    const context = numberPieces([
      [passage('夜市有摊位860个，客流两万人。由管理中心管理。')],
      [passage('花市开放。', { articleId: 'a2' })],
    ])
    expect(context.size).toBe(4)
    expect(piecesIn(context)).toEqual([
      '夜市有摊位860个',
      '客流两万人',
      '由管理中心管理',
      '花市开放',
    ])
    expect(sentencesOf(context).map(({ first }) => first)).toEqual([1, 3, 4])
    expect(context.articles.map(({ articleId }) => articleId)).toEqual(['a1', 'a2'])
  })

  test('are unique and dense, whatever articles there are', () => {
    const some = fc.array(fc.subarray([...PASSAGES], { minLength: 1 }), { maxLength: 4 })
    fc.assert(
      fc.property(some, (articles) => {
        const context = numberPieces(articles)
        const numbers = sentencesOf(context).flatMap(({ first, pieces }) =>
          pieces.map((_, i) => first + i),
        )
        expect(numbers).toEqual(Array.from({ length: context.size }, (_, i) => i + 1))
        for (const n of numbers) {
          const { sentence, index } = context.at(n)!
          expect(sentence.first + index).toBe(n)
        }
      }),
      { numRuns: 50 },
    )
  })

  test.each([0, -1, 1.5, 3, 1e9, Number.NaN, Infinity, -Infinity])('%d has no piece', (n) => {
    expect(numberPieces([[passage('夜市开放，花市关闭。')]]).at(n)).toBeUndefined()
  })

  test.each<[string, Passage[][]]>([
    ['no articles', []],
    ['an article without passages', [[]]],
    ['marks alone', [[passage('……。')]]],
  ])('%s: nothing is numbered', (_name, articles) => {
    const context = numberPieces(articles)
    expect([context.size, context.articles, context.at(1)]).toEqual([0, [], undefined])
  })
})

describe('sentences', () => {
  test('stand where their passage prints them', () => {
    for (const { passage: of, text, start, end } of sentencesOf(numberPieces([PASSAGES])))
      expect(of.text.slice(start, end)).toBe(text)
  })

  test('of a head are its lines', () => {
    const head = passage('东关夜市今日开市\n本报记者 罗小满 何秋生', { part: 'head' })
    expect(textsOf([head])).toEqual(['东关夜市今日开市', '本报记者 罗小满 何秋生'])
  })

  test('of a table are its rows, and pieces its cells', () => {
    const context = numberPieces([
      [passage('东关 摊位 120 ——\n西关 摊位 1,086', { kind: 'table' })],
    ])
    expect(sentencesOf(context).map(({ text }) => text)).toEqual([
      '东关 摊位 120 ——',
      '西关 摊位 1,086',
    ])
    expect(piecesIn(context)).toEqual(['东关', '摊位', '120', '西关', '摊位', '1,086'])
  })

  test('of a table’s head are no rows', () => {
    const head = passage('夜市摊位，按区县', { kind: 'table', part: 'head' })
    expect(piecesIn(numberPieces([[head]]))).toEqual(['夜市摊位', '按区县'])
  })

  test('of more than 300 characters go by their parts', () => {
    const parts = ['东', '西', '南'].map((side) => `${side}关夜市${'客流很大'.repeat(30)}`)
    expect(textsOf([passage(`${parts.join('；')}。`)])).toEqual([
      `${parts[0]}；`,
      `${parts[1]}；`,
      `${parts[2]}。`,
    ])
  })
})

describe('what stands before a sentence', () => {
  const [one, two] = [
    '何秋生代表提出：一是减免费用。二是延长时间。',
    '三是增设公厕。\n夜市开到凌晨。',
  ]
  const beforeOf = (...passages: Passage[]) =>
    sentencesOf(numberPieces([passages])).map(({ before }) => before)

  test('is its paragraph, also where that began in the passage before', () => {
    const goesOn = passage(two, { id: 'p2', n: 2, start: one.length })
    expect(beforeOf(passage(one), goesOn)).toEqual(['', one.slice(0, 15), one, ''])
  })

  test.each<[string, Partial<Passage>]>([
    ['another paragraph', { start: one.length + 1 }],
    ['a passage that was left out', { n: 3, start: 400 }],
  ])('is nothing of %s', (_name, over) => {
    expect(beforeOf(passage(one), passage(two, { id: 'p2', n: 2, ...over })).at(2)).toBe('')
  })

  test('is nothing of its head', () => {
    const head = passage('何秋生代表建议', { id: 'h', part: 'head', n: 0 })
    expect(beforeOf(head, passage(two, { start: 7 }))).toEqual(['', '', ''])
  })

  test('is found in the time of the article, also where that is one paragraph', async () => {
    const { grows } = await measure(
      (length) =>
        numberPieces([
          Array.from({ length: length / 400 }, (_, n) =>
            passage('县里奖励居民。'.repeat(57).slice(0, 399) + '。', {
              id: `p${n}`,
              n,
              start: n * 400,
            }),
          ),
        ]),
      [50_000, 200_000],
    )
    expect(grows).toBe(false)
  })
})

test('the section above a passage is asked for, none without', () => {
  const at = passage('夜市开放。', { subhead: '（一）夜市' })
  const sections = (context: Context) => sentencesOf(context).map(({ section }) => section)
  expect(sections(numberPieces([[at]], ({ subhead }) => `三、${subhead}`))).toEqual([
    '三、（一）夜市',
  ])
  expect(sections(numberPieces([[at]]))).toEqual([null])
})
