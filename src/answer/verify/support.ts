import { clauses } from './clauses.ts'
import { contentCharacters, tellingCharacters } from './content.ts'
import { figures } from './figures.ts'
import { letters } from './fold.ts'

/** A statement says what its quotes say when at least so much of its content is theirs. */
const MIN_STATEMENT = 0.5
/** A clause on its own may be worded more freely. */
const MIN_CLAUSE = 0.3
/** Shorter clauses connect, and say little; but what shares nothing at all is another's. */
const LONG_CLAUSE = 5
const SHORT_CLAUSE = 3

/**
 * The part of a text that its quotes do not speak of, or null. Paraphrase keeps most of the
 * characters that carry content; what is invented has few of them. `around` may lend words, too: the
 * headline, the place, the question.
 */
export function unsupportedPart(
  text: string,
  quotes: readonly string[],
  around: readonly string[],
): string | null {
  const worded = withoutFigures(text)
  const printed = new Set(Array.from(letters(quotes.join(''))))
  const lent = new Set([...printed, ...Array.from(letters(around.join('')))])
  if (share(worded, printed, lent) < MIN_STATEMENT) return text
  const alone = clauses(worded).find((clause) => {
    const telling = tellingCharacters(clause.text)
    const part = shareOf(telling, printed, lent)
    return (
      (telling.length >= LONG_CLAUSE && part < MIN_CLAUSE) ||
      (telling.length >= SHORT_CLAUSE && part === 0)
    )
  })
  return alone?.text ?? null
}

/** Figures were held against the quotes before; here they would count as words. */
function withoutFigures(text: string): string {
  return figures(text).reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + rest.slice(end),
    text,
  )
}

const share = (text: string, printed: ReadonlySet<string>, lent: ReadonlySet<string>) =>
  shareOf(contentCharacters(text), printed, lent)

/** Words from around the quotes count half. */
function shareOf(
  characters: readonly string[],
  printed: ReadonlySet<string>,
  lent: ReadonlySet<string>,
): number {
  if (characters.length === 0) return 1
  const sum = characters.reduce((n, c) => n + (printed.has(c) ? 1 : lent.has(c) ? 0.5 : 0), 0)
  return sum / characters.length
}
