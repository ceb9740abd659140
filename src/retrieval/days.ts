/** Days as numbers, YYYYMMDD, which compare as they follow each other. */
export interface Days {
  readonly first: number
  readonly last: number
}

/** The days that a date of a year, a month or a day may be; undefined when it is none of these. */
export function daysOf(date: string | null): Days | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/u.exec(date ?? '') ?? []
  if (year === undefined) return undefined
  return {
    first: Number(`${year}${month ?? '01'}${day ?? '01'}`),
    last: Number(`${year}${month ?? '12'}${day ?? '31'}`),
  }
}

/** Whether a date may lie between two days, either of which may be open; without a date, no. */
export function mayLieBetween(
  date: string | null,
  { from, to }: { readonly from?: string; readonly to?: string },
): boolean {
  const days = daysOf(date)
  if (!days) return false
  const first = daysOf(from ?? null)?.first ?? -Infinity
  const last = daysOf(to ?? null)?.last ?? Infinity
  return days.last >= first && days.first <= last
}
