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

test('an endpoint that is down degrades the search', async () => {
  const embed = async () => {
    throw new EmbedError('the endpoint cannot be reached.')
  }
  const degraded = 'the endpoint cannot be reached.'
  expect(await createEmbedQuestion({ embed })('问')).toEqual({ degraded })
})

test('a mistake of our own is not taken for an endpoint that is down', async () => {
  const embed = async () => {
    throw new TypeError('ours')
  }
  await expect(createEmbedQuestion({ embed })('问')).rejects.toThrow('ours')
})
