import { readPrompt } from '../../prompts.ts'
import { createChat } from './chat.ts'
import { type Generate, createGenerate } from './generate.ts'
import { type MakeStandalone, createStandalone } from './standalone.ts'

export interface WriterSettings {
  readonly model: string
  readonly apiKey?: string | undefined
  readonly baseURL?: string | undefined
  /** For one answer, in milliseconds. */
  readonly timeoutMs: number
}

/** What a language model does for an answer. */
export interface Writer {
  readonly generate: Generate
  readonly makeStandalone: MakeStandalone
}

/** A silent endpoint is given up earlier than a slow one. */
const SILENCE_SHARE = 0.5
/** Making a question whole is a short errand. */
const STANDALONE_SHARE = 0.3

/** Wires an OpenAI-compatible endpoint and the prompts of `prompts/` into a writer. */
export function createWriter({ model, apiKey, baseURL, timeoutMs }: WriterSettings): Writer {
  const chat = createChat({
    model,
    silenceMs: timeoutMs * SILENCE_SHARE,
    ...(apiKey && { apiKey }),
    ...(baseURL && { baseURL }),
  })
  const prompts = {
    answer: readPrompt('answer'),
    repair: readPrompt('answer-repair'),
    again: readPrompt('answer-again'),
  }
  return {
    generate: createGenerate({ chat, model, prompts, timeoutMs }),
    makeStandalone: createStandalone({
      chat,
      prompt: readPrompt('standalone-question'),
      timeoutMs: timeoutMs * STANDALONE_SHARE,
    }),
  }
}
