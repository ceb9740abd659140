import { Question } from '../corpus.ts'
import { placesNamed } from '../language/places.ts'
import { command, UsageError } from './command.ts'
import { mapJsonLines, printJsonLine } from './json-lines.ts'
import { openWence } from './open.ts'

const usage = `npm run ask -- "QUESTION"   one answer, with its sources
npm run ask -- --jsonl      Question lines in on stdin, one Answer a line out, in order

  --json          the Answer as JSON
  --explain       how it came about, stage by stage, as JSON with the answer
  --place PLACE   where the asker is, for 咱市 and 我县
  --date DATE     when it is asked, YYYY-MM-DD; today if not given

A Question: {"id"?,"question","history"?:[{"question","answer"}],"place"?,"date"?}`

const options = {
  json: { type: 'boolean' },
  jsonl: { type: 'boolean' },
  explain: { type: 'boolean' },
  place: { type: 'string' },
  date: { type: 'string' },
} as const

await command(
  { usage, options, allowPositionals: true },
  async ({ values, positionals, config }) => {
    const asked = values.jsonl ? undefined : parseQuestion(positionals.join(' '), values)
    const wence = await openWence(config)
    try {
      const answered = async (question: Question) => {
        if (values.explain) return wence.examine(question)
        const { trace: _, ...answer } = await wence.answer(question)
        return answer
      }
      if (!asked) return await mapJsonLines(Question, answered)
      const answer = await answered(asked)
      if (values.json || values.explain) await printJsonLine(answer)
      else console.log(answer.text)
    } finally {
      await wence.close()
    }
  },
)

function parseQuestion(
  question: string,
  { place, date }: { place?: string | undefined; date?: string | undefined },
): Question {
  if (place && placesNamed(place).length === 0) {
    throw new UsageError(`--place: no place is known as ${place}; write it in full, as in 濮阳市.`)
  }
  const parsed = Question.safeParse({ question, ...(place && { place }), ...(date && { date }) })
  if (parsed.success) return parsed.data
  throw new UsageError(
    question.trim() ? '--date takes a day, as in 2026-01-31.' : 'What is the question?',
  )
}
