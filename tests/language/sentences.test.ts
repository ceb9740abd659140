import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  LONGEST_QUOTED,
  quotable,
  sentences,
  SHORTEST_QUOTED,
} from '../../src/language/sentences.ts'

const cut = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end))

test.each([
  [
    'ends at full stops, question and exclamation marks',
    '利率低。放款快！怎么办？',
    ['利率低。', '放款快！', '怎么办？'],
  ],
  ['ends at a line’s end', '用途\n流动资金', ['用途', '流动资金']],
  [
    'takes the closing quote along',
    '他说：“很方便。”近日，大厅里',
    ['他说：“很方便。”', '近日，大厅里'],
  ],
  [
    'leaves the speaker with what he says',
    '“效率真高。”李芳说。她',
    ['“效率真高。”李芳说。', '她'],
  ],
  [
    'does not end at a decimal point or a comma',
    '增长9.8%,居第1位。1至4月',
    ['增长9.8%,居第1位。', '1至4月'],
  ],
  [
    'does not end within an address',
    '登录http://a.cn/x?b=1查询!好',
    ['登录http://a.cn/x?b=1查询!', '好'],
  ],
  ['has none in an empty text', ' \n ', []],
])('%s', (_name, text, expected) => {
  expect(cut(text)).toEqual(expected)
})

test('leaves out nothing but white space', () => {
  const texts = fc.string({ unit: fc.constantFrom('贷', '。', '”', '“', '\n', ' ', '说', '！') })
  fc.assert(
    fc.property(texts, (text) => {
      expect(cut(text).join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''))
    }),
  )
})

const quoted = (text: string, lined?: boolean) =>
  quotable(text, lined).map(({ start, end }) => text.slice(start, end))

/** Just longer than what is quoted in one. */
const long = (middle: string) => {
  const half = '茶'.repeat(LONGEST_QUOTED / 2)
  return [half, middle, half]
}

describe('what is quoted', () => {
  test.each([
    ['is a sentence', '茶厂投产。农户增收；县里发奖。', ['茶厂投产。', '农户增收；县里发奖。']],
    ['has no ornaments before it', '■ 茶厂投产。▲农户增收。', ['茶厂投产。', '农户增收。']],
    ['is nothing of ornaments alone', '■□\n', []],
    ['stays whole without a place to part at', long('，').join(''), [long('，').join('')]],
  ])('%s', (_name, text, expected) => expect(quoted(text)).toEqual(expected))

  test.each(['；', ';', '。”', '！”'])('is parted behind %s in a long sentence', (mark) => {
    const [left, middle, right] = long(mark)
    // A speaker behind the quotation makes it one sentence.
    const text = `“${left}${middle}他说${right}`
    expect(quoted(text)).toEqual([`“${left}${middle}`, `他说${right}`])
  })

  test('is not parted at a bound that it does not pass', () => {
    const text = `${'茶'.repeat(LONGEST_QUOTED - 3)}；茶。`
    expect(quoted(text)).toEqual([text])
    expect(quoted(`茶${text}`)).toHaveLength(2)
  })
})

describe('lines are quoted', () => {
  test.each([
    ['each', '茶厂招工三十名\n县里修路两公里', ['茶厂招工三十名', '县里修路两公里']],
    ['whatever their marks', '茶厂投产。农户增收。', ['茶厂投产。农户增收。']],
    ['a short one with that before it', '茶厂招工三十名\n三十', ['茶厂招工三十名\n三十']],
    [
      'a short one that begins with that behind it',
      '名单\n茶厂招工三十名',
      ['名单\n茶厂招工三十名'],
    ],
    ['short ones together', '名单\n茶厂\n三十', ['名单\n茶厂\n三十']],
    ['a short one alone', '名单', ['名单']],
    ['none of an empty text', ' \n\n', []],
  ])('%s', (_name, text, expected) => expect(quoted(text, true)).toEqual(expected))
})

const anyText = fc.string({
  unit: fc.constantFrom(...Array.from('茶厂。！；”“\n ■，说'), '茶'.repeat(60)),
  maxLength: 30,
})

test('what is quoted is in order and apart, and nothing but ornaments is left out', () => {
  const bare = (text: string) => text.replace(/[\s■]/gu, '')
  fc.assert(
    fc.property(anyText, fc.boolean(), (text, lined) => {
      let from = 0
      for (const { start, end } of quotable(text, lined)) {
        expect(start).toBeGreaterThanOrEqual(from)
        expect(end).toBeGreaterThan(start)
        from = end
      }
      expect(bare(quoted(text, lined).join(''))).toBe(bare(text))
    }),
  )
})

test('no line is quoted that is too short to prove anything, but one alone', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const all = quoted(text, true)
      const short = all.filter((line) => line.replace(/\s/gu, '').length < SHORTEST_QUOTED)
      expect(short.length === 0 || all.length === 1).toBe(true)
    }),
  )
})
