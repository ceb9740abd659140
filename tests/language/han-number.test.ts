import { expect, test } from 'vitest'
import * as fc from 'fast-check'
import { decimal, negate, shift } from '../../src/language/decimal.ts'
import { hanNumber } from '../../src/language/han-number.ts'

test.each([
  ['两亿三千万', '230000000'],
  ['二〇二四', '2024'],
  ['一百零五', '105'],
  ['十', '10'],
  ['二十三', '23'],
  ['三点五', '3.5'],
  ['一万亿', '1000000000000'],
  ['五千万', '50000000'],
  ['百', '100'],
  ['三五十', null],
  ['点五', null],
  ['', null],
])('%s is %s', (written, value) => {
  expect(hanNumber(written)).toBe(value)
})

test('numbers written out are read back', () => {
  const digits = '零一二三四五六七八九'
  const group = (n: number): string => {
    const [k, h, t, u] = [
      Math.floor(n / 1000),
      Math.floor(n / 100) % 10,
      Math.floor(n / 10) % 10,
      n % 10,
    ]
    return `${k ? `${digits[k]}千` : ''}${h ? `${digits[h]}百` : k && (t || u) ? '零' : ''}${t ? `${digits[t]}十` : h && u ? '零' : ''}${u ? digits[u] : ''}`
  }
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 1, max: 9999 }),
      (high, low) => {
        expect(hanNumber(group(low))).toBe(String(low))
        expect(hanNumber(`${group(high)}万零${group(low)}`)).toBe(String(high * 10_000 + low))
      },
    ),
  )
})

test('shifting there and back is where it was, to the digit', () => {
  const written = fc.tuple(
    fc.bigInt({ min: 0n, max: 10n ** 20n }),
    fc.bigInt({ min: 0n, max: 10n ** 9n }),
  )
  fc.assert(
    fc.property(written, fc.integer({ min: -15, max: 15 }), ([whole, part], power) => {
      const number = decimal(`${whole}.${part}`)
      expect(shift(shift(number, power), -power)).toBe(number)
      expect(negate(negate(number))).toBe(number)
    }),
  )
})

test('what is no number is refused', () => {
  expect(() => decimal('1.2.3')).toThrow(SyntaxError)
})
