/** The program as it is started, its figures as Prometheus reads them, and what makes each of them move. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { noteBackup } from '../../src/backup/last-backup.ts'
import { freePort } from '../../src/cli/bench/free-port.ts'
import { type WatchState, writeWatchState } from '../../src/ingest/watch/watch-state.ts'
import { completion } from '../answer/model/endpoint.ts'
import { TOKEN, startBotApi } from '../support/bot-api/bot-api.ts'
import { spawnBot } from '../support/bot-api/harness.ts'
import { type Room, person } from '../support/bot-api/room.ts'
import { type Asked, type Reply, json, modelEndpoint } from '../support/model-endpoint.ts'
import { tempFolder } from '../support/temp.ts'

const TAKEN = { file: 'b.tar', bytes: 1, seconds: 1, version: '1.0.0', files: 1, missing: 0 }

const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url))
const API_TOKEN = 'programs-alone'
const QUESTION = '濮阳市新办企业用电报装要多久？'
/** Nothing is waited for longer; a busy machine takes its time. */
const PATIENT = { timeout: 90_000, interval: 100 }

const article = (id: string, date: string, matter: string) =>
  JSON.stringify({
    id,
    title: `濮阳市${matter}`,
    text: `濮阳市新办企业${matter}，三个工作日之内办结，不收费用。`,
    date,
    place: '濮阳市',
    publication: '濮阳日报',
  })

/** An ingest that goes on, which did all that it does `n` seconds after 1970, to so many files. */
const watching = (n: number): WatchState => ({
  version: 1,
  pid: 1,
  startedAt: 0,
  aliveAt: n * 1000,
  lookedAt: n * 1000,
  changedAt: null,
  folders: [],
  files: 2 * n,
  waiting: n,
  failed: n,
  failures: [],
  missing: [],
  closed: [],
  heldBack: [],
  trouble: null,
  addresses: { listed: 0, pages: 0, failed: 0, askedAt: null },
})

/** Everything that the bot asks, and what goes wrong with it when it is told to. */
async function city() {
  const api = await startBotApi()
  onTestFinished(() => api.close())
  const state = { isModelWell: true, modelMs: 0, isEmbeddingWell: true }
  const answer = ({ path, body }: Asked): Reply => {
    if (path.endsWith('/embeddings')) {
      const texts = Array.isArray(body['input']) ? body['input'] : []
      const data = texts.map((_, index) => ({ index, embedding: [1, 0.5, 0.25, 0.125] }))
      return state.isEmbeddingWell ? json({ data, usage: { total_tokens: 7 } }) : json({}, 401)
    }
    if (!state.isModelWell) return json({ error: { message: 'out of order' } }, 500)
    return { body: [state.modelMs, ...completion('{"status":"answered","statements":[[1]]}')] }
  }
  const endpoint = await modelEndpoint(answer)
  const data = tempFolder()
  const port = await freePort()
  const settings = {
    WENCE_DATA_DIR: data,
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.root,
    CHAT_MODEL: 'm',
    EMBEDDING_MODEL: 'e',
    OPENAI_BASE_URL: endpoint.baseURL,
    OPENAI_API_KEY: 'a-key',
    PORT: String(port),
    API_TOKEN,
    LOG_LEVEL: 'debug',
    LIMIT_USER_PER_MINUTE: '3',
  }
  const papers = join(data, 'papers')
  mkdirSync(papers)
  /** `npm run ingest` reads what the papers hold by now. */
  async function bring(file: string, line: string): Promise<void> {
    writeFileSync(join(papers, `${file}.jsonl`), `${line}\n`)
    const child = spawn(process.execPath, [source('cli/ingest.ts'), papers], {
      env: { ...process.env, ...settings },
      stdio: 'ignore',
    })
    expect(await once(child, 'exit')).toEqual([0, null])
  }
  const at = (path: string) => `http://127.0.0.1:${port}${path}`
  const headers = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' }
  const post = (path: string, body: object) =>
    fetch(at(path), { method: 'POST', headers, body: JSON.stringify(body) })
  return { api, state, endpoint, data, settings, bring, at, post }
}

