import { afterEach, expect, test } from 'vitest'
import { createChat } from '../../../src/answer/model/chat.ts'
import { createPickByModel } from '../../../src/answer/pick/by-model.ts'
import type { PickOptions } from '../../../src/answer/pick/picker.ts'
import { readPrompt } from '../../../src/prompts.ts'
import { chunk } from '../model/endpoint.ts'
import { type Script, localEndpoint } from '../model/local-endpoint.ts'
import { CONTEXT, QUESTION } from './contexts.ts'

const endpoints: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const endpoint of endpoints.splice(0)) await endpoint.close()
})

async function pick(
  script: Script,
  { timeoutMs = 3000, ...options }: PickOptions & { timeoutMs?: number } = {},
) {
  const endpoint = await localEndpoint(script)
  endpoints.push(endpoint)
  const chat = createChat({ model: 'm', baseURL: endpoint.baseURL, silenceMs: 500 })
  const byModel = createPickByModel({ chat, model: 'm', prompt: readPrompt('answer'), timeoutMs })
  const asked = { question: { question: QUESTION }, standalone: QUESTION, context: CONTEXT }
  return byModel({ ...asked, date: '2026-11-22' }, options)
}

test('a list is handed on while the answer still comes in', async () => {
  const reader = new AbortController()
  const told: (readonly number[])[] = []
  const outcome = await pick(
    { events: [chunk({ content: '{"status":"answered","statements":[[3,4],[5' })] },
    {
      signal: reader.signal,
      onPick: (pieces) => {
        told.push(pieces)
        reader.abort()
      },
    },
  )
  expect(told).toEqual([[3, 4]])
  expect(outcome).toMatchObject({ status: 'failed', reason: 'aborted' })
})

test('silence ends it', async () => {
  expect(await pick({ events: [] })).toMatchObject({ status: 'failed', reason: 'silence' })
})

test('it has a deadline', async () => {
  const every = { ms: 20, event: chunk({ reasoning_content: '想' }) }
  expect(await pick({ events: [], every }, { timeoutMs: 200 })).toMatchObject({ reason: 'timeout' })
})

test('a flood of lists is cut off', async () => {
  const event = chunk({ content: '[[99],[98]],'.repeat(400) })
  expect(await pick({ events: [], every: { ms: 1, event } })).toMatchObject({ reason: 'too_long' })
})
