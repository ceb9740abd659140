import { join } from 'node:path'
import { Hono } from 'hono'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { explained } from '../../src/answer/trace.ts'
import type { Question } from '../../src/corpus.ts'
import { askRoom } from '../../src/desk/ask/ask-room.ts'
import { createQueue } from '../../src/desk/ask/queue.ts'
import { createDesk } from '../../src/desk/desk.ts'
import { openDeskDatabase } from '../../src/desk/desk-database.ts'
import { judgedRoom } from '../../src/desk/judged/judged-room.ts'
import { createJudgedStore } from '../../src/desk/judged/judged-store.ts'
import { createRunStore } from '../../src/desk/judged/run-store.ts'
import { createRunner } from '../../src/desk/judged/runner.ts'
import { rankingOf } from '../../src/retrieval/ranking.ts'
import { openLibrary } from '../answer/library.ts'
import { tempFolder } from '../support/temp.ts'

const NOW = Date.parse('2023-06-01T04:00:00Z')

interface Given {
  /** What is asked instead of the library. */
  readonly examine?: (question: Question) => ReturnType<Library['answer']>
  readonly unanswered?: () => Promise<readonly string[]>
  readonly isKept?: (question: string) => Promise<boolean>
}
type Library = Awaited<ReturnType<typeof openLibrary>>

/** The desk over the invented articles, as somebody at this machine uses it. */
export async function openDesk({ examine, unanswered, isKept = async () => true }: Given = {}) {
  const folder = tempFolder()
  const library = await openLibrary(folder)
  const db = openDeskDatabase(join(folder, 'desk.sqlite'))
  onTestFinished(async () => {
    db.close()
    await library.close()
  })
  const log = pino({ level: 'silent' })
  const passagesOf = (id: string) => library.index.passages(id)
  const engine = {
    examine: examine ?? (async (question) => explained(await library.answer(question))),
    rank: async (question: Question, limit: number) =>
      rankingOf(question, await library.retrieve(question, limit)),
  }
  const [judged, runs, queue] = [createJudgedStore(db), createRunStore(db), createQueue()]
  const runner = createRunner({ judged, runs, answer: engine.examine, passagesOf, log })
  const rooms = new Map([
    [
      'ask',
      askRoom({
        engine,
        passagesOf,
        judged,
        queue,
        log,
        now: () => NOW,
        ...(unanswered && { readers: { unanswered, isKept } }),
      }),
    ],
    ['judged', judgedRoom({ judged, runs, runner, engine, now: () => NOW })],
  ])
  const app = new Hono().route('/desk', createDesk({ token: undefined, secret: 'ours', rooms }))
  return { app, db, judged, runs, runner, queue, ...clientOf(app) }
}

/** How a person at this machine uses the desk, without a browser. */
export function clientOf(app: Hono) {
  const headers = { host: 'localhost', origin: 'http://localhost' }
  /** A page, after all that it was redirected to. */
  async function get(path: string): Promise<{ path: string; status: number; text: string }> {
    return followed(path, await app.request(path, { headers }))
  }
  async function followed(path: string, response: Response) {
    const location = response.headers.get('location')
    if (location) return get(location)
    return { path, status: response.status, text: await response.text() }
  }
  return {
    get,
    /** What a form leads to. */
    post: async (
      path: string,
      fields: Readonly<Record<string, string>> | URLSearchParams | FormData,
    ) => {
      const body = fields instanceof FormData ? fields : new URLSearchParams(fields)
      return followed(path, await app.request(path, { method: 'POST', body, headers }))
    },
    ask: (question: string, more: Readonly<Record<string, string>> = {}) =>
      get(`/desk/ask?${new URLSearchParams({ question, ...more }).toString()}`),
  }
}

/** The hidden fields and the pieces of an answer's page: what its form would send. */
export function judgingOf({ path, text }: { readonly path: string; readonly text: string }) {
  const hidden = (name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1]?.replaceAll('&quot;', '"') ?? ''
  return {
    /** The name of the sentence with these words. */
    sentence: (words: string): string => {
      const [, ...rest] = text.split('name="sentence" value="')
      const found = rest.find((one) => one.includes(words))
      if (!found) throw new Error(`No sentence says ${words}`)
      return found.slice(0, found.indexOf('"'))
    },
    to: `${path.split('?')[0]}/verdict`,
    fields: { asked: hidden('asked'), answered: hidden('answered') },
    /** The name of the piece with these words. */
    piece: (words: string): string => {
      const found = [...text.matchAll(/name="piece" value="([^"]+)">([^<]*)</g)]
      const piece = found.find(([, , said]) => said === words)?.[1]
      if (!piece) throw new Error(`No piece says ${words}`)
      return piece
    },
  }
}
