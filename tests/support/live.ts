/**
 * What uses a data directory for ever, as the bot, the desk and ingest do: `live.ts FOLDER`. Whatever
 * goes with something else is written in one transaction, or after it.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDeskDatabase } from '../../src/desk/desk-database.ts'
import { createJudgedStore } from '../../src/desk/judged/judged-store.ts'
import { openCorrections } from '../../src/ingest/corrections/corrections-file.ts'
import { openLedger } from '../../src/ingest/ledger.ts'
import { openVectorStore } from '../../src/retrieval/vector-store.ts'
import { openState } from '../../src/stores/sqlite/open-state.ts'
import { answerOf } from './answers-to-read.ts'

const folder = process.argv[2]!
mkdirSync(join(folder, 'uploads'), { recursive: true })
const state = await openState(join(folder, 'conversations.sqlite'), { keepQuestions: true })
const judged = createJudgedStore(openDeskDatabase(join(folder, 'desk.sqlite')))
const ledger = openLedger(join(folder, 'ingest.sqlite'), 'an index')
const vectors = openVectorStore(join(folder, 'vectors.sqlite'))
const corrections = openCorrections(join(folder, 'corrections.jsonl'))

for (let n = 1; ; n++) {
  const question = `第${n}问：${'接电要钱吗？'.repeat(20)}`
  await state.conversations.record({
    id: `q${n}`,
    chat: 'c',
    user: 'u',
    question,
    answer: answerOf({}),
    askedAt: n,
  })
  judged.importAll(
    [
      {
        id: `j${n}`,
        kind: 'fact',
        question,
        must_contain: [],
        must_contain_any: [],
        must_not_contain: [],
        evidence: [],
      },
    ],
    '工作人员',
    n,
  )
  const [path, source] = [join(folder, 'uploads', `${n}.txt`), `${n}.txt`]
  writeFileSync(path, question)
  ledger.begin({ path, source })
  ledger.put(
    { path, source, digest: 'd' },
    { prints: [], reprints: [], extracted: null, problems: [] },
  )
  vectors.put({ model: 'm', dimensions: 2 }, [question], [new Float32Array([n, 1])])
  corrections.undo(`none ${n}`)
  if (n === 20) process.stdout.write('lives\n')
  await sleep(10)
}
