import { expect, test } from 'vitest'
import { structureOf } from '../../src/language/clauses.ts'
import { governorsOf, GOVERNORS } from '../../src/language/governors.ts'
import { misprints } from '../../src/language/misprints.ts'
import { pairs } from '../../src/language/pairs.ts'
import { pieces } from '../../src/language/pieces.ts'
import { readSentence } from '../../src/language/read-sentence.ts'
import { quotable, sentences } from '../../src/language/sentences.ts'
import { measure } from '../growth/grows.ts'

const LENGTHS = [5000, 20_000]
const governs = governorsOf(GOVERNORS)

const UNITS =
  '1 甲 ， 、 。 … — ■ （ ） “ ” " \' 《 （甲） “甲” "甲" “甲， 甲， 甲、 1, 1— 甲（甲）， “甲”。 甲。\n'
    .split(' ')
    .concat(' ', '\n')
const repeated = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length))
const halves = (first: string, second: string) => (length: number) =>
  repeated(first, length / 2) + repeated(second, length / 2)
const TEXTS = [
  ...UNITS.map((unit) => [unit, (length: number) => repeated(unit, length)] as const),
  ['（…）', halves('（', '）')] as const,
  ['（…》', halves('（', '》')] as const,
  ['（…"', halves('（', '"')] as const,
]

test.each(TEXTS)('%j over and over is read in time', async (_name, textOf) => {
  const grown = await measure((length) => {
    const text = textOf(length)
    sentences(text)
    quotable(text)
    quotable(text, true)
    pairs(text)
    misprints(text)
    structureOf(text, pieces(text))
  }, LENGTHS)
  expect(grown).toMatchObject({ grows: false })
})

test.each([
  '甲，',
  '1，',
  '（甲）',
  '有2家，',
  '《甲》，',
  '《甲》',
  '1日',
  '1月1日至',
  '一',
  '千',
])('%s makes clauses in time', async (unit) => {
  const grown = await measure((length) => {
    const text = repeated(unit, length)
    readSentence(text, pieces(text), governs)
  }, LENGTHS)
  expect(grown).toMatchObject({ grows: false })
})
