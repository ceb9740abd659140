/** Endpoints for chat and embeddings that do what no endpoint should. */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { mapConcurrently } from '../../../src/retrieval/map-concurrently.ts'
import { BEHAVIOURS, hostileEndpoint } from '../../support/hostile-endpoint.ts'
import { type Attack, shareOf } from '../attack.ts'

const ASK_TWICE = fileURLToPath(new URL('../../support/ask-twice.ts', import.meta.url))
const QUESTION = '刚入驻高铁片区的厂子怎么接电，要交钱吗？'
const KEY = 'sk-attack-0123456789'
const CHAT_TIMEOUT_MS = 4_000
/** What a start may wait for an endpoint, and an answer for embeddings and then for a model; what one costs anyway. */
const MOST_START_MS = 5_000
const MOST_ANSWER_MS = 4_000 + CHAT_TIMEOUT_MS
const SLACK_MS = 3_000
const MOST_MEGABYTES = 300

const Report = z.object({
  startMs: z.number(),
  answers: z.array(
    z.object({ ms: z.number(), told: z.array(z.string()), notices: z.array(z.string()) }),
  ),
  megabytes: z.number(),
})

/** Runs the product on a library in a folder and gives what it reported; undefined when it ended otherwise. */
async function ask(data: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [ASK_TWICE, QUESTION], {
    env: { PATH: process.env.PATH, WENCE_DATA_DIR: data, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => (out += text))
  child.stderr.on('data', (text) => (err += text))
  await new Promise((resolve) => child.on('close', resolve))
  try {
    return { report: Report.parse(JSON.parse(out)), printed: out + err }
  } catch {
    return { report: undefined, printed: out + err }
  }
}

/** The settings under which an endpoint is asked: when starting; or for a question and then by a model. */
const WAYS: Record<string, (baseURL: string) => Record<string, string>> = {
  'at the start': (url) => ({ EMBEDDING_MODEL: 'm', EMBEDDING_BASE_URL: url }),
  'by an answer': (url) => ({
    EMBEDDING_MODEL: 'm',
    EMBEDDING_DIMENSIONS: '4',
    CHAT_MODEL: 'm',
    CHAT_TIMEOUT_MS: String(CHAT_TIMEOUT_MS),
    CHAT_FIRST_BYTE_TIMEOUT_MS: String(CHAT_TIMEOUT_MS),
    OPENAI_BASE_URL: url,
  }),
}

export const attack: Attack = {
  name: 'endpoints',
  does: `asks with ${Object.keys(BEHAVIOURS).length} endpoints for vectors and for a model that hang, drip, flood, unpack without end, redirect or ask to wait for a year`,
  promises: `the start waits at most ${MOST_START_MS / 1000} s and an answer as long as it has for both, in ${MOST_MEGABYTES} MB more than without; what is told is what words choose; neither key nor question reaches where an endpoint redirects`,

  async run(options) {
    const folder = mkdtempSync(join(tmpdir(), 'wence-endpoints-'))
    try {
      const library = join(folder, 'library')
      await ask(library, {})
      const { report: plain } = await ask(library, {})
      if (!plain) throw new Error('The product does not answer without an endpoint')
      const names = Object.keys(BEHAVIOURS)
      const runs = names
        .slice(0, shareOf(names.length, options))
        .flatMap((name) => Object.keys(WAYS).map((way) => ({ name, way })))
      let [answered, leaked, requests] = [0, 0, 0]
      let [startMs, answerMs, megabytes] = [0, 0, 0]
      await mapConcurrently(runs, 3, async ({ name, way }) => {
        const endpoint = await hostileEndpoint(name)
        const data = join(folder, `${way} ${name}`.replaceAll(/\W+/g, '-'))
        cpSync(library, data, { recursive: true })
        const { report, printed } = await ask(data, {
          OPENAI_API_KEY: KEY,
          ...WAYS[way]!(endpoint.baseURL),
        })
        await endpoint.close()
        rmSync(data, { recursive: true, force: true })
        requests += endpoint.asked()
        if (endpoint.elsewhere() !== '' || printed.includes(KEY)) leaked++
        const same = report?.answers.every(
          ({ told }) => JSON.stringify(told) === JSON.stringify(plain.answers[0]!.told),
        )
        if (same) answered++
        const more = report && {
          start: report.startMs - plain.startMs,
          answer: Math.max(...report.answers.map(({ ms }) => ms)),
          megabytes: report.megabytes - plain.megabytes,
        }
        startMs = Math.max(startMs, more?.start ?? Infinity)
        answerMs = Math.max(answerMs, more?.answer ?? Infinity)
        megabytes = Math.max(megabytes, more?.megabytes ?? Infinity)
        const figures = more
          ? `start +${(more.start / 1000).toFixed(1)} s, answer ${(more.answer / 1000).toFixed(1)} s, +${more.megabytes.toFixed(0)} MB`
          : `ended: ${printed.slice(-300)}`
        options.say(
          `${way}, one that ${name}: ${same ? 'same answer' : 'OTHER answer'}, ${figures}`,
        )
      })
      return [
        { what: 'runs', value: runs.length },
        { what: 'requests that endpoints got', value: requests, kept: requests >= runs.length },
        { what: 'same answer by words', value: answered, kept: answered === runs.length },
        {
          what: 'key or question that reached elsewhere or a log',
          value: leaked,
          kept: leaked === 0,
        },
        {
          what: 'longest start, ms more than without',
          value: Math.round(startMs),
          kept: startMs <= MOST_START_MS + SLACK_MS,
        },
        {
          what: 'longest answer, ms',
          value: Math.round(answerMs),
          kept: answerMs <= MOST_ANSWER_MS + SLACK_MS,
        },
        {
          what: 'most memory, MB more than without',
          value: Math.round(megabytes),
          kept: megabytes <= MOST_MEGABYTES,
        },
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
