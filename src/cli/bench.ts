import { execFile } from 'node:child_process'
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { clock } from '../clock.ts'
import { type Asked, Built, type Job, Served } from './bench/job.ts'
import { type StartedQdrant, startQdrant } from './bench/start-qdrant.ts'
import { bareCommand, UsageError } from './command.ts'
import { writeCorpus } from './bench/made-corpus.ts'

const usage = `npm run bench   speed and memory, on a corpus that it makes of the seeds' sentences, put together anew

  --articles N      how many articles of some 2 KB (20000)
  --vectors         with vectors of 512 dimensions beside the words: hashes of characters, no model's
  --qdrant BINARY   measures a Qdrant beside the embedded index, which it starts with that program; with the
                    settings of the environment that begin with QDRANT__
  --shards N        into how many shards the Qdrant parts them (1)
  --questions N     how many questions are asked, one after the other (200)
  --json            the figures as JSON

Says each figure as soon as it is known, on stderr. What it makes lies in the system's folder for what
passes (TMPDIR), some 20 KB an article, until it ends.`

const options = {
  articles: { type: 'string', default: '20000' },
  vectors: { type: 'boolean' },
  qdrant: { type: 'string' },
  shards: { type: 'string', default: '1' },
  questions: { type: 'string', default: '200' },
  json: { type: 'boolean' },
} as const

/** As in a folder of papers: each file is a source, and changes in one moment. */
const ARTICLES_A_FILE = 500

type Figures = Record<string, string | number>

