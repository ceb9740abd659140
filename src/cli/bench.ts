import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { normalized } from '../retrieval/dense-scan.ts'
import { openEmbeddedIndex } from '../retrieval/embedded-index.ts'
import { createRetrieve } from '../retrieval/retrieve.ts'
import { withVectors } from '../retrieval/with-vectors.ts'
import { command, UsageError } from './command.ts'
import { corpusSentences, seeded, writeCorpus } from './made-corpus.ts'

const usage = `npm run bench   speed and memory, on a corpus that it makes of the seeds' sentences, put together anew

  --articles N   how many articles of some 2 KB (20000)
  --vectors      with made-up vectors of 512 dimensions beside the words
  --json         the figures as JSON`

const options = {
  articles: { type: 'string', default: '20000' },
  vectors: { type: 'boolean' },
  json: { type: 'boolean' },
  // The measured half runs in a process of its own, so that memory is that of serving alone.
  serve: { type: 'string' },
} as const

const QUERIES = 300
const DIMENSIONS = 512

/** Milliseconds, megabytes. */
const Served = z.object({
  openMs: z.number(),
  p50Ms: z.number(),
  p95Ms: z.number(),
  memoryMb: z.number(),
})

await command({ usage, options }, async ({ values }) => {
  const articles = Number(values.articles)
  if (!Number.isInteger(articles) || articles < 1)
    throw new UsageError('--articles takes a whole number.')
  const vectors = values.vectors ?? false
  if (values.serve !== undefined) {
    console.log(JSON.stringify(await serve(values.serve, vectors)))
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'wence-bench-'))
  try {
    const figures = {
      articles,
      vectors,
      ...(await build(folder, articles, vectors)),
      ...served(folder, vectors),
    }
    if (values.json) console.log(JSON.stringify(figures))
    else
      for (const [name, value] of Object.entries(figures))
        console.log(`${name.padEnd(10)} ${value}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Makes a corpus and reads it into an index, as ingest would. */
async function build(folder: string, articles: number, vectors: boolean) {
  const file = join(folder, 'articles.jsonl')
  await writeCorpus(file, articles)
  const { readArticles } = await import('../ingest/read-articles.ts')
  const index = openEmbeddedIndex(join(folder, 'index.sqlite'), {
    ...(vectors && { embedding: `made-up/${DIMENSIONS}` }),
  })
  let passages = 0
  const started = performance.now()
  await (vectors ? withVectors(index, madeUp) : index).putBatches(
    'articles.jsonl',
    (async function* () {
      for await (const batch of readArticles(file, 'articles.jsonl', console.error)) {
        passages += batch.passages.length
        yield batch
      }
    })(),
  )
  const seconds = (performance.now() - started) / 1000
  await index.close()
  return {
    passages,
    corpusMb: round(statSync(file).size / 2 ** 20),
    buildS: round(seconds),
    diskMb: round(statSync(join(folder, 'index.sqlite')).size / 2 ** 20),
  }
}

function served(folder: string, vectors: boolean) {
  const args = [
    fileURLToPath(import.meta.url),
    '--serve',
    folder,
    ...(vectors ? ['--vectors'] : []),
  ]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The measured half failed: ${stderr}`)
  return Served.parse(JSON.parse(stdout))
}

/** Opens the index cold and asks it what people ask: a few words of its sentences each. */
async function serve(folder: string, vectors: boolean): Promise<z.infer<typeof Served>> {
  const random = seeded(2)
  const texts = corpusSentences()
  const ask = () => texts[Math.floor(random() * texts.length)]!.replace(/[。，]/gu, '').slice(0, 14)
  const started = performance.now()
  const index = openEmbeddedIndex(join(folder, 'index.sqlite'), {
    ...(vectors && { embedding: `made-up/${DIMENSIONS}` }),
  })
  const retrieve = createRetrieve({
    index,
    ...(vectors && {
      embedQuestion: async (question: string) => ({ vector: (await madeUp([question]))[0]! }),
    }),
  })
  await retrieve({ question: ask() }, 10)
  const openMs = performance.now() - started
  const times: number[] = []
  for (let i = 0; i < QUERIES; i++) {
    const question = ask()
    const from = performance.now()
    await retrieve({ question }, 10)
    times.push(performance.now() - from)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => round(times[Math.floor(times.length * share)]!)
  await index.close()
  return {
    openMs: round(openMs),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    memoryMb: round(process.memoryUsage().rss / 2 ** 20),
  }
}

/** Vectors that mean nothing, the same for the same text. */
async function madeUp(texts: readonly string[]): Promise<Float32Array[]> {
  return texts.map((text) => {
    const random = seeded(createHash('sha256').update(text).digest().readInt32LE())
    return normalized(Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5))
  })
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
