import { afterEach, expect, test } from 'vitest'
import { type ChatRequest, createChat } from '../../../src/answer/model/chat.ts'
import { chunk } from './endpoint.ts'
import { localEndpoint } from './local-endpoint.ts'

const request = (over: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: [{ role: 'user', content: '问题' }],
  schema: { name: 'answer', schema: { type: 'object' } },
  signal: AbortSignal.timeout(3000),
  ...over,
})

const half = chunk({ content: 'half' })
const endpoints: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const endpoint of endpoints.splice(0)) await endpoint.close()
})
const local = async (...given: Parameters<typeof localEndpoint>) => {
  const endpoint = await localEndpoint(...given)
  endpoints.push(endpoint)
  return endpoint
}

test.each([
  ['before the first byte', []],
  ['in the middle', [half]],
])('silence %s ends the connection', async (_name, events) => {
  const endpoint = await local({ events })
  const chat = createChat({ model: 'm', baseURL: endpoint.baseURL, silenceMs: 500 })
  expect(await chat(request())).toMatchObject({ reason: 'silence' })
  await expect.poll(endpoint.closed, { timeout: 10_000 }).toBe(1)
})

test('an endpoint that talks for ever runs out of time', async () => {
  const event = chunk({ reasoning_content: '想' })
  const { baseURL } = await local({ events: [half], every: { ms: 5, event } })
  const outcome = await createChat({ model: 'm', baseURL })(
    request({ signal: AbortSignal.timeout(100) }),
  )
  expect(outcome).toMatchObject({ reason: 'timeout' })
})

test('a reader who stops waiting ends the call', async () => {
  const { baseURL } = await local({ events: [half] })
  const reader = new AbortController()
  const listen = () => () => reader.abort()
  const outcome = await createChat({ model: 'm', baseURL })(
    request({ signal: reader.signal, listen }),
  )
  expect(outcome).toMatchObject({ reason: 'aborted' })
})

test('an endpoint that says too much is cut off', async () => {
  const endpoint = await local({
    events: [],
    every: { ms: 1, event: chunk({ content: '长'.repeat(21_845) }) },
  })
  expect(await createChat({ model: 'm', baseURL: endpoint.baseURL })(request())).toMatchObject({
    reason: 'too_long',
  })
  await expect.poll(endpoint.closed, { timeout: 10_000 }).toBe(1)
})
