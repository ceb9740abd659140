import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { evaluate } from '../answer/evaluate/evaluate.ts'
import { evaluateRankings, rankingText } from '../answer/evaluate/evaluate-rankings.ts'
import { type JudgedQuestion, parseQuestions } from '../answer/evaluate/judged-question.ts'
import { readLastRun, writeLastRun } from '../answer/evaluate/last-run.ts'
import { reportText } from '../answer/evaluate/report.ts'
import { changed, summarize } from '../answer/evaluate/summary.ts'
import { command, UsageError } from './command.ts'
import { printJsonLine } from './json-lines.ts'
import { openWence } from './open.ts'
import { readText } from './read-text.ts'

const usage = `npm run eval -- QUESTIONS.jsonl              scores answers against judged questions
npm run eval -- --retrieval QUESTIONS.jsonl  scores rankings

  --failures     name what is wrong, and where it went wrong
  --json         the figures as JSON
  --min PERCENT  exit 1 where fewer are right, or, of rankings, have some evidence among the first ten
  --sources DIR  the folder that was ingested, to check that each quote stands where its spans say

A question a line: {"id","question","kind","must_contain","must_contain_any","must_not_contain",
"evidence":[{"file","quote"}]}; of kind "unanswerable", it must be refused. What changed since the
last run of the same file is told; that run is kept in the data directory.`

const options = {
  retrieval: { type: 'boolean' },
  failures: { type: 'boolean' },
  json: { type: 'boolean' },
  min: { type: 'string', default: '0' },
  sources: { type: 'string' },
} as const

await command(
  { usage, options, allowPositionals: true },
  async ({ values, positionals, config }) => {
    const [file, ...more] = positionals
    if (!file || more.length > 0) throw new UsageError('Which file of judged questions?')
    const min = Number(values.min)
    if (!(min >= 0 && min <= 100)) throw new UsageError('--min takes a percentage, as in 90.')
    const questions = parseQuestions(await readText(file), file)
    const wence = await openWence(config)
    try {
      if (values.retrieval) {
        const summary = await evaluateRankings(questions, wence.retrieve, progress)
        if (values.json) await printJsonLine(summary)
        else console.log(rankingText(summary))
        return atLeast(min, summary.someAt[10] ?? 0)
      }
      const readSource =
        values.sources === undefined ? undefined : await sourcesIn(values.sources, questions)
      const evaluated = await evaluate(questions, {
        answer: wence.answer,
        passages: (articleId) => wence.index.passages(articleId),
        report: progress,
        ...(readSource && { readSource }),
      })
      const summary = summarize(evaluated)
      const kept = join(config.WENCE_DATA_DIR, 'eval', `${basename(file)}.json`)
      const ids = questions.map(({ id }) => id)
      const last = await readLastRun(kept)
      const change = last && changed(summary, ids, last)
      await writeLastRun(kept, { ids, wrong: summary.wrong.map(({ id }) => id) })
      if (values.json) await printJsonLine({ ...summary, change })
      else console.log(reportText(summary, change, { failures: values.failures ?? false }))
      return atLeast(min, (summary.questions - summary.wrong.length) / summary.questions)
    } finally {
      await wence.close()
    }
  },
)

/** The exit code, by a share. */
function atLeast(min: number, share: number): number {
  const percent = 100 * share
  if (percent >= min) return 0
  console.error(`${percent.toFixed(1)}% are fewer than ${min}%.`)
  return 1
}

/** The sources that questions name, as they were decoded. */
async function sourcesIn(folder: string, questions: readonly JudgedQuestion[]) {
  const names = new Set(questions.flatMap(({ evidence }) => evidence.map(({ file }) => file)))
  const texts = new Map<string, string>()
  for (const name of names) {
    texts.set(name, (await readFile(join(folder, name), 'utf8')).replace(/^\uFEFF/, ''))
  }
  return (name: string) => texts.get(name)
}

function progress(done: number, total: number) {
  if (!process.stderr.isTTY) return
  process.stderr.write(done === total ? '\r\u001B[K' : `\r${done}/${total}`)
}
