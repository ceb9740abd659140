import { compareFigures, sameUnit } from '../../language/compare-figures.ts'
import { decimal } from '../../language/decimal.ts'
import { hanNumber } from '../../language/han-number.ts'
import { type DateFigure, type Figure, figures } from '../../language/figures.ts'
import { type Place, findPlaces } from '../../language/places.ts'
import { governs } from '../../language/governors.ts'
import { remember } from '../../language/remember.ts'
import { wordsOf } from '../../language/words.ts'
import type { Span } from '../../traced.ts'
import { type Printed, relativeIn } from '../tell/explain.ts'

/** A stretch that means one thing however it is printed: a figure, a date, a place. */
export type Reading = Span &
  (
    | { readonly kind: 'figure'; readonly figure: Figure }
    | { readonly kind: 'place'; readonly places: readonly Place[] }
  )

/** Figures and places of what is printed; 今年 and 全市 as what they mean in its article. */
export function printedReadings(text: string, printed: Printed): Reading[] {
  return withJoined([...asWritten(text), ...meant(text, printed)], printed)
}

/** Those of a claim about it. Nobody knows when a claim's 今年 is. */
export function claimedReadings(text: string, printed: Printed): Reading[] {
  const places = meant(text, printed).filter(({ kind }) => kind === 'place')
  return withJoined([...asWritten(text), ...places], printed)
}

const asWritten = remember((text: string): readonly Reading[] => [
  ...figures(text).map((figure): Reading => ({
    kind: 'figure',
    figure,
    start: figure.start,
    end: figure.end,
  })),
  ...numbersIn(text),
  ...findPlaces(text).map(({ start, end, places }): Reading => ({
    kind: 'place',
    places,
    start,
    end,
  })),
])

const NUMBER = /\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+/gu

/** Numbers alone, for what is no figure in one notation: 十月 for 10月. */
function numbersIn(text: string): Reading[] {
  return [...text.matchAll(NUMBER)].flatMap(({ 0: printed, index: start }): Reading[] => {
    const value = /\d/u.test(printed) ? decimal(printed) : hanNumber(printed)
    if (value === null) return []
    const place = { start, end: start + printed.length }
    const figure = { ...place, printed, value, upper: null, unit: '', hedge: '', counts: '' }
    return [{ kind: 'figure', figure: { kind: 'quantity', bound: 'exact', ...figure }, ...place }]
  })
}

/** 我市 and 全市 are the city whose paper it is; 今年 the year in which it was printed. */
function meant(text: string, printed: Printed): Reading[] {
  const whole = wordsOf(text).flatMap((word) => {
    if (!governs('whole-place', [word])) return []
    const [own] = relativeIn(`我${word.text.slice(1)}`, printed)
    return own ? [{ start: word.start, end: word.end, text: own.text }] : []
  })
  return [...relativeIn(text, printed), ...whole].flatMap(({ start, end, text: meaning }) => {
    const read = asWritten(meaning).find(({ end: to }) => to === meaning.length)
    if (!read || read.start > 0) return []
    return [{ ...read, start, end }]
  })
}

/** 濮阳市台前县 is one place, 今年5月 one time; what is printed without a year is of the article's. */
function withJoined(readings: readonly Reading[], { date }: Printed): Reading[] {
  const year = date === null ? null : Number(date.slice(0, 4))
  const dated = readings.map((reading): Reading => {
    if (reading.kind !== 'figure' || reading.figure.kind !== 'date') return reading
    const { figure } = reading
    return { ...reading, figure: { ...figure, year: figure.year ?? year } }
  })
  const starting = Map.groupBy(readings, ({ start }) => start)
  const joined = readings.flatMap((left) =>
    (starting.get(left.end) ?? []).flatMap((right): Reading[] => {
      const both = join(left, right)
      return both ? [{ ...both, start: left.start, end: right.end }] : []
    }),
  )
  return [...dated, ...joined]
}

function join(left: Reading, right: Reading): Reading | null {
  if (left.kind === 'place' && right.kind === 'place') {
    const names = left.places.map(({ name }) => name)
    const places = right.places.filter(({ path }) => names.some((name) => path.includes(name)))
    return places.length > 0 ? { ...right, places } : null
  }
  if (left.kind !== 'figure' || right.kind !== 'figure') return null
  const [a, b] = [left.figure, right.figure]
  if (a.kind !== 'date' || b.kind !== 'date' || a.month !== null || b.year !== null) return null
  return { ...right, figure: { ...b, year: a.year } satisfies DateFigure }
}

/** Whether two readings say the same, or the same kind of thing with another value. */
export function compareReadings(a: Reading, b: Reading): 'same' | 'differs' | 'other_kind' {
  if (a.kind === 'place' && b.kind === 'place') {
    // 濮阳 is the city unless it is called a county.
    return a.places[0] === b.places[0] ? 'same' : 'differs'
  }
  if (a.kind !== 'figure' || b.kind !== 'figure') return 'other_kind'
  const [x, y] = [a.figure, b.figure]
  if (x.kind === 'date' && y.kind === 'date') return sameParts(x, y) ? 'same' : 'differs'
  if (x.kind === 'quantity' && y.kind === 'quantity' && sameUnit(x.unit, y.unit)) {
    return x.bound === y.bound && compareFigures(x, y) === 'same' ? 'same' : 'differs'
  }
  return compareFigures(x, y)
}

function sameParts(a: DateFigure, b: DateFigure): boolean {
  return a.year === b.year && a.month === b.month && a.day === b.day && a.until === b.until
}
