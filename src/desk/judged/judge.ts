/** What a verdict becomes as a judged question, so that `eval` measures what staff meant. */
import { type JudgedQuestion, UNANSWERABLE } from '../../answer/evaluate/judged-question.ts'
import type { Answer, Question } from '../../corpus.ts'
import { askedIn, gives, isStrict } from '../../language/kinds.ts'
import { normalize } from '../../retrieval/tokens.ts'
import type { Pointed } from './pointed.ts'
import type { Verdict } from './verdicts.ts'

export interface Judging {
  /** As it was asked, with the day. */
  readonly question: Question & { readonly id: string }
  readonly answer: Answer
  readonly verdict: Verdict
  /** The pieces that staff pointed at; those that the answer tells, in its order. */
  readonly pointed: readonly Pointed[]
  readonly told: readonly Pointed[]
  /** How a misread text should read. */
  readonly reading?: string
}

/**
 * A verdict in the format of `eval`:
 * - right: it is right again when it says what decides, and cites one of the sentences it cites now.
 *   A right refusal must be refused again.
 * - wrong: it must say the pieces pointed at, and cite one of their sentences. With none pointed at, it
 *   must no longer say what it says first.
 * - refuse: it must be refused.
 * - answer: as wrong; with none pointed at, it must be answered, whatever it says.
 * - misread: it must say how the text should read, and cite that sentence, read either way; where
 *   nobody says how, it must not say the misread words.
 */
export function judgedFrom(judging: Judging): JudgedQuestion {
  const { question, answer, verdict, pointed, told, reading = '' } = judging
  const base: JudgedQuestion = {
    ...question,
    kind: verdict,
    must_contain: [],
    must_contain_any: [],
    must_not_contain: [],
    evidence: evidenceOf(pointed),
  }
  const decides = pointed.length > 0 ? [] : deciding(answer.standalone, told)
  switch (verdict) {
    case 'right':
      if (answer.status === 'not_found') return { ...base, kind: UNANSWERABLE, evidence: [] }
      return {
        ...base,
        must_contain: wordsOf(pointed),
        must_contain_any: decides.map(wordsOf),
        evidence: evidenceOf([...cited(answer), ...pointed]),
      }
    case 'refuse':
      return { ...base, kind: UNANSWERABLE, evidence: [] }
    case 'wrong':
      if (pointed.length === 0) return { ...base, must_not_contain: wordsOf(said()) }
      return { ...base, must_contain: wordsOf(pointed) }
    case 'answer':
      return { ...base, must_contain: wordsOf(pointed) }
    case 'misread': {
      const place = pointed.length > 0 ? pointed : said()
      if (reading === '')
        return { ...base, must_not_contain: wordsOf(place), evidence: evidenceOf(place) }
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

/** What the statements of an answer cite. */
function cited({ statements, citations }: Answer) {
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
