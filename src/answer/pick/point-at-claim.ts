import { z } from 'zod'
import { promptVersion, render } from '../../prompts.ts'
import type { Context } from '../context/context.ts'
import { unreadable } from '../model/chat.ts'
import { tagged } from '../model/data.ts'
import type { Failure } from '../model/failure.ts'
import { readJson } from '../model/read-json.ts'
import { strictSchema } from '../model/strict-schema.ts'
import { articleBlock } from './article-block.ts'
import type { PointingDeps } from './by-model.ts'
import { numbersIn } from './numbers.ts'
import type { PickOptions } from './picker.ts'

const ClaimSchema = z.object({ says: z.array(z.int()), denies: z.array(z.int()) })
const SCHEMA = { name: 'claim', schema: strictSchema(ClaimSchema) }

/** Pieces of the sentences that say what is claimed, and of those that say otherwise. */
export interface PointedAtClaim {
  readonly status: 'pointed'
  readonly says: readonly number[]
  readonly denies: readonly number[]
  readonly model: string
  readonly promptVersion: string
}

export type PointAtClaim = (
  claim: string,
  context: Context,
  options?: Pick<PickOptions, 'signal' | 'spend'>,
) => Promise<PointedAtClaim | Failure>

/** A model points at the sentences that a claim is to be compared with; whether they say it is not for it to tell. */
export function createPointAtClaim({ chat, model, prompt, timeoutMs }: PointingDeps): PointAtClaim {
  return async function pointAtClaim(claim, context, { signal, spend } = {}) {
    const { text, sent } = articleBlock(context)
    const pointed = (says: number[], denies: number[]): PointedAtClaim => ({
      status: 'pointed',
      says,
      denies,
      model,
      promptVersion: promptVersion(prompt),
    })
    if (sent.size === 0) return pointed([], [])
    const outcome = await chat({
      schema: SCHEMA,
      messages: render(prompt, { articles: text, claim: tagged('claim', claim) }),
      answerMs: timeoutMs,
      ...(signal && { signal }),
      ...(spend && { spend }),
    })
    if (outcome.status === 'failed') return outcome
    const parts = readJson(outcome.text, Object.keys(ClaimSchema.shape))
    if (!parts || outcome.finish === 'refused') return unreadable(outcome)
    const under = (name: string) => [
      ...new Set(parts.flatMap(([key, value]) => (key === name ? numbersIn(value, sent) : []))),
    ]
    return pointed(under('says'), under('denies'))
  }
}
