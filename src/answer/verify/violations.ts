import type { Answer, Citation, Passage } from '../../corpus.ts'
import { checkFigures } from './check-figures.ts'
import { isOfficial, unknownNames } from '../../language/names.ts'
import { MIN_QUOTE, quoteLength } from './quotes.ts'
import { letters } from '../../language/fold.ts'
import { NOTICES_LIMIT, STATEMENTS_LIMIT, lengthOf } from './limits.ts'

/** What of an answer is checked: also an answer that is not finished yet. */
export type Checked = Pick<
  Answer,
  'question' | 'status' | 'statements' | 'citations' | 'missing' | 'notices'
>

/**
 * Every way in which an answer breaks the six things that hold for each of them, in English; empty
 * when it breaks none. With the passages it was made from, or a way to read a source as repaired, its
 * quotes are looked up as well.
 */
export function violations(
  answer: Checked,
  look: {
    readonly passages?: readonly Passage[]
    readonly readSource?: (source: string) => string | undefined
  } = {},
): string[] {
  return [
    ...uncited(answer),
    ...answer.citations.flatMap((c) => misquoted(c, look)),
    ...wrongFigures(answer),
    ...wrongStatus(answer),
    ...tooLong(answer),
    ...ofItsOwn(answer),
  ]
}

function uncited({ statements, notices, citations }: Checked): string[] {
  const numbers = new Set(citations.map((c) => c.n))
  const used = new Set([...statements, ...notices].flatMap((s) => s.citations))
  return [
    ...statements.filter((s) => s.citations.length === 0).map((s) => `1: no citation: ${s.text}`),
    ...notices
      .filter((n) => ['conflict', 'premise'].includes(n.kind) && n.citations.length === 0)
      .map((n) => `1: no citation: ${n.text}`),
    ...[...used].filter((n) => !numbers.has(n)).map((n) => `1: citation ${n} does not exist`),
    ...[...numbers].filter((n) => !used.has(n)).map((n) => `1: citation ${n} is not used`),
    ...(numbers.size < citations.length ? ['1: two citations have one number'] : []),
  ]
}

function misquoted(
  { n, quote, passageId, source, spans }: Citation,
  { passages, readSource }: Parameters<typeof violations>[1] & object,
): string[] {
  const found: string[] = []
  if (quoteLength(quote) < MIN_QUOTE)
    found.push(`1: quote ${n} is shorter than ${MIN_QUOTE} characters`)
  if (spans.length === 0 || spans.some((s) => s.end <= s.start))
    found.push(`2: quote ${n} has no place`)
  const passage = passages?.find((p) => p.id === passageId)
  if (passages && !passage?.text.includes(quote))
    found.push(`2: passage ${passageId} does not print quote ${n}`)
  const text = readSource?.(source)
  if (
    text !== undefined &&
    !standsIn(quote, spans.map((s) => text.slice(s.start, s.end)).join(''))
  ) {
    found.push(`2: the source does not print quote ${n} at its spans`)
  }
  return found
}

/** The quote's letters stand in the slice, in order; what repair dropped or replaced may stand between. */
function standsIn(quote: string, slice: string): boolean {
  const have = letters(slice)
  let at = 0
  let missed = 0
  const wanted = Array.from(letters(quote))
  for (const letter of wanted) {
    const next = have.indexOf(letter, at)
    if (next < 0) missed++
    else at = next + 1
  }
  return (
    wanted.length > 0 && missed * 33 <= wanted.length && have.length <= wanted.length * 1.5 + 20
  )
}

function wrongFigures({ statements, notices, citations }: Checked): string[] {
  const telling = notices.filter((n) => ['conflict', 'premise'].includes(n.kind))
  return [...statements, ...telling].flatMap(({ text, citations: numbers }) => {
    const cited = citations.filter((c) => numbers.includes(c.n))
    const { unsupported, unprinted } = checkFigures(text, cited)
    return [...new Set([...unsupported, ...unprinted])].map(
      (f) => `3: no cited quote prints ${f}: ${text}`,
    )
  })
}

function wrongStatus({ status, statements }: Checked): string[] {
  const has = statements.length > 0
  return (status === 'not_found') === has
    ? [`4: ${status} with ${statements.length} statements`]
    : []
}

function tooLong({ statements, notices }: Checked): string[] {
  const told = lengthOf(statements.map((s) => s.text).join(''))
  const noticed = lengthOf(notices.map((n) => n.text).join(''))
  return [
    ...(told > STATEMENTS_LIMIT ? [`5: statements of ${told} characters`] : []),
    ...(noticed > NOTICES_LIMIT ? [`5: notices of ${noticed} characters`] : []),
  ]
}

function ofItsOwn({ question, missing, notices, citations }: Checked): string[] {
  const asked = { quote: question, date: { value: null } }
  const texts = [
    ...missing.map((text) => ({ text, cited: citations })),
    ...notices.map((n) => ({
      text: n.text,
      cited: citations.filter((c) => n.citations.includes(c.n)),
    })),
  ]
  return texts.flatMap(({ text, cited }) => {
    const known = [
      question,
      ...cited.flatMap((c) => [
        c.quote,
        c.headline ?? '',
        c.publication.name ?? '',
        c.place.join(''),
      ]),
    ]
    const own = [
      ...checkFigures(text, [...cited, asked]).unsupported,
      ...unknownNames(text, known)
        .filter(isOfficial)
        .map((name) => name.text),
    ]
    return own.map((what) => `6: ${what} is neither asked nor quoted: ${text}`)
  })
}
