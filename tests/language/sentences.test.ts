import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sentences } from '../../src/language/sentences.ts'

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
