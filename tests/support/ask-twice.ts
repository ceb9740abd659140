/**
 * Opens the product as the environment says, asks it twice, and prints as a line of JSON what came and
 * what it took: `ask-twice.ts QUESTION`.
 */
import { openWence } from '../../src/cli/open.ts'
import { parseConfig } from '../../src/config.ts'

const [question = ''] = process.argv.slice(2)
const timed = async <T>(work: () => Promise<T>) => {
  const started = performance.now()
  return { value: await work(), ms: performance.now() - started }
}
const opened = await timed(() => openWence(parseConfig(process.env)))
const answers = []
for (let i = 0; i < 2; i++) {
  const { value, ms } = await timed(() => opened.value.answer({ question }))
  answers.push({
    ms,
    told: value.statements.map(({ text }) => text),
    notices: value.notices.map(({ kind }) => kind),
  })
}
await opened.value.close()
const megabytes = process.resourceUsage().maxRSS / 1024
process.stdout.write(JSON.stringify({ startMs: opened.ms, answers, megabytes }))
