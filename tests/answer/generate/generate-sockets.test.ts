import { afterEach, expect, test } from 'vitest'
import { createChat } from '../../../src/answer/generate/chat.ts'
import { type GenerateOptions, createGenerate } from '../../../src/answer/generate/generate.ts'
import { PASSAGES, QUESTION, agent, draft, free, invented } from './drafts.ts'
import { chunk, completion } from './endpoint.ts'
import { type Script, localEndpoint } from './local-endpoint.ts'
import { PROMPTS } from './prompts.ts'

const endpoints: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const endpoint of endpoints.splice(0)) await endpoint.close()
})

async function ask(
  scripts: readonly [Script, ...Script[]],
  { timeoutMs = 3000, ...options }: GenerateOptions & { timeoutMs?: number } = {},
) {
  const endpoint = await localEndpoint(...scripts)
  endpoints.push(endpoint)
  const chat = createChat({ model: 'm', baseURL: endpoint.baseURL, silenceMs: 500 })
  const generate = createGenerate({ chat, model: 'm', prompts: PROMPTS, timeoutMs })
  const asked = { question: { question: QUESTION }, standalone: QUESTION, ranked: PASSAGES }
  return generate({ ...asked, date: '2026-11-22' }, options)
}

const text = JSON.stringify(draft([free, agent]))

test('a statement is shown while the answer still comes in', async () => {
  const reader = new AbortController()
  const seen: string[] = []
  const events = [chunk({ content: text.slice(0, text.indexOf(agent.text)) })]
  const outcome = await ask([{ events }], {
    signal: reader.signal,
    onStatement: (statement) => {
      seen.push(statement.text)
      reader.abort()
    },
  })
  expect(seen).toEqual([free.text])
  expect(outcome).toMatchObject({ status: 'failed', reason: 'aborted' })
})

test('silence ends it', async () => {
  expect(await ask([{ events: [] }])).toMatchObject({ status: 'failed', reason: 'silence' })
})

test('a correction that falls silent leaves what stands', async () => {
  const events = completion(JSON.stringify(draft([free, invented])))
  const outcome = await ask([{ events, ends: true }, { events: [chunk({ content: '{' })] }])
  expect(outcome).toMatchObject({ status: 'drafted', draft: { statements: [free] } })
})

test('all of it together has one deadline', async () => {
  const started = performance.now()
  const every = { ms: 20, event: chunk({ reasoning_content: '想' }) }
  const outcome = await ask([{ events: [], every }], { timeoutMs: 200 })
  expect(outcome).toMatchObject({ status: 'failed', reason: 'timeout' })
  expect(performance.now() - started).toBeLessThan(1500)
})
