/** Several processes that answer from one Qdrant, while articles come into it. */
import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { freePort } from '../../../src/cli/bench/free-port.ts'
import { startQdrant } from '../../../src/cli/bench/start-qdrant.ts'
import { writeCorpus } from '../../../src/cli/bench/made-corpus.ts'
import {
  type RunningProcess,
  type Settings,
  serveBot,
  spawnBot,
} from '../../support/bot-api/harness.ts'
import { answersIn } from '../../support/bot-api/asking.ts'
import { type Attack, type AttackOptions, type Measured, shareOf } from '../attack.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const MAIN = join(ROOT, 'src/main.ts')
const ARTICLES = 2_000
const MORE = 1_000
const FERRIES = 5
const PAUSE_MS = 300
const START_MS = 120_000
/** What a process knows of a Qdrant may be so old that serves. */
const LATEST_MS = 35_000
const TOKEN = 'open-sesame'

export const attack: Attack = {
  name: 'readers',
  does: 'lets a bot and two web servers answer from one Qdrant, while an ingest brings articles of which each is asked for; where QDRANT_BINARY says what to start.',
  promises: `each tells what came within ${LATEST_MS / 1000} s, nobody tells half of it or something else, and no question fails.`,
  async run(options) {
    const binary = process.env['QDRANT_BINARY']
    if (!binary) return [{ what: 'not run', value: 'set QDRANT_BINARY to the program of Qdrant' }]
    const folder = mkdtempSync(join(tmpdir(), 'wence-readers-'))
    const qdrant = await startQdrant(binary, join(folder, 'qdrant'))
    try {
      return await attacked(folder, { QDRANT_URL: qdrant.url }, options)
    } finally {
      await qdrant.end()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** Asks one of the processes and gives what it told. */
type Door = readonly [name: string, ask: (question: string) => Promise<string>]

async function attacked(folder: string, settings: Settings, options: AttackOptions) {
  await using served = await serveBot('polling', { LOG_LEVEL: 'warn', ...settings })
  const { api, dir } = served
  const papers = join(folder, 'papers')
  mkdirSync(papers)
  await writeCorpus(join(papers, 'made.jsonl'), shareOf(ARTICLES, options), 1)
  options.say('reads what is there before')
  await ingest(papers, { ...settings, WENCE_DATA_DIR: dir })

  // One beside the bot on its machine, one on another.
  const other = join(folder, 'other')
  await using bot = spawnBot(served.settings, MAIN)
  await using beside = await web({ ...settings, WENCE_DATA_DIR: dir })
  await using elsewhere = await web({ ...settings, WENCE_DATA_DIR: other })
  await api.until(() => api.updates.isPolled() || bot.child.exitCode !== null, START_MS)
  const room = api.person(9_001)
  const doors: Door[] = [
    [
      'bot',
      async (question) => {
        const { message_id: id } = room.write(question)
        const answer = () => answersIn(room).find((one) => one.reply_to_message.message_id === id)
        await api.until(() => answer() !== undefined, START_MS)
        return answer()?.text ?? ''
      },
    ],
    ['web', beside.ask],
    ['web elsewhere', elsewhere.ask],
  ]

  const more = join(papers, 'more')
  mkdirSync(more)
  await writeCorpus(join(more, 'made.jsonl'), shareOf(MORE, options), 2)
  // Read last, so that how late they are told is counted from the end.
  for (let n = 1; n <= FERRIES; n++) writeFileSync(join(more, `z${n}.jsonl`), ferry(n))
  let endedAt = Infinity
  options.say('reads what comes')
  const reading = ingest(papers, { ...settings, WENCE_DATA_DIR: dir })
  const ending = reading.finally(() => (endedAt = performance.now()))
  const told = await Promise.all(doors.map((door) => askUntilTold(door, () => endedAt)))
  await ending
  return told.flat()
}

/** Asks of every ferry, over and over, until each is told of; before that nothing may be told of it. */
async function askUntilTold([name, ask]: Door, endedAt: () => number): Promise<Measured[]> {
  const waiting = new Set(Array.from({ length: FERRIES }, (_, i) => i + 1))
  let asked = 0
  let wrong = 0
  let failed = 0
  while (waiting.size > 0 && performance.now() < endedAt() + START_MS)
    for (const n of waiting) {
      asked++
      const text = await ask(`${NAMES[n - 1]}渡口每天开几班船？`).catch(() => undefined)
      if (text === undefined) failed++
      else if (text.includes(`每天开${n * 3}班船`)) waiting.delete(n)
      else if (text.includes(`${NAMES[n - 1]}渡口每天开`)) wrong++
      await sleep(PAUSE_MS)
    }
  const lateMs = Math.max(0, Math.round(performance.now() - endedAt()))
  return [
    { what: `${name}: asked`, value: asked },
    { what: `${name}: failed`, value: failed, kept: failed === 0 },
    { what: `${name}: told something else`, value: wrong, kept: wrong === 0 },
    { what: `${name}: not told of`, value: waiting.size, kept: waiting.size === 0 },
    {
      what: `${name}: all told after the end of the ingest, ms`,
      value: lateMs,
      kept: lateMs <= LATEST_MS,
    },
  ]
}

const NAMES = ['白鹭', '青石', '红柳', '金滩', '老槐']

const ferry = (n: number) =>
  `${JSON.stringify({
    publication: '渡口日报',
    title: `${NAMES[n - 1]}渡口开航`,
    text: `${NAMES[n - 1]}渡口六月开航。${NAMES[n - 1]}渡口每天开${n * 3}班船，由第${n}航运站负责。`,
    date: '2026-06-01',
    place: '濮阳市',
  })}\n`

/** A web server of the program's, and how it is asked. */
async function web(settings: Settings) {
  const port = String(await freePort())
  const running: RunningProcess = spawnBot(
    {
      ...settings,
      PORT: port,
      API_TOKEN: TOKEN,
      LIMIT_USER_PER_MINUTE: '100000',
      LIMIT_CHAT_PER_MINUTE: '100000',
    },
    MAIN,
  )
  const url = `http://127.0.0.1:${port}`
  const until = performance.now() + START_MS
  const isUp = () =>
    fetch(`${url}/healthz`).then(
      () => true,
      () => false,
    )
  while (!(await isUp())) {
    if (running.child.exitCode !== null || performance.now() > until)
      throw new Error(`The web server did not start: ${running.logged()}`)
    await sleep(100)
  }
  return {
    ask: async (question: string): Promise<string> => {
      const response = await fetch(`${url}/api/ask`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ question }),
      })
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
      const { statements } = Told.parse(await response.json())
      return statements.map(({ text }) => text).join('\n')
    },
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  }
}

const Told = z.object({ statements: z.array(z.object({ text: z.string() })) })

async function ingest(path: string, settings: Settings): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, 'src/cli/ingest.ts'), path], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said += data.toString('utf8')))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`ingest ended with ${code}: ${said}`)
}
