import { related } from '../../../language/places.ts'
import { normalize } from '../../../retrieval/tokens.ts'
import type { Understood } from '../../../retrieval/understand.ts'
import type { Candidate } from './candidate.ts'
import type { Scored } from './score.ts'

/**
 * Whether a candidate may answer for the places asked about: its article is of one of them or of a
 * place within, or its own words, or those around it, name one.
 */
export function fitsPlace(candidate: Candidate, { paths }: Understood['places']): boolean {
  if (paths.length === 0) return true
  const { passage, words, before, opening, heading } = candidate
  return paths.some((path) => {
    if (passage.place.length === 0) return true
    if (related(path, passage.place) && path.length <= passage.place.length) return true
    const name = path.at(-1)!
    const short = normalize(name.length > 2 ? name.replace(/[省市县区]$/u, '') : name)
    return [words, before, opening, heading].some(({ normal }) => normal.includes(short))
  })
}

/**
 * Whether a candidate may answer for the years asked about: its passage names one, or its article is
 * of it. 今年 and 去年 in a question are wishes and never a reason to refuse.
 */
export function fitsYear(
  { passage: { text, date, headline } }: Pick<Candidate, 'passage'>,
  years: Understood['years'],
): boolean {
  const named = years.filter(({ relative }) => !relative)
  if (named.length === 0) return true
  const own = Number(date.value?.slice(0, 4))
  return named.some(
    ({ year }) =>
      text.includes(String(year)) ||
      headline?.includes(String(year)) ||
      own === year ||
      (own === year + 1 && /去年|上年/u.test(text)),
  )
}

/**
 * The candidates of the places and years asked about. Who compares a place with another (咱跟聊城比) names
 * only the other: then whole articles stay that speak of it.
 */
export function fittingOf(
  scored: readonly Scored[],
  { places, years }: Understood,
  compares: boolean,
): Scored[] {
  const inYear = scored.filter(({ candidate }) => fitsYear(candidate, years))
  if (!places.firm) return inYear
  const fitting = inYear.filter(({ candidate }) => fitsPlace(candidate, places))
  if (!compares) return fitting
  const articles = new Set(fitting.map(({ candidate }) => candidate.passage.articleId))
  return inYear.filter(({ candidate }) => articles.has(candidate.passage.articleId))
}
