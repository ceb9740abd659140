import { figures as read } from './figures.ts'
import { findPlaces } from './places.ts'
import { remember } from './remember.ts'
import { wordsOf } from './words.ts'

/** Several kinds of things are looked for in the same text. */
export const figures = remember(read)

/** What can be seen of a text by the shape of its words, without knowing them. */
export const SHAPES: Readonly<Record<string, (text: string) => boolean>> = {
  figure: (text: string) => figures(text).some(({ kind }) => kind !== 'date' && kind !== 'phone'),
  money: (text: string) =>
    figures(text).some((f) =>
      f.kind === 'quantity'
        ? /[元币镑]|块钱/u.test(f.unit)
        : f.kind === 'vague' && f.printed.endsWith('元'),
    ),
  percent: (text: string) =>
    figures(text).some((f) => f.kind === 'quantity' && /[%％‰成倍番]|百分点|^\//u.test(f.unit)),
  order: (text: string) =>
    figures(text).some((f) => f.kind === 'quantity' && f.unit.startsWith('第')) ||
    /居|前列/u.test(text),
  date: (text: string) =>
    figures(text).some(({ kind }) => kind === 'date') || /[年月][底初末中]|为止/u.test(text),
  duration: (text: string) =>
    figures(text).some(
      (f) => f.kind === 'quantity' && /[年月天日周秒]$|小时|分钟|季度|星期/u.test(f.unit),
    ),
  phone: (text: string) => figures(text).some(({ kind }) => kind === 'phone'),
  latin: (text: string) => /[A-Za-z]{2}/u.test(text),
  person: (text: string) => wordsOf(text).some(({ tag }) => tag === 'nr'),
  place: (text: string) => findPlaces(text).length > 0,
  document: (text: string) => /《[^》]{2,}》/u.test(text),
  quoted: (text: string) => /[“「"][^”」"]{2,}[”」"]/u.test(text),
  items: (text: string) => (text.match(/[、；]/gu)?.length ?? 0) >= 2,
}