await bareCommand({ usage, options }, async ({ values }) => {
  const [articles, shards, questions] = (['articles', 'shards', 'questions'] as const).map((name) =>
    wholeNumber(name, values[name]),
  )
  const vectors = values.vectors ?? false
  const folder = mkdtempSync(join(tmpdir(), 'wence-bench-'))
  try {
    const corpus = join(folder, 'corpus')
    await makeCorpus(corpus, articles!)
    const job = { corpus, vectors, shards: shards!, questions: questions! }
    const embedded = await measure(job, join(folder, 'embedded'))
    const qdrant =
      values.qdrant && (await measure(job, join(folder, 'qdrant'), resolve(values.qdrant)))
    const about = {
      articles: articles!,
      vectors: String(vectors),
      corpusMb: diskMb(corpus),
      ...machine(),
    }
    const agreement = qdrant ? agreementOf(embedded.asked, qdrant.asked) : {}
    const columns = { embedded: embedded.figures, ...(qdrant && { qdrant: qdrant.figures }) }
    if (values.json) console.log(JSON.stringify({ ...about, ...columns, agreement }))
    else print({ ...about, ...agreement }, columns)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

function wholeNumber(name: string, given: string): number {
  const number = Number(given)
  if (!Number.isInteger(number) || number < 1)
    throw new UsageError(`--${name} takes a whole number.`)
  return number
}

async function makeCorpus(folder: string, articles: number): Promise<void> {
  mkdirSync(folder)
  for (let i = 0; i * ARTICLES_A_FILE < articles; i++) {
    const some = Math.min(ARTICLES_A_FILE, articles - i * ARTICLES_A_FILE)
    await writeCorpus(join(folder, `${i + 1}.jsonl`), some, i + 1)
  }
}

/** Builds and asks one index: the embedded one, or a Qdrant that is started for it. */
async function measure(
  given: Omit<Job, 'do' | 'folder' | 'qdrant'>,
  folder: string,
  binary?: string,
) {
  const name = binary ? 'qdrant' : 'embedded'
  const figures: Figures = {}
  const say = (some: Figures) => {
    Object.assign(figures, some)
    console.error(JSON.stringify({ index: name, ...some, load: loadavg()[0]!.toFixed(1) }))
  }
  mkdirSync(folder)
  const started = performance.now()
  const server = binary ? await startQdrant(binary, join(folder, 'server')) : undefined
  try {
    const job = { ...given, folder, qdrant: server?.url }
    if (server) say({ version: (await server.client.versionInfo()).version })
    say(Built.parse(await run({ ...job, do: 'build' })))
    if (server) {
      await settled(server)
      say({ settledS: round((performance.now() - started) / 1000), ...takenBy(server) })
    }
    say({ diskMb: diskMb(server ? join(folder, 'server/storage') : folder, 'ingest.sqlite') })
    const { words, vectors, ...served } = Served.parse(await run({ ...job, do: 'serve' }))
    const asked = { words, ...(vectors && { vectors }) }
    for (const [by, of] of Object.entries(asked)) say(figuresOf(by, of))
    say({ ...served, ...(server && takenBy(server)) })
    return { figures, asked }
  } finally {
    await server?.end()
  }
}

async function run(job: Job): Promise<unknown> {
  const measured = fileURLToPath(new URL('bench/measured.ts', import.meta.url))
  const args = [measured, JSON.stringify(job)]
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 28 })
  return JSON.parse(stdout)
}

function takenBy({ memoryMb, cpuS }: StartedQdrant): Figures {
  const { all, own } = memoryMb()
  return { serverMb: all, serverOwnMb: own, serverCpuS: cpuS() }
}

/** Qdrant goes on after it has taken all, until its graphs are made. */
async function settled({ client }: StartedQdrant): Promise<void> {
  for (let green = 0; green < 3; await sleep(500)) {
    const { status } = await client.getCollection('bench')
    green = status === 'green' ? green + 1 : 0
  }
}

function figuresOf(by: string, { firstMs, retrieval, answer, requests, answered }: Asked): Figures {
  return {
    [`${by} firstMs`]: firstMs,
    [`${by} retrieval p50Ms`]: retrieval.p50,
    [`${by} retrieval p95Ms`]: retrieval.p95,
    [`${by} answer p50Ms`]: answer.p50,
    [`${by} answer p95Ms`]: answer.p95,
    [`${by} requests a retrieval`]: requests.retrieval,
    [`${by} requests an answer`]: requests.answer,
    [`${by} answered`]: answered,
  }
}

/** How many of the ten best passages both have, on average, and how often both have the same first. */
function agreementOf(one: Record<string, Asked>, other: Record<string, Asked>): Figures {
  return Object.fromEntries(
    Object.entries(one).flatMap(([by, { rankings }]) => {
      const pairs = rankings.map((ranking, i) => [ranking, other[by]!.rankings[i]!] as const)
      const common = pairs.map(([a, b]) => a.filter((id) => b.includes(id)).length)
      const same = pairs.filter(([a, b]) => a[0] === b[0]).length
      return [
        [`${by} overlap at 10`, round(common.reduce((sum, n) => sum + n, 0) / pairs.length)],
        [`${by} same first`, `${same} of ${pairs.length}`],
      ]
    }),
  )
}

function machine(): Figures {
  const day = new Date(clock.now()).toISOString().slice(0, 16)
  const load = loadavg()
    .map((of) => of.toFixed(1))
    .join(' ')
  return { day, node: process.version, cores: cpus().length, load }
}

/** What a folder takes on the disk: files may be longer than what is in them. */
function diskMb(folder: string, without?: string): number {
  const bytes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => without === undefined || !name.startsWith(without))
    .reduce((sum, name) => sum + lstatSync(join(folder, name)).blocks * 512, 0)
  return round(bytes / 2 ** 20)
}

function print(about: Figures, columns: Readonly<Record<string, Figures>>): void {
  for (const [name, value] of Object.entries(about)) console.log(`${name.padEnd(28)} ${value}`)
  const names = [...new Set(Object.values(columns).flatMap(Object.keys))]
  const row = (name: string, cells: readonly (string | number)[]) =>
    console.log([name.padEnd(28), ...cells.map((cell) => String(cell).padStart(10))].join(' '))
  row('', Object.keys(columns))
  for (const name of names)
    row(
      name,
      Object.values(columns).map((of) => of[name] ?? ''),
    )
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
