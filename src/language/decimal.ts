/**
 * Decimal numbers as text, so that 2.86 × 10⁸ is 286000000 and not almost so. Written without
 * leading or trailing zeros and without a plus sign: `-20.1`, `0.125`, `28600`.
 */
export type Decimal = string

/** Normalises digits with an optional sign and fraction. @throws SyntaxError when it is no number. */
export function decimal(written: string): Decimal {
  const match = /^([-+]?)(\d+)(?:\.(\d+))?$/.exec(written)
  if (!match) throw new SyntaxError(`Not a decimal number: ${written}`)
  const [, sign, whole = '', fraction = ''] = match
  const digits = whole.replace(/^0+(?=\d)/, '')
  const rest = fraction.replace(/(?<!0)0+$/, '')
  const number = rest ? `${digits}.${rest}` : digits
  return sign === '-' && number !== '0' ? `-${number}` : number
}

/** Multiplies by a power of ten, which may be negative. */
export function shift(number: Decimal, power: number): Decimal {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(number) ?? []
  const point = whole.length + power
  const digits = `${whole}${fraction}`
  const padded =
    point > 0 ? digits.padEnd(point, '0') : digits.padStart(digits.length - point + 1, '0')
  const split = point > 0 ? point : 1
  const tail = padded.slice(split)
  return decimal(`${sign}${padded.slice(0, split)}${tail ? `.${tail}` : ''}`)
}

export function negate(number: Decimal): Decimal {
  if (number === '0') return number
  return number.startsWith('-') ? number.slice(1) : `-${number}`
}
