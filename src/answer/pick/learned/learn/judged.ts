/** Judged questions in their two forms, and how much of the judged answer a text says. */
import { letterPairs } from '../../../../language/letter-pairs.ts'
import { z } from 'zod'
import { Question } from '../../../../corpus.ts'
import type { Sentence } from '../../../context/context.ts'

const Line = Question.extend({
  kind: z.string().optional(),
  evidence: z
    .array(z.union([z.string(), z.object({ file: z.string(), quote: z.string() })]))
    .default([]),
  must_contain: z.array(z.string()).default([]),
  must_contain_any: z.array(z.union([z.string(), z.array(z.string())])).default([]),
  answers: z.array(z.string()).optional(),
  doc_ids: z.array(z.string()).optional(),
})

/** A question with what answers it, in whichever form it was judged. */
export interface Judged {
  readonly question: Question
  /** What kind of question it was judged as, where that was said. */
  readonly kind: string | undefined
  readonly answerable: boolean
  /** Words that answer; one of them is enough. */
  readonly answers: readonly string[]
  /** Of each group one must be said. */
  readonly musts: readonly (readonly string[])[]
  /** What it is about: never learned from and tested on at once. */
  readonly document: string
  /** Whether a sentence stands in what answers. */
  readonly isAbout: (sentence: Sentence) => boolean
}

export function parseJudged(line: unknown): Judged {
  const { kind, evidence, must_contain, must_contain_any, answers, doc_ids, ...question } =
    Line.parse(line)
  const id = question.id ?? question.question
  if (answers && doc_ids) {
    return {
      question,
      kind,
      answerable: doc_ids.length > 0,
      answers,
      musts: [],
      document: doc_ids[0] ?? id,
      isAbout: ({ passage }) => doc_ids.includes(passage.articleId),
    }
  }
  const quotes = evidence.filter((one) => typeof one !== 'string')
  return {
    question,
    kind,
    answerable: kind !== 'unanswerable',
    answers: quotes.map(({ quote }) => quote),
    musts: [
      ...must_contain.map((words) => [words]),
      ...must_contain_any.map((one) => [one].flat()),
    ],
    document: quotes[0]?.file ?? id,
    isAbout: ({ passage }) =>
      quotes.some(({ file }) => passage.source === file || passage.articleId === file),
  }
}

/** Letters and digits alone; explanations in brackets, which telling adds, are passed over. */
export function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^()]{1,24}\)/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Four fifths of an answer's pairs of letters say it: a legal cut may leave out a piece. */
const MOSTLY = 0.8
/** An answer of fewer pairs must be said whole. */
const FEW = 8

/** The share of an answer's pairs that a text has; 1 when it says it. */
export function saidOf(text: string, answers: readonly string[]): number {
  const letters = lettersOf(text)
  const has = letterPairs(letters)
  return Math.max(
    0,
    ...answers.map((answer) => {
      const wanted = lettersOf(answer)
      if (letters.includes(wanted)) return 1
      const pairs = [...letterPairs(wanted)]
      if (pairs.length <= FEW) return 0
      const share = pairs.filter((pair) => has.has(pair)).length / pairs.length
      return share >= MOSTLY ? 1 : share
    }),
  )
}

const plain = (text: string) => text.normalize('NFKC').replace(/\s+/gu, '').toLowerCase()

/** Whether a text answers, as judged: says one of the answers, or has all that it must have. */
export function saysIt(text: string, { answers, musts }: Judged): boolean {
  if (musts.length === 0) return saidOf(text, answers) >= 1
  const folded = plain(text)
  return musts.every((group) => group.some((words) => folded.includes(plain(words))))
}

/** A shorter answer may stand anywhere by chance. */
const TELLING = 6

/** How right it is to tell a sentence, 0 to 1. */
export function rightness(sentence: Sentence, judged: Judged): number {
  if (!judged.answerable) return 0
  const about = judged.isAbout(sentence)
  const telling = judged.answers.filter((answer) => about || lettersOf(answer).length >= TELLING)
  const said = saidOf(sentence.text, telling)
  // A reprint says the very words.
  if (!about && said < 1) return 0
  if (judged.musts.length === 0) return said
  if (said < 0.3) return 0
  const folded = plain(sentence.text)
  const has = judged.musts.filter((group) => group.some((words) => folded.includes(plain(words))))
  return Math.max(said * 0.6, (has.length / judged.musts.length) * Math.max(said, 0.5))
}
