import type { Answer, Citation, Notice, Statement } from '../../corpus.ts'
import { numerals } from '../../language/numerals.ts'
import { SHORTEST_QUOTED } from '../../language/sentences.ts'
import { NOTICES_LIMIT, STATEMENTS_LIMIT, lengthOf } from '../limits.ts'
import { lettersOf } from './cut-tokens.ts'
import { explanationsIn, withoutExplanations } from './explanations.ts'
import { isCut } from './is-cut.ts'

/** What of an answer is checked: also an answer that is not finished yet. */
export type Checked = Pick<
  Answer,
  'question' | 'standalone' | 'status' | 'statements' | 'citations' | 'missing' | 'notices'
>

/** So many years lie between an article and what 前年 or 明年 means in it, at most. */
const YEARS_AROUND = 2

/**
 * Every way in which an answer breaks the seven things of contract.md, as far as its JSON alone shows
 * it, in English behind the thing's number; empty when it breaks none. What governs a cut (2), and
 * whether a quote stands in its source (4), it does not show.
 */
export function violations(answer: Checked): string[] {
  return [
    ...answer.statements.flatMap((told) => wronglyTold(told, answer)),
    ...answer.notices.flatMap((notice) => wronglyNoticed(notice, answer)),
    ...wronglyCited(answer),
    ...wrongStatus(answer),
    ...tooLong(answer),
    ...notAsked(answer),
  ]
}

const isTelling = ({ kind }: Notice) => ['conflict', 'premise', 'nearest'].includes(kind)

function citedBy({ citations }: Statement, answer: Checked): Citation[] {
  return citations.flatMap((n) => answer.citations.filter((citation) => citation.n === n))
}

function wronglyTold(told: Statement, answer: Checked): string[] {
  const { text } = told
  const cited = citedBy(told, answer)
  if (cited.length === 0) return [`3: no citation: ${text}`]
  const quotes = cited.map(({ quote }) => quote)
  const headlines = cited.map(({ headline }) => headline)
  const printed = new Set([...quotes, ...cited.flatMap(headOf)].flatMap(numerals))
  const explanations = explanationsIn(text, quotes)
  const unexplained = withoutExplanations(text, quotes)
  return [
    ...(isCut(text, quotes, headlines) ? [] : [`1: no cut of what it cites: ${text}`]),
    ...numerals(unexplained)
      .filter((figure) => !printed.has(figure))
      .map((figure) => `1: no cited quote prints ${figure}: ${text}`),
    ...explanations
      .filter((explanation) => !cited.some((citation) => isExplained(explanation, citation)))
      .map(({ inside }) => `1: no cited article is of ${inside}: ${text}`),
  ]
}

/** An explanation's place is the article's, its year lies near the article's. */
function isExplained(
  { kind, inside }: ReturnType<typeof explanationsIn>[number],
  { place, date }: Citation,
): boolean {
  if (kind === 'misprint') return true
  if (kind === 'place') return place.some((name) => inside.endsWith(name))
  const [year] = (date.value ?? '').split('-').map(Number)
  return (
    !year || !inside.includes('年') || Math.abs(Number.parseInt(inside, 10) - year) <= YEARS_AROUND
  )
}

function wronglyNoticed(notice: Notice, answer: Checked): string[] {
  const own = isTelling(notice) ? wronglyTold(notice, answer) : []
  if (own.length > 0) return own
  const cited = citedBy(notice, answer)
  const known = [
    answer.question,
    answer.standalone,
    ...cited.flatMap((citation) => [citation.quote, ...headOf(citation)]),
  ]
  const printed = new Set(known.flatMap(numerals))
  const words = known.map(lettersOf)
  const quotes = cited.map(({ quote }) => quote)
  const explained = explanationsIn(notice.text, quotes).flatMap(({ inside }) => numerals(inside))
  const names = documentsIn(notice.text).filter(
    (name) => !words.some((text) => text.includes(lettersOf(name))),
  )
  const figures = numerals(notice.text).filter(
    (figure) => !printed.has(figure) && !explained.includes(figure),
  )
  return [...figures, ...names].map(
    (what) => `7: ${what} is neither asked nor quoted: ${notice.text}`,
  )
}

/** What a label may repeat of an article: its headline, its date and its paper. */
function headOf({ headline, date, publication, place }: Citation): string[] {
  const dated = (date.value ?? '').split('-').flatMap((part) => [part, String(Number(part))])
  return [headline, publication.name, publication.issue, ...place, ...dated].flatMap((text) =>
    text ? [text] : [],
  )
}

/** What stands between 《 and 》, the outer ones. */
function documentsIn(text: string): string[] {
  const names: string[] = []
  let depth = 0
  for (const char of text) {
    if (char === '》') depth = Math.max(0, depth - 1)
    if (depth > 0) names.push((names.pop() ?? '') + char)
    if (char !== '《') continue
    if (depth === 0) names.push('')
    depth++
  }
  return names
}

function wronglyCited({ statements, notices, citations }: Checked): string[] {
  const numbers = new Set(citations.map(({ n }) => n))
  const used = new Set([...statements, ...notices].flatMap((told) => told.citations))
  return [
    ...[...used].filter((n) => !numbers.has(n)).map((n) => `3: citation ${n} does not exist`),
    ...[...numbers].filter((n) => !used.has(n)).map((n) => `3: citation ${n} is not used`),
    ...(numbers.size < citations.length ? ['3: two citations have one number'] : []),
    ...citations
      .filter(({ quote }) => lengthOf(quote) < SHORTEST_QUOTED)
      .map(({ n }) => `3: quote ${n} is shorter than ${SHORTEST_QUOTED} characters`),
    ...citations
      .filter(({ spans }) => spans.length === 0 || spans.some(({ start, end }) => end <= start))
      .map(({ n }) => `4: quote ${n} has no place in its source`),
  ]
}

function wrongStatus({ status, statements: { length } }: Checked): string[] {
  return (status === 'not_found') === (length === 0)
    ? []
    : [`5: ${status} with ${length} statements`]
}

function tooLong({ statements, notices }: Checked): string[] {
  const told = lengthOf(statements.map(({ text }) => text).join(''))
  const noticed = lengthOf(notices.map(({ text }) => text).join(''))
  return [
    ...(told > STATEMENTS_LIMIT ? [`6: statements of ${told} characters`] : []),
    ...(noticed > NOTICES_LIMIT ? [`6: notices of ${noticed} characters`] : []),
  ]
}

function notAsked({ question, standalone, missing }: Checked): string[] {
  const asked = [question, standalone].map(lettersOf)
  return missing
    .filter(
      (item) => lettersOf(item) === '' || !asked.some((text) => text.includes(lettersOf(item))),
    )
    .map((item) => `7: missing, but not asked: ${item}`)
}
