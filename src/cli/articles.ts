import { sourceLine } from '../answer/reply.ts'
import { command } from './command.ts'
import { printJsonLine } from './json-lines.ts'
import { openFilledStores } from './open.ts'

const usage = `npm run articles   lists the articles of the index

  --json      one Article a line, as JSON`

await command({ usage, options: { json: { type: 'boolean' } } }, async ({ values, config }) => {
  const stores = await openFilledStores(config)
  try {
    for await (const article of stores.index.articles()) {
      if (values.json) await printJsonLine(article)
      else console.log(`${article.source}#${article.n} [${article.kind}] ${sourceLine(article)}`)
    }
  } finally {
    await stores.close()
  }
})