/** What was read of the figures so far: each metric as it stood, however often. */
function reader(address: string) {
  const seen = new Map<string, Set<string>>()
  return {
    /** The value of one series now, 0 where there is none. */
    read: async (series: string): Promise<number> => {
      const text = await (await fetch(address)).text()
      for (const [, name] of text.matchAll(/^# TYPE (wence_\w+)/gmu)) {
        const lines = text.match(new RegExp(`^${name}(?:_bucket|_sum|_count)?[{ ].*$`, 'gmu')) ?? []
        seen.set(name!, (seen.get(name!) ?? new Set()).add(lines.join('\n')))
      }
      const line = text.split('\n').find((one) => one.startsWith(`${series} `))
      return Number(line?.slice(series.length + 1) ?? 0)
    },
    seen,
  }
}

test('every figure moves with what it counts, and what is served has one name from end to end', async () => {
  const { api, state, endpoint, data, settings, bring, at, post } = await city()
  await bring('1', article('a1', '2024-03-01', '用电报装'))
  await using bot = spawnBot(settings, source('main.ts'))
  await api.until(() => api.updates.isPolled(), PATIENT.timeout)
  const { read, seen } = reader(at('/metrics'))
  const until = (series: string, is: (value: number) => boolean) =>
    vi.waitFor(async () => expect(await read(series), series).toSatisfy(is), PATIENT)
  const grows = (series: string) => until(series, (value) => value > 0)
  const becomes = (series: string, value: number) => until(series, (now) => now === value)
  const next = (room: Room) => room.next(PATIENT.timeout)
  let people = 7310
  /** Somebody asks who has not asked before. */
  async function somebodyAsks(question = QUESTION): Promise<void> {
    const room = api.person(people++)
    room.write(question)
    await next(room)
  }
  const asked = (labels: string) => `wence_questions_total{${labels}}`

  await becomes('wence_articles', 1)
  await becomes('wence_ready', 1)
  await becomes('wence_part_up{part="telegram"}', 1)

  // A question in Telegram, by the model; while one waits for it, the next of the same chat waits for that.
  const me = api.person(7301)
  state.modelMs = 8_000
  me.write(QUESTION)
  me.write(QUESTION)
  await grows('wence_updates_in_flight')
  await grows('wence_updates_waiting')
  await grows('wence_oldest_update_seconds')
  expect((await next(me)).text).toContain('三个工作日')
  await next(me)
  state.modelMs = 0
  await until(asked('door="telegram",outcome="answered",picker="model"'), (n) => n === 2)
  await becomes('wence_updates_waiting', 0)
  await grows('wence_answer_seconds_count{door="telegram"}')
  for (const stage of ['retrieve', 'context', 'words', 'model', 'tell', 'notices'])
    await grows(`wence_stage_seconds_count{stage="${stage}"}`)
  for (const of of ['chat', 'embedding'])
    await grows(`wence_endpoint_call_seconds_count{endpoint="${of}",outcome="completed"}`)
  await grows('wence_endpoint_tokens_total{endpoint="chat",kind="prompt"}')
  await grows('wence_endpoint_tokens_total{endpoint="chat",kind="completion"}')
  await grows('wence_endpoint_tokens_total{endpoint="embedding",kind="prompt"}')
  await grows('wence_telegram_calls_total{method="sendMessage",code="ok"}')

  // The same through the other doors; who asks too much; what is no question.
  await api.inline.shown(api.inline.type(QUESTION, person(7302)))
  await grows(asked('door="inline",outcome="answered",picker="weights"'))
  const named = await post('/api/ask', { question: QUESTION })
  expect(named.headers.get('x-request-id')).toMatch(/^[\w-]{16}$/u)
  await grows(asked('door="api",outcome="answered",picker="model"'))
  await post('/api/check', { claim: '濮阳市新办企业用电报装，三个工作日之内办结，不收费用。' })
  await grows('wence_claims_total{door="api",outcome="found"}')
  await grows('wence_http_request_seconds_count{door="api",status="2xx"}')
  const hasty = api.person(7303)
  for (let n = 0; n < 5; n++) hasty.write('谢谢')
  await grows(asked('door="telegram",outcome="courtesy",picker="weights"'))
  await grows(asked('door="telegram",outcome="limited",picker="none"'))

  // The model fails: weights choose, it is said, and it goes on as soon as it is back.
  state.isModelWell = false
  await somebodyAsks()
  await grows(asked('door="telegram",outcome="answered",picker="weights"'))
  await grows('wence_model_unused_total{reason="server_error"}')
  await grows('wence_endpoint_call_seconds_count{endpoint="chat",outcome="server_error"}')
  await becomes('wence_part_up{part="model"}', 0)
  const degraded = await fetch(at('/readyz'))
  expect([degraded.status, await degraded.text()]).toEqual([
    200,
    expect.stringContaining('模型内部出错'),
  ])
  state.isModelWell = true
  await somebodyAsks()
  await becomes('wence_part_up{part="model"}', 1)
  state.isEmbeddingWell = false
  await somebodyAsks('濮阳市用电报装收费用吗？')
  await grows('wence_endpoint_call_seconds_count{endpoint="embedding",outcome="unauthorized"}')
  await becomes('wence_part_up{part="embedding"}', 0)

  // Telegram asks to wait, and then knows us no more.
  let floods = 1
  api.order(({ method }) =>
    method === 'sendMessage' && floods-- > 0 ? { code: 429, retry_after: 1 } : undefined,
  )
  await somebodyAsks()
  await becomes('wence_telegram_flood_wait_seconds_total', 1)
  await grows('wence_telegram_calls_total{method="sendMessage",code="429"}')
  api.order(() => ({ code: 401, description: 'Unauthorized' }))
  api.updates.push({ message: {} })
  await becomes('wence_ready', 0)
  await becomes('wence_part_up{part="telegram"}', 0)
  api.order(() => undefined)
  await becomes('wence_ready', 1)

  // Articles come; ingest and backup say of themselves when they last did their work.
  const newest = await read('wence_newest_article_timestamp_seconds')
  state.isEmbeddingWell = true
  await bring('2', article('a2', '2025-04-02', '用水报装'))
  await becomes('wence_articles', 2)
  await grows('wence_passages')
  await until('wence_newest_article_timestamp_seconds', (now) => now > newest)
  // That there was none is a figure, too: an alert asks for it.
  expect(await (await fetch(at('/metrics'))).text()).toMatch(/^wence_backup_timestamp_seconds 0$/mu)
  for (const n of [1, 2]) {
    writeWatchState(data, watching(n))
    noteBackup(data, { ...TAKEN, at: new Date(n * 1000).toISOString() })
    await becomes('wence_ingest_look_timestamp_seconds', n)
    await becomes('wence_backup_timestamp_seconds', n)
  }
  const room = await read('wence_disk_free_bytes')
  writeFileSync(join(data, 'large'), Buffer.alloc(32e6, 1))
  await until('wence_disk_free_bytes', (now) => now !== room)
  await grows('wence_database_bytes{database="conversations"}')

  const still = [...seen].filter(([, states]) => states.size < 2).map(([name]) => name)
  expect(still).toEqual([])
  expect(seen.size).toBeGreaterThan(20)

  // No name but ours is a label, whoever asked whatever.
  const figures = await (await fetch(at('/metrics'))).text()
  const labels = figures.match(/(?<==")[^"]*(?=")/gu)!.join('\n')
  expect(labels).toContain('conversations')
  expect(labels).not.toMatch(/7301|濮阳|a-key|programs-alone|simulated/u)
  expect(figures.match(/^wence_/gmu)!.length).toBeLessThan(800)

  // The name of the question in Telegram, from its first line to the model and the vectors.
  const answered = bot
    .logged()
    .split('\n')
    .filter((line) => line.includes('"door":"telegram"') && line.includes('"msg":"answered"'))
  const { request } = JSON.parse(answered[0]!)
  const toldEndpoint = endpoint.asked.filter(({ headers }) => headers['x-request-id'] === request)
  expect(new Set(toldEndpoint.map(({ path }) => path))).toEqual(
    new Set(['/v1/chat/completions', '/v1/embeddings']),
  )
  const lines = bot
    .logged()
    .split('\n')
    .filter((line) => line.includes(request))
  const said = lines.filter((line) => line.includes('an endpoint was asked'))
  expect(said).toHaveLength(toldEndpoint.length)
  for (const line of bot.logged().trim().split('\n'))
    expect(JSON.parse(line)).toMatchObject({
      time: expect.any(String),
      level: expect.any(String),
      msg: expect.any(String),
    })
  expect(bot.logged()).not.toMatch(/濮阳|a-key|7301/u)
}, 600_000)
