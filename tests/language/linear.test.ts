import { expect, test } from 'vitest'
import { structureOf } from '../../src/language/clauses.ts'
import { governorsOf, GOVERNORS } from '../../src/language/governors.ts'
import { misprints } from '../../src/language/misprints.ts'
import { pairs } from '../../src/language/pairs.ts'
import { pieces } from '../../src/language/pieces.ts'
import { readSentence } from '../../src/language/read-sentence.ts'
import { quotable, sentences } from '../../src/language/sentences.ts'

const LENGTH = 20_000
/** A text that takes as long as its length squared takes several times this. */
const MOST_MS = 500
const governs = governorsOf(GOVERNORS)

const UNITS =
  '1 甲 ， 、 。 … — ■ （ ） “ ” " \' 《 （甲） “甲” "甲" “甲， 甲， 甲、 1, 1— 甲（甲）， “甲”。 甲。\n'
    .split(' ')
    .concat(' ', '\n')
const repeated = (unit: string, length = LENGTH) => unit.repeat(Math.ceil(length / unit.length))
const TEXTS = [
  ...UNITS.map((unit) => [unit, repeated(unit)] as const),
  ['（…）', repeated('（', LENGTH / 2) + repeated('）', LENGTH / 2)] as const,
  ['（…》', repeated('（', LENGTH / 2) + repeated('》', LENGTH / 2)] as const,
  ['（…"', repeated('（', LENGTH / 2) + repeated('"', LENGTH / 2)] as const,
]

test.each(TEXTS)('%j over and over is read in time', (_name, text) => {
  const start = performance.now()
  sentences(text)
  quotable(text)
  quotable(text, true)
  pairs(text)
  misprints(text)
  structureOf(text, pieces(text))
  expect(performance.now() - start).toBeLessThan(MOST_MS)
})

test.each(['甲，', '1，', '（甲）', '有2家，', '《甲》，'])('%s makes clauses in time', (unit) => {
  const text = repeated(unit)
  const start = performance.now()
  readSentence(text, pieces(text), governs)
  expect(performance.now() - start).toBeLessThan(3 * MOST_MS)
})
