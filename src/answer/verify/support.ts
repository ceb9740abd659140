import { findKnown } from '../../retrieval/thesaurus.ts'
import { clauses } from './clauses.ts'
import { contentCharacters, contentRuns, tellingCharacters } from '../../language/content.ts'
import { figures } from '../../language/figures.ts'
import { fold, letters } from '../../language/fold.ts'
import { negations } from '../../language/negations.ts'

/** A statement says what its quotes say when at least so much of its content is theirs. */
const MIN_STATEMENT = 0.5
/** A clause on its own may be worded more freely. */
const MIN_CLAUSE = 0.3
/** Shorter clauses connect, and say little; but what shares nothing at all is another's. */
const LONG_CLAUSE = 5
const SHORT_CLAUSE = 3
/** So many characters side by side in no word of the quotes are something of one's own; fewer, when none is even a character of theirs. */
const OWN_WORDS = 5
const OWN_CHARACTERS = 4

/**
 * The part of a text that its quotes do not speak of, or null. Paraphrase keeps most of the
 * characters that carry content; what is invented has few of them, or a stretch without any. `around`
 * is the headline, paper and place of what is cited; what was `asked` counts half.
 */
export function unsupportedPart(
  text: string,
  quotes: readonly string[],
  around: readonly string[],
  asked = '',
): string | null {
  const worded = withoutFigures(text)
  if (worded === text && contentCharacters(text).length < 2) return text
  const printed = new Set(Array.from(letters(quotes.join(''))))
  const lent = new Set([...printed, ...Array.from(letters(around.join('') + asked))])
  if (shareOf(contentCharacters(worded), printed, lent) < MIN_STATEMENT) return text
  const alone = clauses(worded).find((clause) => {
    const telling = tellingCharacters(clause.text)
    const part = shareOf(telling, printed, lent)
    return (
      (telling.length >= LONG_CLAUSE && part < MIN_CLAUSE) ||
      (telling.length >= SHORT_CLAUSE && part === 0)
    )
  })
  const source = letters([...quotes, ...around].join('\n'))
  return alone?.text ?? askedAlone(worded, source, asked) ?? ownWords(worded, source)
}

/** A clause of which the question has all and the source nothing: 有补贴，…, where no quote speaks of any. */
function askedAlone(text: string, source: string, asked: string): string | null {
  const question = letters(asked)
  const found = clauses(text).find((clause) => {
    const telling = tellingCharacters(clause.text)
    return (
      telling.length >= 2 &&
      telling.every((c) => question.includes(c) && !source.includes(c)) &&
      negations(clause.text).length === 0 &&
      !findKnown(clause.text).some(({ others }) =>
        others.some((word) => source.includes(fold(word).text)),
      )
    )
  })
  return found?.text ?? null
}

/** A stretch of which no two neighbouring characters stand side by side in the source, nor a word like it. */
function ownWords(text: string, source: string): string | null {
  for (const run of contentRuns(text)) {
    const known = repeated(run, source)
    // The thesaurus is asked only where it matters: most runs are the source's own.
    if (ownStretch(run, known, source) === null) continue
    const own = ownStretch(run, alsoSynonyms(run, known, source), source)
    if (own !== null) return own
  }
  return null
}

function ownStretch(run: string, known: readonly boolean[], source: string): string | null {
  let own = ''
  for (const [i, char] of Array.from(run).entries()) {
    own = known[i] ? '' : own + char
    const foreign = Array.from(own).every((c) => !source.includes(c))
    if (own.length >= OWN_WORDS || (own.length >= OWN_CHARACTERS && foreign)) return own
  }
  return null
}

function repeated(run: string, source: string): boolean[] {
  const known = Array.from(run, () => false)
  for (let i = 0; i + 2 <= run.length; i++) {
    if (source.includes(run.slice(i, i + 2))) known.fill(true, i, i + 2)
  }
  return known
}

function alsoSynonyms(run: string, known: readonly boolean[], source: string): boolean[] {
  const all = [...known]
  for (const { start, end, others } of findKnown(run)) {
    if (others.some((word) => source.includes(fold(word).text))) all.fill(true, start, end)
  }
  return all
}

/** Figures were held against the quotes before; here they would count as words. */
function withoutFigures(text: string): string {
  return figures(text).reduceRight(
    (rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`,
    text,
  )
}

/** Characters from around the quotes count half. */
function shareOf(
  characters: readonly string[],
  printed: ReadonlySet<string>,
  lent: ReadonlySet<string>,
): number {
  if (characters.length === 0) return 1
  const sum = characters.reduce((n, c) => n + (printed.has(c) ? 1 : lent.has(c) ? 0.5 : 0), 0)
  return sum / characters.length
}
