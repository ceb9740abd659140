import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chat } from '../../../src/cli/doctor/chat.ts'
import { embedding } from '../../../src/cli/doctor/embedding.ts'
import { openVectorStore } from '../../../src/retrieval/vector-store.ts'
import { idsOf, lookWith, textOf } from '../../support/doctor.ts'
import { type Asked, json, modelEndpoint } from '../../support/model-endpoint.ts'
import { tempFolder } from '../../support/temp.ts'

const KEY = 'sk-geheim'
const streamed = (text: string) =>
  `data: ${JSON.stringify({ choices: [{ delta: { content: text }, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`
const settingsOf = (baseURL: string) => ({
  CHAT_MODEL: 'm',
  EMBEDDING_MODEL: 'e',
  OPENAI_API_KEY: KEY,
  OPENAI_BASE_URL: baseURL,
})
/** Where nothing listens any more. */
async function nowhere(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v1`
}
const CAPITAL = '{"answer":"郑州市"}'

test('without a model nothing is said', async () => {
  expect(await lookWith(chat)).toEqual([])
  expect(await lookWith(embedding)).toEqual([])
})

test('the model is asked once, and what it answered is told with the format that it takes', async () => {
  const endpoint = await modelEndpoint(() => ({ body: streamed(CAPITAL) }))
  const findings = await lookWith(chat, { settings: settingsOf(endpoint.baseURL) })
  expect(endpoint.asked).toHaveLength(1)
  expect(textOf(findings, 'chat-answered')).toMatch(
    /^答了“郑州市”，用了 \d+\.\d 秒，格式 json_schema/u,
  )
})

test('one that takes no format is asked in a simpler one', async () => {
  const refused = json({ error: { message: 'response_format is not supported' } }, 400)
  const endpoint = await modelEndpoint(({ format }) =>
    format === 'none' ? { body: streamed(CAPITAL) } : refused,
  )
  const findings = await lookWith(chat, { settings: settingsOf(endpoint.baseURL) })
  expect(textOf(findings, 'chat-answered')).toContain('格式 none')
})

test.each([
  ['chat-odd', '{"answer":"我不知道"}'],
  ['chat-odd', '河南省的省会在哪里，要看……\u001b[31m'],
])('%s: %s', async (id, text) => {
  const endpoint = await modelEndpoint(() => ({ body: streamed(text) }))
  const findings = await lookWith(chat, { settings: settingsOf(endpoint.baseURL) })
  expect(idsOf(findings)).toEqual([id])
  expect(JSON.stringify(findings)).not.toContain('u001b')
})

test.each([
  [
    '不认密钥',
    json({ error: { code: 'invalid_api_key', message: `Incorrect API key ${KEY}` } }, 401),
  ],
  ['拒绝回答', json({ error: { code: 'content_filter' } }, 400)],
  ['不接受这样问', json({ error: { message: 'no such page' } }, 404)],
])('%s', async (why, reply) => {
  const endpoint = await modelEndpoint(() => reply)
  const findings = await lookWith(chat, { settings: settingsOf(endpoint.baseURL) })
  expect(textOf(findings, 'chat-failed')).toContain(why)
  expect(JSON.stringify(findings)).not.toContain(KEY)
})

test('one that is not there, and one that says nothing', async () => {
  const settings = settingsOf(await nowhere())
  expect(textOf(await lookWith(chat, { settings }), 'chat-failed')).toMatch(
    /连不上（.*ECONNREFUSED/u,
  )
  const silent = await modelEndpoint(() => ({ body: [60_000, ''] }))
  const late = await lookWith(chat, { settings: settingsOf(silent.baseURL), seconds: 0.5 })
  expect(textOf(late, 'chat-failed')).toMatch(/没有及时回答|一直没有动静|没有等到/u)
})

const vectors = ({ body }: Asked, length: number) =>
  json({
    data: [body['input']].flat().map((_, index) => ({ index, embedding: Array(length).fill(0.5) })),
  })

test('embeddings: how long the vector is', async () => {
  const endpoint = await modelEndpoint((asked) => vectors(asked, 4))
  const findings = await lookWith(embedding, { settings: settingsOf(endpoint.baseURL) })
  expect(endpoint.asked).toHaveLength(1)
  expect(textOf(findings, 'embedding-answered')).toContain('给了 4 个数的向量')
})

test('embeddings of another length than those that are kept', async () => {
  const folder = tempFolder()
  const store = openVectorStore(join(folder, 'vectors.sqlite'))
  store.put({ model: 'e' }, ['text'], [Float32Array.of(1, 0)])
  store.close()
  const endpoint = await modelEndpoint((asked) => vectors(asked, 4))
  const settings = { ...settingsOf(endpoint.baseURL), WENCE_DATA_DIR: folder }
  expect(textOf(await lookWith(embedding, { settings }), 'embedding-other')).toContain(
    '存着的是 2 个',
  )
})

test('embeddings that do not come', async () => {
  const endpoint = await modelEndpoint(() => json({ error: { message: 'no' } }, 401))
  const findings = await lookWith(embedding, { settings: settingsOf(endpoint.baseURL) })
  expect(textOf(findings, 'embedding-failed')).toContain('EMBEDDING_API_KEY')
  const gone = await lookWith(embedding, { settings: settingsOf(await nowhere()) })
  expect(textOf(gone, 'embedding-failed')).toContain('ECONNREFUSED')
})
