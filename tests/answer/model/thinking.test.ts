import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { THINKING, createAnswerText } from '../../../src/answer/model/thinking.ts'

const ANSWER = '{"status":"answered"}'
const WRONG = '{"status":"not_found"}'

/** The answer in a text that comes in as these pieces, and what was told since the last beginning. */
function answerIn(pieces: Iterable<string>) {
  let told = ''
  const text = createAnswerText(() => {
    told = ''
    return (piece) => (told += piece)
  })
  for (const piece of pieces) text.add(piece)
  return { answer: text.end(), told }
}

describe.each(THINKING)('$name', ({ entries }) => {
  test.each(entries)('$word', ({ right, wrong }) => {
    expect(right.length).toBeGreaterThan(0)
    for (const example of right) {
      const { answer, told } = answerIn(example)
      expect(answer).not.toContain(WRONG)
      expect(answer.trim()).toBe(example.includes(ANSWER) ? ANSWER : '')
      expect(told).toBe(answer)
    }
    for (const example of wrong) expect(answerIn(`${ANSWER}${example}`).answer).toContain(ANSWER)
  })
})

test.each<[string, string]>([
  ['nothing but the answer', ANSWER],
  ['a thought before', `<think>先看 ${WRONG} 再说</think>\n${ANSWER}`],
  ['a thought without its beginning', `先看 ${WRONG}</think>${ANSWER}`],
  ['a thought behind', `${ANSWER}<think>对吗</think>`],
  ['a thought that does not end', `${ANSWER}<think>还是 ${WRONG}`],
  ['a thought in a thought', `<think>一<think>${WRONG}</think>二${WRONG}</think>${ANSWER}`],
  ['an answer that was thought over', `${WRONG}<think>不对</think>${ANSWER}`],
  [
    'channels',
    `<|channel|>analysis<|message|>先看 ${WRONG}<|end|><|start|>assistant<|channel|>final<|message|>${ANSWER}<|return|>`,
  ],
  [
    'channels with what constrains them',
    `<|start|>assistant<|channel|>final <|constrain|>JSON<|message|>${ANSWER}`,
  ],
  ['channels whose marks were taken out', `analysis先看 ${WRONG}assistantfinal${ANSWER}`],
])('%s', (_name, text) => {
  expect(answerIn([text]).answer.trim()).toBe(ANSWER)
  expect(answerIn(text).answer.trim()).toBe(ANSWER)
})

test('thinking that goes on is no answer', () => {
  expect(answerIn(` <think>还在想 ${WRONG}`).answer.trim()).toBe('')
  expect(answerIn(`<|channel|>analysis<|message|>还在想 ${WRONG}`).answer).toBe('')
})

test('a fence of code and brackets stay', () => {
  const fenced = `\`\`\`json\n{"statements":[[3,4],[9]],"a":"<b>"}\n\`\`\``
  expect(answerIn(fenced)).toEqual({ answer: fenced, told: fenced })
})

test.each([
  '{"status":"answered","question":"</think> 是什么？"}',
  '```json\n{"a":[{"b":"\\"<think>"},"</think>"]}\n```',
  '{"a":"\\\\","b":"<|end|>。<|channel|>final"}',
])('a mark that the answer quotes is a word: %s', (quoting) => {
  for (const text of [quoting, `<think>${WRONG}</think>${quoting}`, `想 "</think>${quoting}`])
    for (const pieces of [[text], text]) {
      const { answer, told } = answerIn(pieces)
      expect(answer).toBe(quoting)
      expect(told).toBe(quoting)
    }
})

test('a mark behind the answer is none of its words', () => {
  expect(answerIn(`${ANSWER}，又说“"<think>${WRONG}`).answer).toBe(`${ANSWER}，又说“"`)
})

test('the same, however it is cut', () => {
  const written = fc
    .array(
      fc.constantFrom(
        '<think>',
        '</think>',
        '<|channel|>final',
        '<|message|>',
        '{"a":1}',
        '{"a":"',
        String.raw`\"`,
        '<',
        '想',
      ),
    )
    .map((parts) => parts.join(''))
  // No mark begins another, or its end would have to be waited for.
  const marks = THINKING.flatMap(({ entries }) => entries.map(({ word }) => word))
  for (const mark of marks) expect(marks.filter((other) => other.startsWith(mark))).toEqual([mark])
  fc.assert(
    fc.property(written, fc.nat(7), (text, size) => {
      const pieces = Array.from({ length: Math.ceil(text.length / (size + 1)) }, (_, i) =>
        text.slice(i * (size + 1), (i + 1) * (size + 1)),
      )
      expect(answerIn(pieces)).toEqual(answerIn([text]))
    }),
  )
})
