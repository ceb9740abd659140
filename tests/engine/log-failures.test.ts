import { pino } from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { createModel } from '../../src/answer/model/open-model.ts'
import { NEW_CHAT, createConversation } from '../../src/conversation/conversation.ts'
import { logFailures } from '../../src/engine/log-failures.ts'
import { openLibrary } from '../answer/library.ts'
import { completion, event } from '../answer/model/endpoint.ts'
import { type Reply, json, modelEndpoint } from '../support/model-endpoint.ts'
import { tempFolder } from '../support/temp.ts'

afterEach(() => void vi.restoreAllMocks())

/** A conversation whose model's endpoint answers so, and the lines of its log. */
async function open(answer: () => Reply) {
  const { baseURL } = await modelEndpoint(answer)
  const model = createModel({ model: 'm', baseURL, timeoutMs: 2_000, apiKey: 'sk-secret' })
  const library = await openLibrary(tempFolder(), { model })
  const conversation = createConversation({ answer: library.answer, passages: async () => [] })
  const lines: Record<string, unknown>[] = []
  const log = pino({ base: null }, { write: (line: string) => lines.push(JSON.parse(line)) })
  return { ask: logFailures(conversation, log), lines, close: () => library.close() }
}

const QUESTION = '浚县小微企业接电要多久？'

test('why a model fails is said once for each kind in a while, without words of people', async () => {
  let reply = json({ error: `no path for sk-secret ${QUESTION}` }, 404)
  const { ask, lines, close } = await open(() => reply)
  for (const _ of [1, 2]) await ask(NEW_CHAT, QUESTION)
  reply = json({ error: { message: QUESTION } }, 401)
  for (const _ of [1, 2]) await ask(NEW_CHAT, QUESTION)
  const stopped = { signal: AbortSignal.abort() }
  await ask(NEW_CHAT, QUESTION, stopped)
  expect(lines).toMatchObject([
    { level: 40, kind: 'model: bad_request', msg: /answered 404; check OPENAI_BASE_URL/ },
    { level: 40, kind: 'model: unauthorized', msg: /answered 401/ },
  ])
  expect(JSON.stringify(lines)).not.toMatch(/sk-secret|浚县/)
  const later = performance.now() + 3_600_000
  vi.spyOn(performance, 'now').mockImplementation(() => later)
  await ask(NEW_CHAT, QUESTION)
  expect(lines).toHaveLength(3)
  await close()
})

test('a prompt that was cut is said, though it was answered', async () => {
  const usage = event({ choices: [], usage: { prompt_tokens: 256 } })
  const body = [...completion('{"status":"answered","statements":[[1]]}').slice(0, -2), usage]
  const { ask, lines, close } = await open(() => ({ body }))
  const { answer } = await ask(NEW_CHAT, QUESTION)
  expect(answer.mode).toBe('model')
  expect(lines).toMatchObject([{ kind: 'model: prompt cut', msg: /256 tokens/ }])
  await close()
})
