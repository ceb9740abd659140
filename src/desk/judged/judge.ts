/** What a verdict becomes as a judged question, so that `eval` measures what staff meant. */
import { type JudgedQuestion, UNANSWERABLE } from '../../answer/evaluate/judged-question.ts'
import type { Answer, Question } from '../../corpus.ts'
import { plain, says } from '../../answer/evaluate/says.ts'
import { askedIn, gives, isStrict } from '../../language/kinds.ts'
import { normalize } from '../../retrieval/tokens.ts'
import type { Pointed } from './pointed.ts'
import type { Verdict } from './verdicts.ts'

export interface Judging {
  /** As it was asked, with the day. */
  readonly question: Question & { readonly id: string }
  readonly answer: Answer
  readonly verdict: Verdict
  /** The pieces that staff ticked; whole sentences; those pieces that the answer tells, in its order. */
  readonly pointed: readonly Pointed[]
  readonly quoted?: readonly Pointed[]
  readonly told: readonly Pointed[]
  /** How a misread text should read. */
  readonly reading?: string
  /** Which statements say too much, by their place in the answer. */
  readonly extra?: readonly number[]
}

/**
 * A verdict in the format of `eval`. What is ticked must come: the pieces must be said, and one of the
 * sentences cited. Of a statement too many the words that no other says must not come again.
 * - right: with nothing ticked it is right again when it says what decides, and cites one of the
 *   sentences it cites now; where nothing decides, that of its first statement. A right refusal must be
 *   refused again.
 * - wrong: with nothing ticked it must no longer say what is too much, or else what it says first.
 * - refuse: it must be refused.
 * - answer: with nothing ticked it must be answered, whatever it says.
 * - misread: it must say how the text should read, and cite that sentence, read either way; where
 *   nobody says how, it must not say the misread words.
 */
export function judgedFrom(judging: Judging): JudgedQuestion {
  const { question, answer, verdict, pointed, quoted = [], reading = '', extra = [] } = judging
  const ticked = [...quoted, ...pointed]
  const statements = answer.statements.filter((_, i) => !extra.includes(i))
  const tooMuch = answer.statements.filter((_, i) => extra.includes(i))
  const told = judging.told.filter(
    ({ words }) => !saidBy(tooMuch, words) || saidBy(statements, words),
  )
  const base: JudgedQuestion = {
    ...question,
    kind: verdict,
    must_contain: [],
    must_contain_any: [],
    must_not_contain: tooMuch.flatMap((one) => ownWords(one, statements, judging.told)),
    evidence: evidenceOf(ticked),
  }
  const decides = pointed.length > 0 ? [] : deciding(answer.standalone, told)
  switch (verdict) {
    case 'right':
      if (answer.status === 'not_found') return { ...base, kind: UNANSWERABLE, evidence: [] }
      return {
        ...base,
        must_contain: wordsOf(pointed),
        must_contain_any: decides.map(wordsOf),
        evidence: evidenceOf(
          ticked.length > 0
            ? ticked
            : cited(answer, decides.length > 0 ? statements : statements.slice(0, 1)),
        ),
      }
    case 'refuse':
      return { ...base, kind: UNANSWERABLE, must_not_contain: [], evidence: [] }
    case 'wrong':
      if (ticked.length + tooMuch.length === 0)
        return { ...base, must_not_contain: wordsOf(said()) }
      return { ...base, must_contain: wordsOf(pointed) }
    case 'answer':
      return { ...base, must_contain: wordsOf(pointed) }
    case 'misread': {
      const place = ticked.length > 0 ? ticked : said()
      if (reading === '')
        return {
          ...base,
          must_not_contain: [...base.must_not_contain, ...wordsOf(place)],
          evidence: evidenceOf(place),
        }
      const mended = place.map((one) => ({ ...one, quote: one.quote.replace(one.words, reading) }))
      return { ...base, must_contain: [reading], evidence: evidenceOf([...place, ...mended]) }
    }
  }

  /** What it says first: what decides in its first statement, or the most of that. */
  function said(): readonly Pointed[] {
    const first = told.filter(({ quote }) => quote === told[0]!.quote)
    const decisive = decides.flat().filter((one) => first.includes(one))
    const longest = first.toSorted((a, b) => b.words.length - a.words.length).slice(0, 1)
    return decisive.length > 0 ? decisive : longest
  }
}

/**
 * Of each thing asked for that has a shape (figures, dates, telephones, names), the pieces an answer
 * tells that give it: a better cut may leave out the rest, and has to keep one of these.
 * ✓ 每吨补多少钱？ of 对秸秆收储企业，每吨补贴40元，由市财政拨付: 每吨补贴40元
 * ✗ the whole sentence: it is as right without 由市财政拨付.
 * Of 202 such things that answers gave rightly, 191 stand in these pieces, judged by what the questions
 * in `tests/answer/fixtures` say of themselves. Of things without a shape (how, why) it is 104 of 147,
 * too few: there the sentence that is cited says alone whether an answer is right.
 */
export function deciding(question: string, told: readonly Pointed[]): Pointed[][] {
  const groups = askedIn(normalize(question))
    .filter(({ kind }) => isStrict(kind))
    .map((asked) => told.filter(({ words }) => gives(asked, words)))
    .filter((group) => group.length > 0)
  // A wider kind that is asked for as well is mostly given by the same.
  return [...new Map(groups.map((group) => [wordsOf(group).join('\n'), group])).values()]
}

const saidBy = (statements: Answer['statements'], words: string) =>
  statements.some(({ text }) => says(plain(text), words))

/** The longest words of a statement that no other says: its own piece, or the whole of it. */
function ownWords(
  one: Answer['statements'][number],
  others: Answer['statements'],
  told: readonly Pointed[],
): string[] {
  const pieces = wordsOf(told).filter((words) => saidBy([one], words))
  return [...pieces.toSorted((a, b) => b.length - a.length), one.text]
    .filter((words) => !saidBy(others, words))
    .slice(0, 1)
}

/** What statements of an answer cite. */
function cited({ citations }: Answer, statements: Answer['statements']) {
  const numbers = new Set(statements.flatMap((statement) => statement.citations))
  return citations
    .filter(({ n }) => numbers.has(n))
    .map(({ source, quote }) => ({ file: source, quote }))
}

const wordsOf = (pieces: readonly Pointed[]) => [...new Set(pieces.map(({ words }) => words))]

function evidenceOf(
  pieces: readonly Pick<Pointed, 'file' | 'quote'>[],
): JudgedQuestion['evidence'] {
  const quotes = new Map(pieces.map(({ file, quote }) => [`${file}\n${quote}`, { file, quote }]))
  return [...quotes.values()]
}
