import { Hono } from 'hono'
import { createCatalogue } from '../../src/conversation/catalogue.ts'
import { createListArticles } from '../../src/conversation/list-articles.ts'
import { createLimiter } from '../../src/limiter.ts'
import { createLog } from '../../src/log.ts'
import { type ApiDeps, createApi } from '../../src/web/api/api.ts'
import { smallEngine } from './small-engine.ts'
import { smallIndex } from './small-library.ts'

export const TOKEN = 'open sesame'.replace(' ', '-')
export const AUTHORIZED = { authorization: `Bearer ${TOKEN}` }
const JSON_TYPE = { 'content-type': 'application/json' }

/** The API over the small library. */
export function smallApi(more: Partial<ApiDeps> = {}) {
  const catalogue = createCatalogue({ index: { ...smallIndex, state: async () => '' } })
  const api = createApi({
    engine: smallEngine,
    index: smallIndex,
    listArticles: createListArticles({ index: smallIndex, catalogue }),
    token: TOKEN,
    limits: { address: createLimiter(1000), token: createLimiter(1000) },
    spend: () => true,
    log: createLog('silent'),
    ...more,
  })
  const app = new Hono().route('/api', api)
  const get = (path: string, headers: Record<string, string> = AUTHORIZED) =>
    app.request(`/api${path}`, { headers })
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    app.request(`/api${path}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { ...AUTHORIZED, ...JSON_TYPE, ...headers },
    })
  return { api, app, get, post }
}
