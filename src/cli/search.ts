import { sourceLine } from '../answer/reply.ts'
import { Question } from '../corpus.ts'
import { command, UsageError } from './command.ts'
import { mapJsonLines, printJsonLine } from './json-lines.ts'
import { openWence } from './open.ts'

const usage = `npm run search -- "QUERY"     ranked passages
npm run search -- --jsonl     Question lines in on stdin, one Ranking a line out

  --json      the Ranking as JSON
  --limit N   how many passages (10)`

const options = {
  json: { type: 'boolean' },
  jsonl: { type: 'boolean' },
  limit: { type: 'string', default: '10' },
} as const

await command({ usage, options }, async ({ values, positionals, config }) => {
  const limit = Number(values.limit)
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new UsageError('--limit takes a whole number from 1 to 1000.')
  const query = positionals.join(' ').trim()
  if (!values.jsonl && !query) throw new UsageError('What to search for?')
  const wence = await openWence(config)
  try {
    if (values.jsonl) return await mapJsonLines(Question, rank)
    const ranking = await rank({ question: query })
    if (values.json) await printJsonLine(ranking)
    else ranking.results.forEach(print)
  } finally {
    await wence.close()
  }

  async function rank(question: Question) {
    const { standalone, results } = await wence.retrieve(question, limit)
    return {
      ...(question.id !== undefined && { id: question.id }),
      query: standalone,
      results: results.map(({ rank: position, score, passage }) => {
        const {
          id: passageId,
          articleId,
          source,
          headline,
          publication,
          date,
          place,
          text,
          spans,
        } = passage
        return {
          rank: position,
          score,
          passageId,
          articleId,
          source,
          headline,
          publication,
          date,
          place,
          text,
          spans,
        }
      }),
    }
  }
})

function print(
  result: { rank: number; score: number; text: string; source: string } & Parameters<
    typeof sourceLine
  >[0],
) {
  console.log(
    `${result.rank}. ${sourceLine(result)} · ${result.source} (${result.score.toFixed(2)})`,
  )
  console.log(`   ${result.text.replaceAll('\n', '\n   ')}\n`)
}
