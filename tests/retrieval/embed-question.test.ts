import { expect, test } from 'vitest'
import { EmbedError } from '../../src/retrieval/embed.ts'
import { createEmbedQuestion } from '../../src/retrieval/embed-question.ts'

test('a question has its vector, within a deadline', async () => {
  const vector = Float32Array.of(1)
  const asked: unknown[] = []
  const embed = async (...given: unknown[]) => {
    asked.push(given)
    return [vector]
  }
  const embedQuestion = createEmbedQuestion({ embed, deadlineMs: 5 })
  expect(await embedQuestion('怎么接电')).toEqual({ vector })
  expect(asked).toEqual([[['怎么接电'], { deadlineMs: 5, keep: false }]])
})

test('an endpoint that is down degrades the search, rests, and is tried again', async () => {
  let time = 0
  let calls = 0
  let down = true
  const embed = async () => {
    calls++
    if (down) throw new EmbedError('the endpoint cannot be reached.')
    return [Float32Array.of(1)]
  }
  const embedQuestion = createEmbedQuestion({ embed, restMs: 1_000, now: () => time })
  const degraded = { degraded: 'the endpoint cannot be reached.' }
  expect(await embedQuestion('问')).toEqual(degraded)
  down = false
  time = 999
  expect(await embedQuestion('问')).toEqual(degraded)
  expect(calls).toBe(1)
  time = 1_000
  expect(await embedQuestion('问')).toHaveProperty('vector')
  time = 1_001
  expect(await embedQuestion('问')).toHaveProperty('vector')
})

test('a mistake of our own is not taken for an endpoint that is down', async () => {
  const embed = async () => {
    throw new TypeError('ours')
  }
  await expect(createEmbedQuestion({ embed })('问')).rejects.toThrow('ours')
})
