import { describe, expect, test } from 'vitest'
import { asksTheSame } from '../../src/retrieval/follow-up/asks-the-same.ts'
import {
  COURTESIES,
  createReadCourtesy,
  offerFor,
  readCourtesy,
} from '../../src/retrieval/courtesy.ts'

const kindOf = (message: string, read = readCourtesy) => read(message)?.kind
/** Classes that other entries put together: their words show in the kind of any such entry. */
const PARTS: Readonly<Record<string, string>> = {
  write: 'writing',
  piece: 'writing',
  ignore: 'machinery',
  instructions: 'machinery',
  judge: 'opinion',
}

describe.each(COURTESIES)('$name $where', (wordClass) => {
  const kind = PARTS[wordClass.name] ?? wordClass.name

  test.each(wordClass.entries)('$word', ({ word, right, wrong }) => {
    const less = createReadCourtesy(
      COURTESIES.map((of) => ({
        ...of,
        entries: of.entries.filter((e) => of !== wordClass || e.word !== word),
      })),
    )
    for (const message of right) expect(kindOf(message), message).toBe(kind)
    expect(
      right.some((message) => kindOf(message, less) !== kind),
      `without ${word}`,
    ).toBe(true)
    for (const message of wrong) expect(kindOf(message), message).not.toBe(kind)
  })
})

test.each([
  ['你好，你是谁', 'who'],
  ['好的，谢谢', 'thanks'],
  ['zhuanli daikuan', 'latin'],
  ['How do I get a loan?', 'latin'],
  ['<b>x</b>', 'latin'],
  ['？？', 'empty'],
  ['用电？', 'word'],
  ['专利贷款', 'word'],
  ['GDP', 'word'],
])('%s is no question: %s', (message, kind) => {
  expect(kindOf(message)).toBe(kind)
})

test.each([
  '濮阳',
  '报装要几天',
  '谢谢，那要几天',
  '市长是谁',
  '多少钱',
  '打维权官司去哪里找法律援助',
  '贷款申请书怎么写报道里说了吗',
  '代表建议怎么写的',
  '氢能那篇报告谁写的',
  '县长叫什么名字',
  '哪个县的企业最多',
  '我买房有补贴吗',
  '请问办理贷款要写一份什么材料',
])('%s is for the articles', (message) => {
  expect(readCourtesy(message)).toBeUndefined()
})

test('a word that follows on from the conversation is no word alone', () => {
  const history = [{ question: '农机补贴怎么领', answer: '到农机站领。' }]
  expect(readCourtesy('补贴呢', history)).toBeUndefined()
  expect(readCourtesy('储气库', history)).toMatchObject({ kind: 'word', word: '储气库' })
  expect(readCourtesy('？？', history)).toMatchObject({ kind: 'empty' })
})

describe('a word alone is offered', () => {
  const found = (headline: string | null, text = '', lacking = ['用电']) => ({
    passage: { headline, text },
    lacking,
  })
  const offer = (...given: ReturnType<typeof found>[]) =>
    offerFor({ kind: 'word', word: '用电', parts: ['用电'] }, given)

  test('questions from the headlines of what speaks of it, those that name it first', () => {
    expect(
      offer(
        found('营业厅进社区', '可办用电业务'),
        found('中试基地建设', '财政奖励'),
        found('用电报装再提速'),
        found('用电报装再提速', '用电'),
      ),
    ).toEqual({
      text: '想了解“用电”的哪一方面？可以这样问：',
      readings: [
        '关于用电，《用电报装再提速》讲了什么内容？',
        '关于用电，《营业厅进社区》讲了什么内容？',
      ],
    })
  })

  test('what speaks of it in other words, or of its parts', () => {
    expect(offer(found('接电不要钱', '接电', [])).readings).toHaveLength(1)
    const word = { kind: 'word', word: '专利贷款', parts: ['专利', '贷款'] } as const
    expect(offerFor(word, [found('质押融资', '用专利能贷款')]).readings).toHaveLength(1)
  })

  test('three of them at most', () => {
    const many = Array.from({ length: 5 }, (_, i) => found(`用电之${i}`))
    expect(offer(...many).readings).toHaveLength(3)
  })

  test('to be asked in a sentence where only untitled articles speak of it', () => {
    expect(offer(found(null, '用电'))).toMatchObject({ readings: [] })
    expect(offer(found(null, '用电')).text).toContain('写成一句话')
  })

  test('another word where no article speaks of it', () => {
    expect(offer(found('营业厅')).text).toContain('没有找到说“用电”的报道')
  })
})

test.each([
  ['谢谢，报装要几天？', '报装要几天', true],
  ['请问报装要几天', '报装要几天。', true],
  ['那要几天', '报装要几天', false],
])('%s and %s ask the same: %s', (one, other, same) => {
  expect(asksTheSame(one, other)).toBe(same)
})
