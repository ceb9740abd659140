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
  /** What is wrong, and the same in words, for whoever looks into it. */
  readonly faults: readonly Fault[]
  readonly why: readonly string[]
}

/** What is wrong with an answer; `words` are those that it lacks or says, or how it breaks the contract. */
export interface Fault {
  readonly kind: (typeof FAULT_KINDS)[number]
  readonly words: string
}

export const FAULT_KINDS = [
  'answered',
  'refused',
  'lacks',
  'lacksAny',
  'says',
  'cites',
  'broken',
] as const

const FAULTS: Readonly<Record<Fault['kind'], string>> = {
  answered: 'answered, though the articles do not say',
  refused: 'refused, though the articles answer it',
  lacks: 'lacks ',
  lacksAny: 'lacks any of ',
  says: 'says ',
  cites: 'cites none of the judged evidence',
  broken: '',
}

const said = ({ kind, words }: Fault) => `${FAULTS[kind]}${words}`
const fault = (kind: Fault['kind'], words = ''): Fault => ({ kind, words })

/** Judges one answer. `readSource` gives a source as it was ingested, to check where quotes stand. */
export function judge(
  judged: JudgedQuestion,
  answer: Answer,
  readSource?: (source: string) => string | undefined,
): Verdict {
  const refused = answer.status === 'not_found'
  const length = plain(answer.statements.map(({ text }) => text).join('')).length
  const broken = [...violations(answer), ...misplaced(answer, readSource)]
  const breaks = broken.map((how) => fault('broken', how))
  const shared = { refused, length, broken }
  if (judged.kind === UNANSWERABLE) {
    const faults = [...(refused ? [] : [fault('answered')]), ...breaks]
    const cited = { cites: true, citesAll: true }
    return { ...shared, right: refused, worded: refused, ...cited, faults, why: faults.map(said) }
  }
  const telling = tellingOf(answer)
  const all = answer.citations.map(({ quote }) => quote)
  const told = plain(
    telling.flatMap(({ text }) => [text, withoutExplanations(text, all)]).join('\n'),
  )
  const lacks = lacking(judged, told)
  const quotes = telling
    .flatMap(({ citations }) => citations)
    .flatMap((n) => answer.citations.filter((c) => c.n === n))
    .filter(({ quote }) => plain(quote).length >= SHORTEST_QUOTED)
  const found = judged.evidence.map(({ file, quote }) => isCited(quotes, file, quote))
  const worded = !refused && lacks.length === 0
  const cites = found.length === 0 || found.some(Boolean)
  const faults = [
    ...(refused ? [fault('refused')] : []),
    ...lacks,
    ...(cites ? [] : [fault('cites')]),
    ...breaks,
  ]
  return {
    ...shared,
    worded,
    cites,
    citesAll: found.every(Boolean),
    right: worded && cites && broken.length === 0,
    faults,
    why: faults.map(said),
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
  text: string,
): Fault[] {
  const groups = must_contain_any.map((group) => [group].flat())
  return [
    ...must_contain.filter((words) => !says(text, words)).map((words) => fault('lacks', words)),
    ...groups
      .filter((group) => !group.some((words) => says(text, words)))
      .map((group) => fault('lacksAny', group.join(', '))),
    ...must_not_contain.filter((words) => says(text, words)).map((words) => fault('says', words)),
  ]
}

function isCited(quotes: readonly Citation[], file: string, judged: string): boolean {
  return quotes.some(({ source, quote }) => source === file && sameWords(quote, judged))
}
