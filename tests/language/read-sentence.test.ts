import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { governorsOf, GOVERNORS } from '../../src/language/governors.ts'
import { pieces } from '../../src/language/pieces.ts'
import { isCounting, isNamed, isVerb, readSentence } from '../../src/language/read-sentence.ts'
import { wordsOf } from '../../src/language/words.ts'

const governs = governorsOf(GOVERNORS)
const read = (text: string) => readSentence(text, pieces(text), governs).clauses
const first = (text: string) => read(text)[0]!

describe('the frame of the first clause is', () => {
  describe.each([
    [
      'condition',
      [
        '若有变动，另行通知',
        '购买新车的，补贴三千元',
        '对认定的基地，免收租金',
        '除节假日外，每天开放',
      ],
    ],
    ['phase', ['审核通过后，发给证书', '办理业务时，出示证件', '三家工厂投产之前，先招工']],
    [
      'time',
      ['今年1月，大桥通车', '2021年—2023年，产茶三吨', '目前，大桥通车', '近年来，果园多了'],
    ],
    ['idle', ['第一，要有场地', '近日，大桥通车', '其中，柳塘有三家', '本报讯，大桥通车']],
    [
      'purpose',
      ['为方便群众，延时服务', '以市场为导向，调整品种', '数据显示，产量翻番', '据统计，游客多了'],
    ],
    [
      null,
      [
        '大桥通车，班车提速',
        '若干企业落户，带动就业',
        '围绕果品加工引进三家企业，产值翻番',
        '2021年4月3日动工，明年通车',
        '其中柳塘有三家，产茶三吨',
      ],
    ],
  ] as const)('%s', (frame, texts) => {
    test.each(texts)('%s', (text) => expect(first(text).frame).toBe(frame))
  })
})

test.each([
  ['今年，大桥通车', true],
  ['昨天县里办茶叶节', true],
  ['2021年4月3日动工', true],
  ['1—5月产茶三吨', true],
  ['县里举办2023年茶叶节', false],
  ['大桥通车', false],
])('whether %s says when: %s', (text, expected) => expect(first(text).hasTime).toBe(expected))

test.each([
  ['一是修路，二是建桥', [true, true]],
  ['一要修路，建桥', [true, false]],
  ['统一是大势', [false]],
])('which clauses of %s are numbered', (text, expected) => {
  expect(read(text).map(({ numbered }) => numbered)).toEqual(expected)
})

test.each([
  ['what numbers stands before what governs', '一是如果下雨，班车停运', 'condition'],
  ['…and what joins', '但如果下雨，班车停运', 'condition'],
  ['…and both', '三是但如果下雨，班车停运', 'condition'],
])('%s', (_name, text, frame) => expect(first(text).frame).toBe(frame))

test.each([
  ['a date before it is no subject', '2023年1月产量三吨', 'property'],
  ['one word behind a date is what happened', '1997年4月3日动工', 'none'],
  ['a date alone has none', '今年1月', 'none'],
])('%s', (_name, text, subject) => expect(first(text).subject).toBe(subject))

test('a title is a name, whatever it says', () => {
  expect(first('出台《拟建项目清单》').has('plan')).toBe(false)
  expect(first('县里拟建清单').has('encourage')).toBe(false)
  expect(first('县里拟修大桥').has('plan')).toBe(true)
})

test('a clause has the words outside of its brackets, and no marks', () => {
  const [clause] = read('柳塘（县城）产茶、制茶。')
  expect(clause!.words.map(({ text }) => text).join('')).toBe('柳塘产茶制茶')
})

test.each([
  ['河南产茶', true],
  ['全县产茶', true],
  ['产茶三吨', false],
])('whether %s names somebody: %s', (text, expected) => expect(isNamed(first(text))).toBe(expected))

test('what counts, and what is done', () => {
  const words = wordsOf('茶厂招收三十名工人')
  expect(words.filter(isCounting).map(({ text }) => text)).toEqual(['三十名'])
  expect(words.filter(isVerb).map(({ text }) => text)).toEqual(['招收'])
})

test('the same pieces are read once, of each lexicon', () => {
  const text = '若有变动，另行通知'
  const all = pieces(text)
  const once = readSentence(text, all, governs)
  expect(readSentence(text, all, governs)).toBe(once)
  const other = readSentence(text, all, () => false)
  expect(other.clauses[0]!.frame).toBeNull()
})

test('every word is of the clause that its piece is of', () => {
  const units = [
    ...Array.from('甲乙1，、。；：（）“”《》 '),
    '如果',
    '其中',
    '今年',
    '产茶',
    '三家',
  ]
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...units), maxLength: 40 }), (text) => {
      const all = pieces(text)
      for (const { clause, words } of readSentence(text, all, governs).clauses) {
        const own = wordsOf(text).filter(
          ({ start, end, tag }) =>
            tag !== 'x' && clause.pieces.some((i) => all[i]!.start <= start && end <= all[i]!.end),
        )
        expect(words).toEqual(own)
      }
    }),
  )
})
