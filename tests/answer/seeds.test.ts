import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAnswer } from '../../src/answer/answer.ts'
import { judge } from '../../src/answer/evaluate/judge.ts'
import { askedOf, JudgedQuestion } from '../../src/answer/evaluate/judged-question.ts'
import { createPickByWeights } from '../../src/answer/pick/learned/pick.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { openLedger } from '../../src/ingest/ledger.ts'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import type { PassageIndex } from '../../src/retrieval/passage-index.ts'
import { createRetrieve } from '../../src/retrieval/retrieve.ts'

const SEEDS = fileURLToPath(new URL('../../seeds', import.meta.url))
const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url))
/** Every question of each third: quality is measured by `npm run eval`, here only what must hold for all. */
const EACH = 3

let folder: string
let index: PassageIndex
const sources = new Map<string, string>()
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-seeds-'))
  index = openEmbeddedIndex(join(folder, 'index.sqlite'))
  const ledger = openLedger(join(folder, 'ingest.sqlite'), await index.identity())
  await ingest([SEEDS], { index, ledger })
  ledger.close()
  for await (const { source } of index.articles()) {
    if (!sources.has(source)) sources.set(source, await readFile(join(SEEDS, source), 'utf8'))
  }
})
afterAll(async () => {
  await index.close()
  await rm(folder, { recursive: true })
})

async function questionsIn(file: string): Promise<JudgedQuestion[]> {
  const text = await readFile(join(FIXTURES, file), 'utf8')
  return text
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => JudgedQuestion.parse(JSON.parse(line)))
}

test.each(['questions.jsonl', 'colloquial.jsonl'])('answers to %s break nothing', async (file) => {
  const answer = createAnswer({
    retrieve: createRetrieve({ index }),
    passages: (id) => index.passages(id),
    pickByWords: createPickByWeights(),
  })
  const questions = (await questionsIn(file)).filter((_, i) => i % EACH === 0)
  expect(questions.length).toBeGreaterThan(10)
  for (const question of questions) {
    const given = await answer(askedOf(question))
    const readSource = (source: string) => sources.get(source)
    expect([question.id, judge(question, given, readSource).broken]).toEqual([question.id, []])
  }
})
