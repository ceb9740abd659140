import { hex } from 'dingbat-to-unicode'
import type { Element } from './parse-xml.ts'

/** Signs that part what is set apart in a formula: a half is 1/2, a square a^2. */
export const FORMULA: ReadonlyMap<string, string> = new Map([
  ['den', '/'],
  ['sup', '^'],
  ['sub', '_'],
])

/** How a run's parts that are no text are written. */
export const SIGNS: ReadonlyMap<string, string> = new Map([
  ['tab', ' '],
  ['ptab', ' '],
  ['br', '\n'],
  ['cr', '\n'],
  ['noBreakHyphen', '-'],
])

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A raised figure must not read as part of what it stands behind: m², 10^4, 20亿元[3]. */
export function raised(text: string, before: string): string {
  if (!/^[-−]?\d[\d,，、-]*$/u.test(text) || /[（([〔［]/u.test(before)) return text
  if (/[A-Za-z]/.test(before)) return text.replaceAll(/\d/g, (digit) => RAISED[Number(digit)]!)
  return /\d/.test(before) ? `^${text}` : `[${text}]`
}

/** A sign of a font of signs, as Unicode has it. */
export function symbol({ attributes: { font = '', char = '' } }: Element): string {
  const known = hex(font, char) ?? hex(font, char.replace(/^F0/i, ''))
  if (known) return known.string
  const code = Number.parseInt(char, 16)
  return code > 0x20 && code < 0xd800 ? String.fromCodePoint(code) : ''
}
