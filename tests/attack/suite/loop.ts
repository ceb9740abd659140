/** How long anybody waits for anybody else: the bot's event loop, and its answers, under the worst questions. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { REPLIES } from '../../../src/answer/reply.ts'
import { corpusSentences, writeCorpus } from '../../../src/cli/bench/made-corpus.ts'
import { gatherFollowers } from '../../support/bot-api/followers.ts'
import { serveBot, spawnBot } from '../../support/bot-api/harness.ts'
import { type Room, person } from '../../support/bot-api/room.ts'
import { fillStore } from '../../support/fill-store.ts'
import { residentMb } from '../../support/of-process.ts'
import { oneOf, seededRandom } from '../../support/seeded-random.ts'
import { readHolds } from '../../support/watch-loop.ts'
import { worstQuestions } from '../../support/worst-questions.ts'
import { type Attack, type AttackOptions, type Measured, shareOf } from '../attack.ts'
import { delaysOf, shareBelow } from '../delays.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const WATCH = new URL('../../support/watch-loop.ts', import.meta.url).href
const ARTICLES = 20_000
const STORED = 100_000
const SECONDS = 60
const A_SECOND = 25
const CHATS = 200
const WORST_EVERY = 10
const TYPED_EVERY = 5
const FOLLOWERS = 300
const STATE = 'conversations.sqlite'
const STAFF = 7001
const STAFF_COMMANDS = [
  '/stats',
  '/unanswered',
  '/feedback',
  '/articles',
  '/articles 企业',
  '/place',
  '/stats',
]
const LONGEST_HOLD_MS = 50
const P95_MS = 300

export const attack: Attack = {
  name: 'loop',
  does: `asks ${A_SECOND} questions a second over ${ARTICLES} articles and ${STORED} stored questions, every tenth of the worst shapes, and the staff's lists, while every fifth is typed in other chats as well and articles come that ${FOLLOWERS} people follow; then the same while articles are read in beside it`,
  promises: `the bot's event loop is never held for more than ${LONGEST_HOLD_MS} ms, and 95 of 100 answers come within ${P95_MS} ms`,
  async run(options) {
    const folder = mkdtempSync(join(tmpdir(), 'wence-loop-'))
    try {
      const data = join(folder, 'data')
      const articles = join(folder, 'articles')
      mkdirSync(articles)
      options.say('makes articles and stored questions')
      await writeCorpus(join(articles, 'made.jsonl'), shareOf(ARTICLES, options))
      await ingest(articles, data)
      await fillStore(join(folder, STATE), shareOf(STORED, options))

      const alone = await serve({ data, folder: join(folder, 'alone'), options })
      options.say('and while articles are read in')
      const more = join(folder, 'more')
      mkdirSync(more)
      await writeCorpus(join(more, 'more.jsonl'), ARTICLES * 2, 2)
      const beside = spawnIngest(more, data)
      const together = await serve({ data, folder: join(folder, 'beside'), options })
      const wasBeside = beside.exitCode === null
      if (wasBeside && beside.kill('SIGKILL')) await once(beside, 'close')
      return [
        ...alone,
        ...together.map((one) => ({ ...one, what: `beside ingest: ${one.what}` })),
        { what: 'beside ingest: to the end', value: String(wasBeside) },
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** A bot over the data under load, and what it did. */
async function serve({
  data,
  folder,
  options,
}: {
  data: string
  folder: string
  options: AttackOptions
}): Promise<Measured[]> {
  mkdirSync(folder)
  // Each has a state of its own: what comes twice is answered once.
  cpSync(join(folder, '..', STATE), join(data, STATE))
  for (const suffix of ['-wal', '-shm']) rmSync(join(data, STATE + suffix), { force: true })
  const holds = join(folder, 'holds.jsonl')
  await using served = await serveBot('polling', {
    WENCE_DATA_DIR: data,
    LOG_LEVEL: 'warn',
    TELEGRAM_STAFF: String(STAFF),
    NODE_OPTIONS: `--import=${WATCH}`,
    HOLDS_FILE: holds,
  })
  const { api } = served
  await using bot = spawnBot(served.settings, join(ROOT, 'src/main.ts'))
  await api.until(() => api.updates.isPolled(), 60_000)
  const followers = gatherFollowers({ ...served, dir: folder }, FOLLOWERS)
  await followers.follow()
  const brought = followers.bring()
  const since = Date.now()

  const random = seededRandom(1)
  const sentences = corpusSentences()
  const worst = worstQuestions()
  const staff = api.person(STAFF)
  const rooms = Array.from({ length: CHATS }, (_, i) => api.person(10_000 + i))
  const count = shareOf(SECONDS, options) * A_SECOND
  const asked = new Map<Room, number[]>([staff, ...rooms].map((room) => [room, []]))
  let memory = 0
  const began = performance.now()
  for (let i = 0; i < count; i++) {
    const isWorst = i % WORST_EVERY === WORST_EVERY - 1
    const turn = Math.floor(i / WORST_EVERY)
    const isStaff = isWorst && turn % 3 === 0
    const room = isStaff ? staff : rooms[i % rooms.length]!
    const words = isStaff
      ? STAFF_COMMANDS[(turn / 3) % STAFF_COMMANDS.length]!
      : isWorst
        ? worst[turn % worst.length]!
        : oneOf(sentences, random)
            .replace(/[。，]/gu, '')
            .slice(0, 14)
    asked.get(room)!.push(Date.now())
    room.write(words)
    // Of what is typed Telegram passes on so much.
    if (i % TYPED_EVERY === 0) api.inline.type(words.slice(0, 256), person(50_000 + i))
    if (i % A_SECOND === 0) memory = Math.max(memory, residentMb(bot.child.pid))
    await sleep(Math.max(0, began + ((i + 1) * 1000) / A_SECOND - performance.now()))
  }
  const answered = () => [...asked.keys()].reduce((sum, room) => sum + repliesOf(room).length, 0)
  await api.until(() => answered() >= count, 60_000).catch(() => {})
  await brought
  await followers.untilTold(1)
  const until = Date.now()
  const failed = [...asked.keys()]
    .flatMap(repliesOf)
    .filter(({ text }) => text?.startsWith(REPLIES.failed)).length

  const typed = api.inline.summary()
  const untold = FOLLOWERS - followers.reached(1)
  const delays = delaysOf(api, asked)
  await bot.end('SIGTERM')
  const held = readHolds(holds, since).filter(({ at }) => at <= until)
  const longest = (of: (hold: (typeof held)[number]) => number) =>
    Math.round(Math.max(0, ...held.map(of)))
  const share = (part: number) => shareBelow(delays, part)
  const longestHold = longest(({ heldMs, cpuMs }) => Math.max(heldMs, cpuMs))
  return [
    { what: 'asked', value: count },
    {
      what: 'unanswered',
      value: delays.filter((ms) => ms === Infinity).length,
      kept: !delays.includes(Infinity),
    },
    { what: 'failed', value: failed, kept: failed === 0 },
    { what: 'p50 ms', value: share(0.5) },
    { what: 'p95 ms', value: share(0.95), kept: share(0.95) <= P95_MS },
    { what: 'slowest ms', value: delays.at(-1)! },
    {
      what: 'longest hold of the loop, ms',
      value: longestHold,
      kept: longestHold <= LONGEST_HOLD_MS,
    },
    { what: 'of it computing, ms', value: longest(({ cpuMs }) => cpuMs) },
    { what: 'with waiting for a core, ms', value: longest(({ wallMs }) => wallMs) },
    { what: 'typed, p95 ms', value: typed.p95Ms ?? 0 },
    { what: 'typed, shown nothing', value: typed.unanswered },
    { what: 'followers not told', value: untold },
    { what: 'most memory, MB', value: memory },
  ]
}

const repliesOf = (room: Room) => room.messages.filter(({ from }) => from.is_bot)

async function ingest(folder: string, data: string): Promise<void> {
  const [code] = await once(spawnIngest(folder, data), 'close')
  if (code !== 0) throw new Error(`ingest ended with ${code}`)
}

function spawnIngest(folder: string, data: string): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'src/cli/ingest.ts'), folder], {
    env: { ...process.env, WENCE_DATA_DIR: data },
    stdio: 'ignore',
  })
}
