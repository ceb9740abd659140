import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eachTerm, normalize, termsOf } from '../../src/retrieval/tokens.ts'

test.each([
  ['bigrams of Chinese', '用电报装', ['用电', '电报', '报装']],
  ['a letter alone', '厂', ['厂']],
  [
    'figures with decimals and thousands',
    '2.86亿元和1,500家',
    ['2.86', '亿元', '元和', '1500', '家'],
  ],
  ['full-width letters and figures', 'ＡＢＣ２０家', ['abc20', '家']],
  ['a model number whole', 'PA1313型', ['pa1313', '型']],
  ['traditional as simplified', '國網', ['国网']],
  ['a rare letter on its own too', '濮阳', ['濮阳', '濮']],
  ['nothing over a mark', '水、电', ['水', '电']],
])('%s', (_name, text, terms) => expect(termsOf(text)).toEqual(terms))

test('normalizing twice is normalizing once', () => {
  const printed = fc.string({
    unit: fc.constantFrom(...Array.from('國网濮陽龍头ＡbⅢ㎡①２５％，。 ﹃麐')),
    maxLength: 20,
  })
  fc.assert(
    fc.property(printed, (text) => {
      const once = normalize(text)
      expect(normalize(once)).toBe(once)
    }),
  )
})

test('every term stands where it is said to stand', () => {
  const written = fc.string({
    unit: fc.constantFrom(...Array.from('全市二十家企業濮陽麐20,.5％ab，。 ﹃')),
    maxLength: 40,
  })
  fc.assert(
    fc.property(written, (printed) => {
      const text = normalize(printed)
      eachTerm(text, (term, start, end) => {
        expect(text.slice(start, end).replaceAll(',', '')).toBe(term)
      })
    }),
  )
})
