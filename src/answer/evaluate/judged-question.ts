import { z } from 'zod'
import { Question } from '../../corpus.ts'
import { faultIn, parseJson } from '../../parse-json.ts'

/** Words of a file that answer a judged question. */
const Evidence = z.object({ file: z.string(), quote: z.string() })
export type Evidence = z.infer<typeof Evidence>

/**
 * A question with what a right answer has: all of `must_contain`, of each group of
 * `must_contain_any` one, nothing of `must_not_contain`, and a quote of one of its `evidence`. Of kind
 * `unanswerable`, it must be refused.
 */
export const JudgedQuestion = Question.extend({
  // It stands in addresses, where half of a letter cannot.
  id: z.string().overwrite((id) => id.toWellFormed()),
  kind: z.string(),
  must_contain: z.array(z.string()).default([]),
  must_contain_any: z.array(z.union([z.string(), z.array(z.string())])).default([]),
  must_not_contain: z.array(z.string()).default([]),
  evidence: z.array(Evidence).default([]),
})
export type JudgedQuestion = z.infer<typeof JudgedQuestion>

export const UNANSWERABLE = 'unanswerable'

/** The question as it is asked, without what judges it. */
export function askedOf({ id, question, history, place, date }: JudgedQuestion): Question {
  return {
    id,
    question,
    ...(history && { history }),
    ...(place !== undefined && { place }),
    ...(date !== undefined && { date }),
  }
}

/**
 * Judged questions from JSON lines; `file` is what faults are told of.
 * @throws Error with one sentence where a line is none, and where there is no line at all.
 */
export function parseQuestions(text: string, file: string): JudgedQuestion[] {
  const lines = text.split('\n').flatMap((line, i) => (line.trim() ? [{ line, n: i + 1 }] : []))
  if (lines.length === 0) throw new Error(`${file}: no question in it.`)
  return lines.map(({ line, n }) => {
    const parsed = JudgedQuestion.safeParse(parseJson(line))
    if (parsed.success) return parsed.data
    throw new Error(`${file}, line ${n}: ${faultIn(parsed.error)}`)
  })
}
