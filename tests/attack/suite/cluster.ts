/** What a reader sees while nodes of a Qdrant cluster are lost and come back. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { corpusSentences, seeded, writeCorpus } from '../../../src/cli/bench/made-corpus.ts'
import { ingest } from '../../../src/ingest/ingest.ts'
import { openLedger } from '../../../src/ingest/ledger.ts'
import { messageOf } from '../../../src/message-of.ts'
import { openQdrantIndex } from '../../../src/retrieval/qdrant-index.ts'
import { createRetrieve } from '../../../src/retrieval/retrieve.ts'
import { type Cluster, startCluster } from '../../support/qdrant-cluster.ts'
import { type Attack, type AttackOptions, type Measured, shareOf } from '../attack.ts'
import { shareBelow } from '../delays.ts'

const ARTICLES = 5_000
const MORE = 1_000
const QUESTIONS = 40
const ASKERS = 4
const PAUSE_MS = 100
const LOOKED_MS = 15_000
/** How many nodes hold each shard. */
const REPLICATION = Number(process.env['QDRANT_REPLICATION'] ?? 2)
const MOST_SAID = 100

export const attack: Attack = {
  name: 'cluster',
  does: `asks a Qdrant of three nodes with three shards, each held twice or as QDRANT_REPLICATION says, while one node and two are killed and come back, also in the middle of an ingest; where QDRANT_BINARY says what to start.`,
  promises:
    'one lost node, whichever it is, fails no question and no ingest, and nothing is lost; without two of three what is asked is said to be unavailable, and nobody is answered from a part of the articles.',
  async run(options) {
    const binary = process.env['QDRANT_BINARY']
    if (!binary) return [{ what: 'not run', value: 'set QDRANT_BINARY to the program of Qdrant' }]
    const folder = mkdtempSync(join(tmpdir(), 'wence-cluster-'))
    try {
      await using cluster = await startCluster(binary, folder)
      return await attacked(cluster, folder, options)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** One question that was asked. */
interface Look {
  readonly ms: number
  /** Of the ten best passages how many were the best when all was well. */
  readonly common: number
  readonly error: string | undefined
}

async function attacked(cluster: Cluster, folder: string, options: AttackOptions) {
  const { say } = options
  const settings = { url: cluster.urls, collection: 'cluster', shards: 3, replication: REPLICATION }
  const index = await openQdrantIndex(settings)
  const retrieve = createRetrieve({ index })
  const measured: Measured[] = []
  const note = (what: string, value: number | string, kept?: boolean) => {
    say(`${what}: ${value}`)
    measured.push({ what, value, ...(kept !== undefined && { kept }) })
  }

  await read('first', shareOf(ARTICLES, options), 1)
  await cluster.whole()
  note('points of each shard in each replica', (await cluster.points()).join('; '))
  const questions = someQuestions()
  const best = async (question: string) => {
    const { results } = await retrieve({ question }, 10)
    return results.map(({ passage }) => passage.id)
  }
  let whole: string[][] = []
  const lookAgain = async () => {
    whole = []
    for (const question of questions) whole.push(await best(question))
  }
  await lookAgain()

  await during('all is well', () => sleep(LOOKED_MS), 0)
  await during('a node is killed', () => lost(2), 0)
  await during('it comes back', () => back(2), 0)
  await during(
    'a node is killed while articles come',
    async () => {
      const more = read('more', shareOf(MORE, options), 2)
      await sleep(2_000)
      await cluster.end(2)
      note('ingest', await more.then(() => 'whole', messageOf))
    },
    0,
  )
  await during('it comes back', () => back(2), 0)
  const points = await cluster.points()
  const same = points.every((replicas) => new Set(replicas.split(' = ')).size === 1)
  note('points of each shard in each replica', points.join('; '), same)
  await lookAgain()
  await during('the node that is asked is killed', () => lost(0), 0)
  await during('it comes back', () => back(0), 0)
  // Since the first was killed the second is asked.
  await during(
    'the node that is asked hangs',
    async () => {
      cluster.hang(1)
      await sleep(LOOKED_MS)
    },
    0,
  )
  await during('it goes on', async () => {
    cluster.goOn(1)
    await cluster.whole()
    await sleep(2_000)
  })
  await during('two of three are killed', async () => {
    await cluster.end(1)
    await lost(2)
    note('ingest', await read('third', 20, 3).then(() => 'whole', messageOf))
  })
  await during('they come back', async () => {
    await cluster.start(1)
    await back(2)
  })
  await during('all is well again', () => sleep(LOOKED_MS), 0)
  note('memory of each node, MB', cluster.memoryMb().join(', '))
  await index.close()
  return measured

  async function lost(node: number): Promise<void> {
    await cluster.end(node)
    await sleep(LOOKED_MS)
  }

  async function back(node: number): Promise<void> {
    await cluster.start(node)
    const started = performance.now()
    await cluster.whole()
    say(`whole again ${Math.round(performance.now() - started)} ms after it answered`)
    await sleep(2_000)
  }

  /** Reads so many made-up articles, as `npm run ingest` does. */
  async function read(name: string, articles: number, seed: number): Promise<void> {
    mkdirSync(join(folder, name))
    await writeCorpus(join(folder, name, `${name}.jsonl`), articles, seed)
    const writing = await openQdrantIndex(settings)
    const ledger = openLedger(join(folder, 'ingest.sqlite'), await writing.identity())
    try {
      for (const outcome of await ingest([join(folder, name)], { index: writing, ledger }))
        if (outcome.status === 'failed') throw new Error(outcome.error)
    } finally {
      ledger.close()
      await writing.close()
    }
  }

  /** Asks while something is done, and says what came of it; so many may fail. */
  async function during(what: string, done: () => Promise<unknown>, mayFail = Infinity) {
    say(`${what} …`)
    const looks: Look[] = []
    const over = new AbortController()
    let answeredAt = performance.now()
    let withoutMs = 0
    const askers = Array.from({ length: ASKERS }, async (_, asker) => {
      for (let i = asker; !over.signal.aborted; i += ASKERS) {
        const look = await ask(i % questions.length)
        looks.push(look)
        withoutMs = Math.max(withoutMs, performance.now() - answeredAt)
        if (look.error === undefined) answeredAt = performance.now()
        await sleep(PAUSE_MS)
      }
    })
    await done()
    over.abort()
    await Promise.all(askers)
    const answered = looks.filter(({ error }) => error === undefined)
    const failed = looks.length - answered.length
    const times = answered.map(({ ms }) => Math.round(ms)).toSorted((a, b) => a - b)
    note(`${what}: asked`, looks.length)
    note(`${what}: failed`, failed, failed <= mayFail)
    for (const [error, of] of Map.groupBy(looks, (look) => look.error?.slice(0, MOST_SAID)))
      if (error !== undefined) note(`${what}: ${error}`, of.length)
    note(`${what}: longest without an answer, ms`, Math.round(withoutMs))
    if (answered.length === 0) return
    note(
      `${what}: p50, p95, slowest, ms`,
      [0.5, 0.95, 1].map((part) => shareBelow(times, part)).join(', '),
    )
    const common = answered.map((look) => look.common).toSorted((a, b) => a - b)
    note(
      `${what}: passages in common of ten, least and on average`,
      `${common[0]}, ${mean(common)}`,
    )
  }

  async function ask(i: number): Promise<Look> {
    const from = performance.now()
    const look = (found: readonly string[], error?: string): Look => ({
      ms: performance.now() - from,
      common: found.filter((id) => whole[i]!.includes(id)).length,
      error,
    })
    return best(questions[i]!).then(look, (error: unknown) => look([], messageOf(error)))
  }
}

const mean = (numbers: readonly number[]) =>
  (numbers.reduce((sum, n) => sum + n, 0) / numbers.length).toFixed(2)

function someQuestions(): string[] {
  const random = seeded(3)
  const texts = corpusSentences()
  return Array.from({ length: QUESTIONS }, () =>
    texts[Math.floor(random() * texts.length)]!.replace(/[。，]/gu, '').slice(0, 14),
  )
}
