import { join } from 'node:path'
import { createPseudonym } from '../../src/conversation/pseudonym.ts'
import { openState } from '../../src/stores/sqlite/open-state.ts'
import { createLimiter } from '../../src/limiter.ts'
import { createLog } from '../../src/log.ts'
import { createApp } from '../../src/web/app.ts'
import { type ChatDeps, createChat } from '../../src/web/chat/chat.ts'
import { smallEngine } from './small-engine.ts'
import { tempFolder } from './temp.ts'

export const HOST = 'wence.example.org'
const ORIGIN = `https://${HOST}`

/** The chat over the small library, with one browser that keeps its cookie. */
export async function smallChat(more: Partial<ChatDeps> = {}) {
  const file = join(tempFolder(), 'conversations.sqlite')
  const keepDays = more.keepDays ?? 30
  const state = await openState(file, { keepQuestions: keepDays > 0 })
  const { conversations: store } = state
  const log = createLog('silent')
  const chat = createChat({
    engine: smallEngine,
    store,
    forget: state.forget,
    limits: { person: createLimiter(1000), address: createLimiter(1000) },
    spend: () => true,
    secret: 'ours',
    pseudonym: createPseudonym('salt'),
    keepDays,
    log,
    ...more,
  })
  const app = createApp({ log }).route('/chat', chat)
  let cookie = ''

  async function request(
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const headers = { host: HOST, origin: ORIGIN, cookie, ...init.headers }
    const response = await app.request(path, { ...init, headers })
    const set = response.headers.getSetCookie().at(-1)
    if (set !== undefined) cookie = /Max-Age=0/.test(set) ? '' : set.split(';')[0]!
    return response
  }
  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    request(`/chat/${path}`, { method: 'POST', body: new URLSearchParams(form), headers })
  const read = async (path = '/chat') => (await request(path)).text()
  /** Asks, and gives the id of what was asked. */
  async function ask(question: string, form: Record<string, string> = {}): Promise<string> {
    const response = await post('ask', { question, ...form })
    return /^\/chat#a-([\w-]+)$/.exec(response.headers.get('location') ?? '')?.[1] ?? ''
  }
  return { app, store, state, file, request, post, read, ask, cookie: () => cookie }
}
