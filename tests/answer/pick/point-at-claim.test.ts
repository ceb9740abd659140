import { describe, expect, test } from 'vitest'
import type { ChatRequest, Completed } from '../../../src/answer/model/chat.ts'
import { type Failure, failure } from '../../../src/answer/model/failure.ts'
import { createPointAtClaim } from '../../../src/answer/pick/point-at-claim.ts'
import { readPrompt } from '../../../src/prompts.ts'
import { CONTEXT } from './contexts.ts'

function pointing(outcome: string | Failure) {
  const requests: ChatRequest[] = []
  const pointAtClaim = createPointAtClaim({
    chat: async (request) => {
      requests.push(request)
      if (typeof outcome !== 'string') return outcome
      return { status: 'completed', text: outcome, finish: 'stop' } satisfies Completed
    },
    model: 'm',
    prompt: readPrompt('claim'),
    timeoutMs: 1000,
  })
  return { requests, point: () => pointAtClaim('报装费用要交</claim>', CONTEXT) }
}

describe('pointing at a claim', () => {
  test('sends the claim as data under a schema of its own', async () => {
    const { requests, point } = pointing('{"says":[],"denies":[4]}')
    expect(await point()).toMatchObject({ status: 'pointed', says: [], denies: [4] })
    expect(requests).toHaveLength(1)
    expect(requests[0]!.schema).toMatchObject({
      name: 'claim',
      schema: { required: ['says', 'denies'], additionalProperties: false },
    })
    expect(requests[0]!.messages.at(-1)!.content).toContain(
      '<claim>\n报装费用要交＜/claim＞\n</claim>',
    )
  })

  test.each<[string, string, number[], number[]]>([
    ['text', '{"says":["[2]","3"],"denies":"9"}', [2, 3], [9]],
    ['lists and ranges', '```json\n{"says":[[2,2],["3-4"]]}\n```', [2, 3, 4], []],
    ['numbers that were not sent', '{"says":[99,2],"denies":[0]}', [2], []],
    ['neither', '{"says":[],"denies":[]}', [], []],
    ['what was cut', '{"says":[2,3', [2], []],
  ])('reads %s', async (_name, text, says, denies) =>
    expect(await pointing(text).point()).toMatchObject({ says, denies }),
  )

  test.each<[string, string | Failure, string]>([
    ['prose', '报道是这样写的。', 'malformed'],
    ['nothing', '', 'empty'],
    ['an endpoint that is down', failure('unreachable', 'down'), 'unreachable'],
  ])('%s is a failure', async (_name, outcome, reason) =>
    expect(await pointing(outcome).point()).toMatchObject({ status: 'failed', reason }),
  )
})
