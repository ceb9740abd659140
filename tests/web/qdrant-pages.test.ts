import { expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { openQdrantIndex } from '../../src/retrieval/qdrant-index.ts'
import { createApp } from '../../src/web/app.ts'
import { sourcePages } from '../../src/web/source-page.ts'
import { batchOf } from '../support/passages.ts'
import { refusal, startQdrant } from '../support/qdrant.ts'

const { articles, passages } = batchOf({
  id: 'power',
  source: 'a.txt',
  headline: '用电报装一天办结',
  body: ['企业用电报装，一个工作日内办结。'],
})

test('a page is made of Qdrant’s payloads alone; a server that is away is told of', async () => {
  const qdrant = await startQdrant()
  const settings = { url: qdrant.url, collection: 'wence', pauseMs: 1, readTimeoutMs: 200 }
  const writer = await openQdrantIndex(settings)
  await writer.putBatches('a.txt', [{ articles, passages }])
  await writer.close()

  const index = await openQdrantIndex(settings)
  const app = createApp({ log: createLog('silent') })
  app.route('/', sourcePages({ index, robots: 'noindex' }))
  const response = await app.request('/s/power?q=0-4')
  expect(response.status).toBe(200)
  const text = await response.text()
  expect(text).toContain('用电报装一天办结')
  expect(text).toContain('<mark id="q">')

  qdrant.failWith(() => refusal(503, 'no capacity'))
  const away = await app.request('/s/power')
  expect(away.status).toBe(503)
  expect(await away.text()).toContain('请稍后再试')

  // Nor is an article gone because the whole collection is.
  qdrant.failWith(() => undefined)
  qdrant.collections.clear()
  qdrant.aliases.clear()
  expect((await app.request('/s/power')).status).toBe(503)
  await index.close()
})
