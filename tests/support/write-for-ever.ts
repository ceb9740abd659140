/** Puts the same sources into an index again and again, until killed: `write-for-ever.ts FILE`. */
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { batchOf } from './passages.ts'

const [file = ''] = process.argv.slice(2)
const index = openEmbeddedIndex(file)
for (let turn = 0; ; turn++) {
  const source = `source${turn % 7}`
  const body = [`第${turn}期企业用电报装`, `第${turn}期专利质押贷款`]
  const { articles, passages } = batchOf({ id: source, source, body })
  await index.put(source, articles, passages)
  if (turn === 10) process.stdout.write('writing\n')
}
