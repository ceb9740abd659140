import { decimal, shift } from './decimal.ts'
import type { Decimal } from './decimal.ts'

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const PLACES: Readonly<Record<string, number>> = { 十: 1, 百: 2, 千: 3 }
const GROUPS: Readonly<Record<string, number>> = { 万: 4, 亿: 8 }

/** Numerals as a bank writes them, which nobody can alter. */
export const CAPITALS = '壹贰叁肆伍陆柒捌玖拾佰仟'
/** No number has more: 九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九 has 31 numerals. */
export const LONGEST_HAN = 32
const PLAIN = '一二三四五六七八九十百千'

/** The same in plain ones: 叁佰万 is 三百万. */
export function plainNumerals(written: string): string {
  return Array.from(written, (c) => PLAIN[CAPITALS.indexOf(c)] ?? c).join('')
}

/**
 * The value of a number written in Chinese numerals, with a fraction after 点: 两亿三千万, 二〇二四,
 * 一百零五, 三点五; null when the numerals make no number.
 */
export function hanNumber(written: string): Decimal | null {
  if (written.length > LONGEST_HAN) return null
  const [whole = '', fraction] = written.split('点')
  const integer = hanInteger(whole)
  if (integer === null) return null
  if (fraction === undefined) return integer.toString()
  if (!/^[零〇一二三四五六七八九]+$/.test(fraction)) return null
  return decimal(`${integer}.${Array.from(fraction, (c) => DIGITS[c]).join('')}`)
}

/** How many powers of ten a run of magnitudes stands for: 万 4, 千万 7, 万亿 12. */
export function magnitude(written: string): number {
  return Array.from(written).reduce((sum, c) => sum + (PLACES[c] ?? GROUPS[c] ?? 0), 0)
}

/** A number before its magnitudes: 2.86 and 亿 are 286000000. */
export function scaled(number: Decimal, magnitudes: string): Decimal {
  return shift(number, magnitude(magnitudes))
}

function hanInteger(written: string): bigint | null {
  if (written === '') return null
  if (/^[零〇一二三四五六七八九]+$/.test(written)) {
    return BigInt(Array.from(written, (c) => DIGITS[c]).join(''))
  }
  if (!/^[零〇一二两三四五六七八九十百千万亿]+$/.test(written)) return null
  let total = 0n
  let group = 0n
  let digit: bigint | null = null
  for (const char of written) {
    const value = DIGITS[char]
    if (value !== undefined) {
      // Two digits side by side within places (三五十) make no number.
      if (digit !== null && digit !== 0n) return null
      digit = BigInt(value)
      continue
    }
    const place = PLACES[char]
    if (place !== undefined) {
      group += (digit ?? 1n) * 10n ** BigInt(place)
      digit = null
      continue
    }
    const power = 10n ** BigInt(GROUPS[char]!)
    group += digit ?? 0n
    if (total + group === 0n) return null
    // 两亿三千万: 亿 closes what stands before it; 一万亿: it multiplies all of it.
    total = char === '亿' ? (total + group) * power : total + group * power
    group = 0n
    digit = null
  }
  return total + group + (digit ?? 0n)
}
