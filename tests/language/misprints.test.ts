import { describe, expect, test } from 'vitest'
import { createMisprints, misprints, parseSlips, SLIPS } from '../../src/language/misprints.ts'

/** An example's text, and where in it a word is marked. */
function marked(example: string) {
  const [before, word, after] = example.split(/[【】]/u)
  if (word === undefined) throw new Error(`Nothing is marked: ${example}`)
  return { text: [before, word, after].join(''), word, start: before!.length }
}

const finds = (find: typeof misprints, example: string) => {
  const { text, start } = marked(example)
  return find(text).some((found) => found.start === start)
}

/** The slips, each listed word beside one left out in turn. */
function* withoutOne(at: number) {
  const slip = SLIPS[at]!
  for (const side of ['before', 'behind'] as const) {
    for (const left of slip[side].patterns) {
      const patterns = slip[side].patterns.filter((pattern) => pattern !== left)
      // Nothing listed would be anything: what never stands there takes its place.
      const less = { ...slip[side], patterns: patterns.length > 0 ? patterns : ['(?!)'] }
      yield { left, slips: SLIPS.with(at, { ...slip, [side]: less }) }
    }
  }
}

describe.each(SLIPS.map((slip, at) => ({ ...slip, at })))(
  '$read for $meant',
  ({ read, meant, right, wrong, at }) => {
    test.each(right)('%s', (example) => {
      const { text, start, word } = marked(example)
      expect(word).toBe(read)
      expect(misprints(text)).toEqual([{ start, end: start + read.length, read, meant }])
      const others = createMisprints(SLIPS.filter((_, i) => i !== at))
      expect(finds(others, example)).toBe(false)
    })

    test.each(wrong)('not in %s', (example) => {
      expect(marked(example).word).toBe(read)
      expect(finds(misprints, example)).toBe(false)
    })

    test('every word beside it matters', () => {
      expect(right.length).toBeGreaterThan(0)
      for (const { left, slips } of withoutOne(at)) {
        const less = createMisprints(slips)
        const fails =
          right.some((example) => !finds(less, example)) ||
          wrong.some((example) => finds(less, example))
        expect(fails, left).toBe(true)
      }
    })
  },
)

test('misprints are in order', () => {
  const text = '截至目前己有三家。人园企业投人资金'
  expect(misprints(text).map(({ meant }) => meant)).toEqual(['已', '入园', '投入'])
})

test.each([
  ['✓ 【纳人】名单', 'An example of no slip'],
  ['纳人 → 纳入', 'No slip of print'],
  ['| 纳人 | 员', 'No slip of print'],
  ['| 纳人 → 纳入 | 员 | 才', 'No slip of print'],
])('%s is refused', (text, message) => {
  expect(() => parseSlips(text)).toThrow(message)
})
