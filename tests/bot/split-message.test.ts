import { array, assert, constantFrom, nat, oneof, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { type Formatted, bold, foldedQuote, formatted } from '../../src/bot/render/formatted.ts'
import { splitMessage } from '../../src/bot/render/split-message.ts'
import { checkText } from '../support/bot-api/check-payload.ts'

const words = string({
  unit: constantFrom('企', '业', '。', '\n', '𠮷', ' ', 'a'),
  minLength: 1,
  maxLength: 120,
})
const anyBlock = oneof(
  words.map((text) => formatted(text)),
  words.map((text) => formatted('头', bold(text), '尾')),
  words.map((text) => formatted('源\n', foldedQuote(formatted('引', bold(text))))),
)
const dense = (texts: readonly string[]) => texts.join('').replaceAll(/\s/g, '')

test('whatever is split, every message is one that Telegram takes and nothing is lost', () => {
  assert(
    property(array(anyBlock, { maxLength: 8 }), nat({ max: 60 }), (blocks, more) => {
      const messages = splitMessage(blocks, 20 + more)
      for (const { text, entities } of messages) {
        expect(text.length).toBeLessThanOrEqual(20 + more)
        checkText(text, entities)
      }
      expect(dense(messages.map(({ text }) => text))).toBe(dense(blocks.map(({ text }) => text)))
      expect(styledText(messages)).toBe(styledText(blocks))
    }),
  )
})

test('blocks are parted between messages and stay whole', () => {
  const blocks = ['第一句。', '第二句。', '第三句。'].map((text) => formatted(bold(text)))
  expect(splitMessage(blocks, 12).map(({ text }) => text)).toEqual([
    '第一句。\n\n第二句。',
    '第三句。',
  ])
})

test('a block too long for a message is cut after a sentence', () => {
  const block = formatted('甲乙丙丁戊。己庚辛。壬癸子丑寅卯')
  expect(splitMessage([block], 12).map(({ text }) => text)).toEqual([
    '甲乙丙丁戊。己庚辛。',
    '壬癸子丑寅卯',
  ])
})

test('a message holds no more entities than are shown', () => {
  const blocks = Array.from({ length: 150 }, () => formatted(bold('甲')))
  expect(splitMessage(blocks).map(({ entities }) => entities.length)).toEqual([100, 50])
})

/** All that is bold, in order. */
function styledText(messages: readonly Formatted[]): string {
  return dense(
    messages.flatMap(({ text, entities }) =>
      entities
        .filter(({ type }) => type === 'bold')
        .map(({ offset, length }) => text.slice(offset, offset + length)),
    ),
  )
}
