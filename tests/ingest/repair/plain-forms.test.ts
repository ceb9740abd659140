import { expect, test } from 'vitest'
import { plainForms } from '../../../src/ingest/repair/plain-forms.ts'
import { trace } from '../../../src/traced.ts'

test.each([
  ['１２３Ａ号', '123A号'],
  ['⼾口⾭年', '户口青年'],
  ['é 与 ế', 'é 与 ế'],
])('%s is printed %s', (odd, plain) => {
  expect(plainForms(trace(odd)).text).toBe(plain)
})

test('of thousands of marks on a letter thirty stay, so that normalising it is quick', () => {
  const { text, origin } = plainForms(trace(`前a${'\u0301\u0316'.repeat(100_000)}后`))
  expect(text).toBe(`前a${'\u0301\u0316'.repeat(15)}后`)
  expect(origin.at(-1)).toBe(200_002)
})
