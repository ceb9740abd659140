import type { Written } from '../model/read-json.ts'

/** What may stand around numbers and between them: `[3][4]`, `3,4`, `（3）、（4）`. */
const AROUND = /[\s[\]()（）【】#,，、;；]+/u
const NUMBER_OR_RANGE = /^(\d{1,6})(?:[-–—~～](\d{1,6}))?$/

/**
 * The numbers of pieces in what a model wrote, in its order, those alone that it was sent: `3`, `"[3]"`,
 * `3-5`, lists of these, and the lists in an object. What is not a number says nothing.
 */
export function numbersIn(value: Written, sent: ReadonlySet<number>): number[] {
  if (typeof value !== 'string') {
    const inner = value instanceof Map ? [...value.values()] : [...value]
    const lists = inner.filter((element) => typeof element !== 'string')
    const read = value instanceof Map && lists.length > 0 ? lists : inner
    return read.flatMap((element: Written) => numbersIn(element, sent))
  }
  return value.split(AROUND).flatMap((word) => {
    const [, first, last] = NUMBER_OR_RANGE.exec(word) ?? []
    if (first === undefined) return []
    if (last === undefined) return sent.has(Number(first)) ? [Number(first)] : []
    return [...sent].filter((n) => n >= Number(first) && n <= Number(last))
  })
}
