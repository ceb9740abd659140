/** The measured half of `npm run bench`, in a process of its own, so that memory is that of its work alone. */
import { subscribe } from 'node:diagnostics_channel'
import { join } from 'node:path'
import { parseConfig } from '../../config.ts'
import type { EmbedQuestion } from '../../retrieval/embed-question.ts'
import { openEmbeddedIndex } from '../../retrieval/embedded-index.ts'
import { openQdrantIndex } from '../../retrieval/qdrant-index.ts'
import { withVectors } from '../../retrieval/with-vectors.ts'
import { corpusSentences, seeded } from './made-corpus.ts'
import { wire } from '../wire.ts'
import { DIMENSIONS, hashedVector } from './hashed-vector.ts'
import { type Asked, type Built, Job, type Served } from './job.ts'

const MODEL = 'hashed'

let requests = 0
subscribe('undici:request:create', () => requests++)

const job = Job.parse(JSON.parse(process.argv[2] ?? ''))
console.log(JSON.stringify(job.do === 'build' ? await build() : await serve()))

function open() {
  if (job.qdrant)
    return openQdrantIndex({
      url: job.qdrant,
      collection: 'bench',
      shards: job.shards,
      ...(job.vectors && { embedding: { model: MODEL, dimensions: DIMENSIONS } }),
    })
  return openEmbeddedIndex(join(job.folder, 'index.sqlite'), {
    ...(job.vectors && { embedding: `${MODEL}/${DIMENSIONS}` }),
  })
}

/** Reads the corpus into the index as `npm run ingest` does. */
async function build(): Promise<Built> {
  const { ingest } = await import('../../ingest/ingest.ts')
  const { openLedger } = await import('../../ingest/ledger.ts')
  const started = performance.now()
  const index = await open()
  const ledger = openLedger(join(job.folder, 'ingest.sqlite'), await index.identity())
  const written = job.vectors ? withVectors(index, async (texts) => texts.map(hashedVector)) : index
  const outcomes = await ingest([job.corpus], { index: written, ledger })
  ledger.close()
  await index.close()
  const failed = outcomes.filter((outcome) => outcome.status === 'failed')
  for (const { error } of failed) console.error(error)
  const passages = outcomes.map((outcome) => ('passages' in outcome ? outcome.passages : 0))
  return {
    passages: passages.reduce((sum, n) => sum + n, 0),
    failed: failed.length,
    buildS: round((performance.now() - started) / 1000),
    cpuS: round(cpuS()),
    buildMb: peakMb(),
  }
}

/** Opens the index cold and asks it what people ask, by words alone and with vectors, and for all its articles. */
async function serve(): Promise<Served> {
  const words = await ask()
  const vectors = job.vectors
    ? await ask(async (text) => ({ vector: hashedVector(text) }))
    : undefined
  const serveMb = peakMb()
  const index = await open()
  const listing = performance.now()
  for await (const _ of index.articles());
  const listS = round((performance.now() - listing) / 1000)
  await index.close()
  return { words, ...(vectors && { vectors }), serveMb, listS }
}

async function ask(embedQuestion?: EmbedQuestion): Promise<Asked> {
  const index = await open()
  const close = () => index.close()
  const { retrieve, answer } = await wire(parseConfig({ WENCE_DATA_DIR: job.folder }), {
    index,
    written: index,
    embedQuestion,
    close,
  })
  // What reads words loads with the first.
  const first = await timed(['濮阳'], (question) => retrieve({ question }, 10))
  const retrieved = await timed(someQuestions(1), (question) => retrieve({ question }, 10))
  const answers = await timed(someQuestions(2), (question) => answer({ question }))
  await close()
  return {
    firstMs: first.times.p50,
    retrieval: retrieved.times,
    answer: answers.times,
    requests: { retrieval: retrieved.requests, answer: answers.requests },
    answered: answers.results.filter(({ status }) => status === 'answered').length,
    rankings: retrieved.results.map(({ results }) => results.map(({ passage }) => passage.id)),
  }
}

/** A few words of the corpus's sentences each. */
function someQuestions(seed: number): string[] {
  const random = seeded(seed)
  const texts = corpusSentences()
  return Array.from({ length: job.questions }, () =>
    texts[Math.floor(random() * texts.length)]!.replace(/[。，]/gu, '').slice(0, 14),
  )
}

/** Does the same for each question, one after the other. */
async function timed<T>(questions: readonly string[], work: (question: string) => Promise<T>) {
  const before = requests
  const results: T[] = []
  const times: number[] = []
  for (const question of questions) {
    const from = performance.now()
    results.push(await work(question))
    times.push(performance.now() - from)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => round(times[Math.floor(times.length * share)]!)
  return {
    results,
    times: { p50: at(0.5), p95: at(0.95) },
    requests: round((requests - before) / questions.length),
  }
}

function cpuS(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
