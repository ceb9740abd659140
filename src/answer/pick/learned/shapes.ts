import { figures } from '../../../language/figures.ts'
import { findPlaces } from '../../../language/places.ts'
import { wordsOf } from '../../../language/words.ts'

/** What can be seen of a text by the shape of its words, without knowing them. */
export const SHAPES = {
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
    figures(text).some((f) => f.kind === 'quantity' && f.unit.startsWith('第')),
  date: (text: string) => figures(text).some(({ kind }) => kind === 'date'),
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
} as const

export type Shape = keyof typeof SHAPES | 'count'
