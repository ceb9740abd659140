import type { Answer, Citation } from '../../corpus.ts'
import { SHORTEST_QUOTED } from '../../language/sentences.ts'
import { withoutExplanations } from './explanations.ts'
import { violations } from './violations.ts'
import type { JudgedQuestion } from './judged-question.ts'
import { UNANSWERABLE } from './judged-question.ts'
import { plain, sameWords, says, standsIn } from './says.ts'

/** What a judged answer is: right, or what it lacks. */
export interface Verdict {
  readonly right: boolean
  readonly refused: boolean
  /** The words of a right answer are there; of an unanswerable question, the refusal. */
  readonly worded: boolean
  /** Some of the judged evidence is cited; all of it. */
  readonly cites: boolean
  readonly citesAll: boolean
  /** Ways in which the contract is broken. */
  readonly broken: readonly string[]
  /** Characters of all statements, white space not among them. */
  readonly length: number
  /** In words, for whoever looks into it. */
  readonly why: readonly string[]
}

/** Judges one answer. `readSource` gives a source as it was ingested, to check where quotes stand. */
export function judge(
  judged: JudgedQuestion,
  answer: Answer,
  readSource?: (source: string) => string | undefined,
): Verdict {
  const refused = answer.status === 'not_found'
  const length = plain(answer.statements.map(({ text }) => text).join('')).length
  const broken = [...violations(answer), ...misplaced(answer, readSource)]
  const shared = { refused, length, broken }
  if (judged.kind === UNANSWERABLE) {
    const why = refused ? broken : ['answered, though the articles do not say', ...broken]
    return { ...shared, right: refused, worded: refused, cites: true, citesAll: true, why }
  }
  const telling = tellingOf(answer)
  const all = answer.citations.map(({ quote }) => quote)
  const said = plain(
    telling.flatMap(({ text }) => [text, withoutExplanations(text, all)]).join('\n'),
  )
  const lacks = lacking(judged, said)
  const quotes = telling
    .flatMap(({ citations }) => citations)
    .flatMap((n) => answer.citations.filter((c) => c.n === n))
    .filter(({ quote }) => plain(quote).length >= SHORTEST_QUOTED)
  const found = judged.evidence.map(({ file, quote }) => isCited(quotes, file, quote))
  const worded = !refused && lacks.length === 0
  const cites = found.length === 0 || found.some(Boolean)
  const why = [
    ...(refused ? ['refused, though the articles answer it'] : []),
    ...lacks,
    ...(cites ? [] : ['cites none of the judged evidence']),
    ...broken,
  ]
  return {
    ...shared,
    worded,
    cites,
    citesAll: found.every(Boolean),
    right: worded && cites && broken.length === 0,
    why,
  }
}

/** Quotes that do not stand at their spans in the source as it was ingested. */
function misplaced(
  { citations }: Answer,
  readSource?: (source: string) => string | undefined,
): string[] {
  return citations.flatMap(({ n, quote, source, spans }) => {
    const text = readSource?.(source)
    if (text === undefined) return []
    const slice = spans.map(({ start, end }) => text.slice(start, end)).join('')
    return standsIn(quote, slice) ? [] : [`2: the source does not print quote ${n} at its spans`]
  })
}

/** What tells something: the statements, and notices that correct or set figures side by side. */
function tellingOf({ statements, notices }: Answer) {
  return [...statements, ...notices.filter(({ kind }) => kind === 'premise' || kind === 'conflict')]
}

function lacking(
  { must_contain, must_contain_any, must_not_contain }: JudgedQuestion,
  said: string,
): string[] {
  const groups = must_contain_any.map((group) => [group].flat())
  return [
    ...must_contain.filter((words) => !says(said, words)).map((words) => `lacks ${words}`),
    ...groups
      .filter((group) => !group.some((words) => says(said, words)))
      .map((group) => `lacks any of ${group.join(', ')}`),
    ...must_not_contain.filter((words) => says(said, words)).map((words) => `says ${words}`),
  ]
}

function isCited(quotes: readonly Citation[], file: string, judged: string): boolean {
  return quotes.some(({ source, quote }) => source === file && sameWords(quote, judged))
}
