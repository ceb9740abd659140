import { sourceLine } from '../answer/reply.ts'
import { Question } from '../corpus.ts'
import { command, UsageError } from './command.ts'
import { mapJsonLines, printJsonLine } from './json-lines.ts'
import { openWence } from './open.ts'
import { rankingOf } from '../retrieval/ranking.ts'
import type { RetrievedPassage } from '../retrieval/retrieve.ts'

const usage = `npm run search -- "QUERY"     ranked passages
npm run search -- --jsonl     Question lines in on stdin, one Ranking a line out

  --json      the Ranking as JSON
  --explain   what each score is made of, and what of the question a passage lacks
  --limit N   how many passages (10)`

const options = {
  json: { type: 'boolean' },
  jsonl: { type: 'boolean' },
  explain: { type: 'boolean' },
  limit: { type: 'string', default: '10' },
} as const

await command(
  { usage, options, allowPositionals: true },
  async ({ values, positionals, config }) => {
    const limit = Number(values.limit)
    if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
      throw new UsageError('--limit takes a whole number from 1 to 1000.')
    const query = positionals.join(' ').trim()
    if (!values.jsonl && !query) throw new UsageError('What to search for?')
    const wence = await openWence(config)
    const search = (question: Question) => wence.retrieve(question, limit)
    try {
      if (values.jsonl) {
        return await mapJsonLines(Question, async (q) => rankingOf(q, await search(q)))
      }
      const question = { question: query }
      const retrieved = await search(question)
      if (retrieved.degraded !== undefined) console.error(retrieved.degraded)
      if (values.json) await printJsonLine(rankingOf(question, retrieved))
      else if (retrieved.results.length === 0) console.error('No passage found.')
      else for (const result of retrieved.results) console.log(resultText(result, values.explain))
    } finally {
      await wence.close()
    }
  },
)

function resultText(result: RetrievedPassage, explain = false): string {
  const { rank, score, passage, parts, coverage, lacking } = result
  const made = Object.entries(parts).map(([name, value]) => `${name} ${value.toFixed(2)}`)
  const lines = [
    `${rank}. ${sourceLine(passage)} · ${passage.source} (${score.toFixed(2)})`,
    ...(explain
      ? [
          `= ${made.join(' + ')}`,
          `has ${(100 * coverage).toFixed(0)}% of the question, lacks ${lacking.join(' ') || 'nothing'}`,
        ]
      : []),
    ...passage.text.split('\n'),
  ]
  return `${lines.join('\n   ')}\n`
}
