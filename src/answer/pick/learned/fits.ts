/** Where and when are part of a question: what is of elsewhere or of another year answers another. */
import { related } from '../../../language/places.ts'
import type { Seen } from './look.ts'

/** Whether a sentence may be of the place and the year that a question names. */
export function fits(seen: Seen): boolean {
  return isInPlace(seen) && isInYear(seen)
}

/** Whether it may be of a place that is asked about: its article is of it, of one within or around, or names it. */
function isInPlace({ wanted, sentence: { passage }, articleText }: Seen): boolean {
  const { firm } = wanted
  if (firm.length === 0 || passage.place.length === 0) return true
  return firm.some(
    (path) =>
      related(path, passage.place) ||
      articleText.includes(path.at(-1)!.replace(/(?<=.{2})[省市县区]$/u, '')),
  )
}

/** Whether it may be of a year that is asked about: its article is of it or names it, or says no year at all. */
function isInYear({ wanted: { years }, sentence: { passage }, articleText }: Seen): boolean {
  if (years.length === 0) return true
  const own = Number(passage.date.value?.slice(0, 4) ?? Number.NaN)
  const named = [...articleText.matchAll(/(?<!\d)(?:19|20)\d\d(?!\d)/gu)].map(([year]) =>
    Number(year),
  )
  if (Number.isNaN(own) && named.length === 0) return true
  return years.some((year) => own === year || own === year + 1 || named.includes(year))
}
