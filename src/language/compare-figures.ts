import type { DateFigure, Figure, Quantity } from './figures.ts'
import { fold } from './fold.ts'

/** `same`: one says what the other says; `differs`: the same kind of thing, another value; `other_kind`: not comparable. */
export type Comparison = 'same' | 'differs' | 'other_kind'

/** Classifiers that count the same things, so that 20家 and 20户 are one figure and 20人 another. */
const COUNTING = [
  '家户所',
  '人名位',
  '件项条款',
  '台套辆艘架',
  '种类',
  '次场期回',
  '份张本册',
  '座栋幢处',
]

/** Compares two figures by value, unit and bound, whatever their printed form. */
export function compareFigures(a: Figure, b: Figure): Comparison {
  if (a.kind === 'quantity' && b.kind === 'quantity') return compareQuantities(a, b)
  if (a.kind === 'date' && b.kind === 'date') return compareDates(a, b)
  if (a.kind === 'phone' && b.kind === 'phone') return a.digits === b.digits ? 'same' : 'differs'
  if (a.kind === 'vague' && b.kind === 'vague') {
    return fold(a.words).text === fold(b.words).text ? 'same' : 'differs'
  }
  if (a.kind === 'phone' || b.kind === 'phone') return comparePhone(a, b)
  return 'other_kind'
}

/** Whether two units measure the same: 家 and 户, 家 and 个, not 工作日 and 天, not % and 百分点. */
export function sameUnit(a: string, b: string): boolean {
  if (a === b) return true
  const groups = [groupOf(a), groupOf(b)]
  if (a === '个' || b === '个') return groups.some((group) => group !== undefined)
  return groups[0] !== undefined && groups[0] === groups[1]
}

const groupOf = (unit: string) => COUNTING.find((group) => unit !== '' && group.includes(unit))

function compareQuantities(a: Quantity, b: Quantity): Comparison {
  if (!sameUnit(a.unit, b.unit)) return 'other_kind'
  if (a.value !== b.value || a.upper !== b.upper) return 'differs'
  const bounds = new Set([a.bound, b.bound])
  return bounds.has('at_least') && bounds.has('at_most') ? 'differs' : 'same'
}

/** A date says the same as another when each of its parts does: 10月19日 as 2022年10月19日. */
function compareDates(a: DateFigure, b: DateFigure): Comparison {
  const parts = (['year', 'month', 'day', 'until'] as const).filter(
    (part) => a[part] !== null && b[part] !== null,
  )
  const shared = parts.filter((part) => part !== 'until')
  if (shared.length === 0) return 'other_kind'
  if ((a.until === null) !== (b.until === null)) return 'differs'
  return parts.every((part) => a[part] === b[part]) ? 'same' : 'differs'
}

/** What reads like a telephone number may be a plain number: its digits decide. */
function comparePhone(a: Figure, b: Figure): Comparison {
  return digitsOf(a) !== null && digitsOf(a) === digitsOf(b) ? 'same' : 'other_kind'
}

function digitsOf(figure: Figure): string | null {
  if (figure.kind === 'phone') return figure.digits
  return figure.kind === 'quantity' && figure.unit === '' ? figure.value : null
}
