import { expect, test } from 'vitest'
import { inlineResults } from '../../src/bot/render/inline-results.ts'
import { ANSWERS, answerOf, citationOf } from '../support/answers-to-read.ts'
import { PAYLOADS, checkInlineResults } from '../support/bot-api/check-payload.ts'

const OPTIONS = { today: '2023-02-01', link: () => 'https://t.me/wence_bot?start=s_1-2_abc' }
const resultsOf = (answer: Parameters<typeof inlineResults>[0]) => inlineResults(answer, OPTIONS)

const first = citationOf(1, '甲市补贴五万元。', { articleId: '甲' })
const second = citationOf(2, '乙市补贴六万元。', { articleId: '乙', place: ['某省', '乙市'] })
const third = citationOf(3, '乙市当年申报。', { articleId: '乙', place: ['某省', '乙市'] })
const ofTwo = answerOf({
  statements: [
    { text: '甲市补贴五万元。', citations: [1] },
    { text: '乙市补贴六万元。', citations: [2] },
    { text: '乙市当年申报。', citations: [3] },
  ],
  citations: [first, second, third],
  notices: [
    { kind: 'stale', text: '“当年”指报道当时。', citations: [3] },
    { kind: 'scope', text: '只说了两个市。', citations: [] },
    { kind: 'alone', text: '可以单独问。', citations: [], readings: ['补贴多少？'] },
  ],
  missing: ['什么时候发'],
  status: 'partial',
})

test.each(ANSWERS)('Telegram takes what is shared of: %s', (_name, answer) => {
  const results = resultsOf(answer)
  expect(results.length).toBe(answer.statements.length > 0 ? Math.max(1, results.length) : 0)
  const payload = { inline_query_id: '1', results }
  checkInlineResults(PAYLOADS.answerInlineQuery.parse(payload).results)
})

test('an article alone has its own statements, what is to be minded of them, and marks from ①', () => {
  const [whole, one, other] = resultsOf(ofTwo)
  expect(whole!.title).toBe('完整回答（2 篇报道）')
  expect(textOf(whole)).toMatch(/只说了两个市.*③/su)
  expect(textOf(whole)).toContain('什么时候发')
  expect(textOf(whole)).not.toContain('单独问')
  expect(one).toMatchObject({ title: '甲市补贴五万元。' })
  expect(textOf(one)).not.toMatch(/乙市|②|提示|什么时候发/u)
  expect(other).toMatchObject({
    title: '乙市补贴六万元。',
    description: '濮阳日报 · 2022年10月（均为推断） · 乙市',
  })
  expect(textOf(other)).toMatch(/六万元。①\n\n乙市当年申报。②\n\n提示：“当年”指报道当时。②/u)
  expect(other!.reply_markup?.inline_keyboard).toHaveLength(1)
})

test.each(['conflict', 'premise'] as const)('with a %s no side stands alone', (kind) => {
  const notice = { kind, text: '《甲》写的是：五万元。《乙》写的是：六万元。', citations: [1, 2] }
  expect(resultsOf({ ...ofTwo, notices: [notice] })).toHaveLength(1)
})

test('what is longer than a message is left out, and what fits is offered', () => {
  const long = {
    ...ofTwo,
    statements: [{ text: '很长的话。'.repeat(900), citations: [1] }, ...ofTwo.statements.slice(1)],
  }
  const results = resultsOf(long)
  expect(results.map(({ id, title }) => [id, title])).toEqual([['1', '乙市补贴六万元。']])
})

test('more is offered only so far as it is read', () => {
  const citations = Array.from({ length: 9 }, (_, i) =>
    citationOf(i + 1, `第${i}句。`, { articleId: `文${i}` }),
  )
  const statements = citations.map(({ n, quote }) => ({ text: quote, citations: [n] }))
  const results = resultsOf(answerOf({ citations, statements }))
  expect(results).toHaveLength(3)
  expect(results[0]!.reply_markup?.inline_keyboard.map((row) => row.length)).toEqual([3, 3, 3])
})

function textOf(result: ReturnType<typeof inlineResults>[number] | undefined): string {
  return result?.input_message_content.message_text ?? ''
}
