import { readPrompt } from '../../prompts.ts'
import { type PickByModel, createPickByModel } from '../pick/by-model.ts'
import { type PointAtClaim, createPointAtClaim } from '../pick/point-at-claim.ts'
import { createChat } from './chat.ts'
import { type MakeStandalone, createStandalone } from './standalone.ts'

export interface ModelSettings {
  readonly model: string
  readonly apiKey?: string | undefined
  readonly baseURL?: string | undefined
  /** For one answer once it has begun, in milliseconds. */
  readonly timeoutMs: number
  /** For its beginning, in milliseconds: a model may have to be loaded. As long as the answer, where it is not given. */
  readonly firstMs?: number
}

/** What a language model does. */
export interface Model {
  readonly pick: PickByModel
  readonly makeStandalone: MakeStandalone
  readonly pointAtClaim: PointAtClaim
}

/** A silent endpoint is given up earlier than a slow one. */
const SILENCE_SHARE = 0.5
/** Making a question whole is a short errand. */
const STANDALONE_SHARE = 0.3

/** Wires an OpenAI-compatible endpoint and the prompts of `prompts/` into what a model does. */
export function createModel({
  model,
  apiKey,
  baseURL,
  timeoutMs,
  firstMs = timeoutMs,
}: ModelSettings): Model {
  const chat = createChat({
    model,
    firstMs,
    silenceMs: timeoutMs * SILENCE_SHARE,
    ...(apiKey && { apiKey }),
    ...(baseURL && { baseURL }),
  })
  return {
    pick: createPickByModel({ chat, model, prompt: readPrompt('answer'), timeoutMs }),
    makeStandalone: createStandalone({
      chat,
      prompt: readPrompt('standalone-question'),
      timeoutMs: timeoutMs * STANDALONE_SHARE,
    }),
    pointAtClaim: createPointAtClaim({ chat, model, prompt: readPrompt('claim'), timeoutMs }),
  }
}
