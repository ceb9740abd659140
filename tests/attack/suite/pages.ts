/** How long readers wait for a page while the bot answers, and how long for a list of ten thousand articles. */
import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../../src/cli/bench/free-port.ts'
import { corpusSentences, writeCorpus } from '../../../src/cli/bench/made-corpus.ts'
import { sourcePath } from '../../../src/conversation/source-address.ts'
import { serveBot, spawnBot } from '../../support/bot-api/harness.ts'
import type { Room } from '../../support/bot-api/room.ts'
import { cpuMs, residentMb } from '../../support/of-process.ts'
import { oneOf, seededRandom } from '../../support/seeded-random.ts'
import { readHolds } from '../../support/watch-loop.ts'
import { type Attack, type AttackOptions, type Measured, shareOf } from '../attack.ts'
import { delaysOf, shareBelow } from '../delays.ts'
import { getPages } from '../get-pages.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const WATCH = new URL('../../support/watch-loop.ts', import.meta.url).href
const ARTICLES = 10_000
const SECONDS = 40
const PAGES_A_SECOND = 200
const QUESTIONS_A_SECOND = 25
const CHATS = 200
const PAGE_P95_MS = 30
const ANSWER_P95_MS = 300
const LIST_P95_MS = 300
const LISTS = 40

export const attack: Attack = {
  name: 'pages',
  does: `opens ${PAGES_A_SECOND} pages a second of ${ARTICLES} articles while the bot answers ${QUESTIONS_A_SECOND} questions a second; then browses and searches all of them`,
  promises: `95 of 100 pages come within ${PAGE_P95_MS} ms, answers within ${ANSWER_P95_MS} ms, and lists within ${LIST_P95_MS} ms`,
  async run(options) {
    const folder = mkdtempSync(join(tmpdir(), 'wence-pages-'))
    try {
      options.say('makes articles')
      const articles = join(folder, 'articles')
      mkdirSync(articles)
      const count = shareOf(ARTICLES, options)
      await writeCorpus(join(articles, 'made.jsonl'), count)
      const data = join(folder, 'data')
      const ingest = spawn(process.execPath, [join(ROOT, 'src/cli/ingest.ts'), articles], {
        env: { ...process.env, WENCE_DATA_DIR: data },
        stdio: 'ignore',
      })
      const [code] = await once(ingest, 'close')
      if (code !== 0) throw new Error(`ingest ended with ${code}`)
      return await serve({ data, count, folder, options })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

interface Target {
  readonly data: string
  readonly count: number
  readonly folder: string
  readonly options: AttackOptions
}

async function serve({ data, count, folder, options }: Target): Promise<Measured[]> {
  const port = await freePort()
  const holds = join(folder, 'holds.jsonl')
  await using served = await serveBot('polling', {
    WENCE_DATA_DIR: data,
    LOG_LEVEL: 'warn',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    NODE_OPTIONS: `--import=${WATCH}`,
    HOLDS_FILE: holds,
  })
  const { api } = served
  await using bot = spawnBot(served.settings, join(ROOT, 'src/main.ts'))
  await api.until(() => api.updates.isPolled(), 60_000)
  const started = Date.now()
  // The first who browses waits for the catalogue.
  const first = await getPages({ port, paths: ['/'], aSecond: 1, seconds: 1 })
  const since = Date.now()
  const pid = bot.child.pid

  const seconds = shareOf(SECONDS, options)
  options.say('pages beside questions')
  const spent = cpuMs(pid)
  // A step that has no factor in common with their number: none comes twice, and neighbours lie apart.
  const paths = Array.from(
    { length: count },
    (_, i) => `${sourcePath(`made-1-${(i * 7919) % count}`)}?q=10-60`,
  )
  const [pages, delays] = await Promise.all([
    getPages({ port, paths, aSecond: PAGES_A_SECOND, seconds }),
    askAtRate(api, seconds),
  ])
  const cpu = cpuMs(pid) - spent
  const until = Date.now()
  options.say('lists')
  const browsed = await getPages({ port, paths: BROWSED, aSecond: 5, seconds: LISTS / 5 })
  const searched = await getPages({ port, paths: searches(), aSecond: 5, seconds: LISTS / 5 })
  const memory = residentMb(pid)
  await bot.end('SIGTERM')
  const longest = (held: ReturnType<typeof readHolds>) =>
    Math.round(Math.max(0, ...held.map(({ cpuMs: computed }) => computed)))
  const all = readHolds(holds, started)
  const figures = (what: string, ms: readonly number[], most: number): Measured[] => [
    { what: `${what}: p50 ms`, value: Math.round(shareBelow(ms, 0.5)) },
    {
      what: `${what}: p95 ms`,
      value: Math.round(shareBelow(ms, 0.95)),
      kept: shareBelow(ms, 0.95) <= most,
    },
    { what: `${what}: slowest ms`, value: Math.round(ms.at(-1) ?? 0) },
  ]
  const failed = [pages, browsed, searched].reduce((sum, got) => sum + got.failed, 0)
  return [
    ...figures('pages', pages.ms, PAGE_P95_MS),
    ...figures('answers beside them', delays, ANSWER_P95_MS),
    ...figures('browsing', browsed.ms, LIST_P95_MS),
    ...figures('searching', searched.ms, LIST_P95_MS),
    { what: 'pages and lists that failed', value: failed, kept: failed === 0 },
    { what: 'bytes of a page', value: Math.round(pages.bytes / Math.max(1, pages.ms.length)) },
    { what: 'of a core, pages and answers, %', value: Math.round(cpu / seconds / 10) },
    { what: 'the first list, ms', value: Math.round(first.ms[0] ?? -1) },
    {
      what: 'longest the loop computed while the catalogue was read, ms',
      value: longest(all.filter(({ at }) => at < since)),
    },
    {
      what: 'and while pages were served',
      value: longest(all.filter(({ at }) => at >= since && at < until)),
    },
    { what: 'memory, MB', value: memory },
  ]
}

/** Asks what the articles answer, at a steady rate; gives how long each waited. */
async function askAtRate(
  api: Awaited<ReturnType<typeof serveBot>>['api'],
  seconds: number,
): Promise<number[]> {
  const random = seededRandom(1)
  const sentences = corpusSentences()
  const rooms = Array.from({ length: CHATS }, (_, i) => api.person(10_000 + i))
  const asked = new Map<Room, number[]>(rooms.map((room) => [room, []]))
  const began = performance.now()
  const count = seconds * QUESTIONS_A_SECOND
  for (let i = 0; i < count; i++) {
    const room = rooms[i % rooms.length]!
    asked.get(room)!.push(Date.now())
    room.write(
      oneOf(sentences, random)
        .replaceAll(/[。，]/gu, '')
        .slice(0, 14),
    )
    await sleep(Math.max(0, began + ((i + 1) * 1000) / QUESTIONS_A_SECOND - performance.now()))
  }
  const answered = () =>
    rooms.reduce((sum, { messages }) => sum + messages.filter(({ from }) => from.is_bot).length, 0)
  await api.until(() => answered() >= count, 60_000).catch(() => {})
  return delaysOf(api, asked)
}

const BROWSED = [
  '/',
  '/?page=400',
  '/?month=2022',
  `/?${new URLSearchParams({ place: '河南省/濮阳市', topic: '融资' }).toString()}`,
]

const searches = () =>
  corpusSentences()
    .slice(0, LISTS)
    .map((sentence) => `/?${new URLSearchParams({ query: sentence.slice(0, 12) }).toString()}`)
