import { existsSync } from 'node:fs'
import { sourceLine } from '../answer/reply.ts'
import type { Config } from '../config.ts'
import type { Article } from '../corpus.ts'
import { explainedPage } from '../desk/articles/explained-page.ts'
import { openLedger } from '../ingest/ledger.ts'
import { readAlone } from '../ingest/reading/open-readers.ts'
import { command } from './command.ts'
import { printJsonLine } from './json-lines.ts'
import { openFilledIndex } from './open.ts'
import { ledgerFile } from './open-index.ts'

const usage = `npm run articles                     lists the articles of the index, and those that a file only reprints
npm run articles -- --explain FILE   one HTML page on stdout that shows how a file is read: the source
                                     beside what was understood, repairs marked, each article in its colour

  --json      one Article a line, as JSON`

const options = { json: { type: 'boolean' }, explain: { type: 'string' } } as const

await command({ usage, options }, async ({ values, config }) => {
  if (values.explain !== undefined) return explainFile(values.explain)
  const { index, close } = await openFilledIndex(config)
  try {
    const print = async (article: Article) => {
      if (values.json) await printJsonLine(article)
      else console.log(`${article.source}#${article.n} [${article.kind}] ${sourceLine(article)}`)
    }
    for await (const article of index.articles()) await print(article)
    for (const article of reprinted(config, await index.identity())) await print(article)
  } finally {
    await close()
  }
})

/** Articles that an earlier file printed too: the index keeps each once, there, and ingest remembers the others. */
function reprinted(config: Config, identity: string): Article[] {
  const file = ledgerFile(config)
  // A machine that only serves has none.
  if (!existsSync(file)) return []
  const ledger = openLedger(file, identity, { onNotice: console.error })
  try {
    return ledger.reprinted()
  } finally {
    ledger.close()
  }
}

async function explainFile(path: string): Promise<void> {
  for await (const explanation of readAlone('explanation', path))
    console.log(String(explainedPage(explanation)))
}
