/** One tiny question to the language model, asked as those of people are. */
import { z } from 'zod'
import { createChat } from '../../answer/model/chat.ts'
import { readJson } from '../../answer/model/read-json.ts'
import { strictSchema } from '../../answer/model/strict-schema.ts'
import type { Check } from './check.ts'
import { SAY } from './say.ts'
import { shown } from './shown.ts'

const { chat: SAID, chatFailures: FAILURES } = SAY

const SYSTEM = '只输出一个 JSON 对象，不加任何别的字：{"answer":"……"}'
const QUESTION = '河南省的省会是哪座城市？'
const ANSWER = '郑州'
const SCHEMA = { name: 'doctor', schema: strictSchema(z.object({ answer: z.string() })) }
/** An answer begins to be told while it is written; who waits so long for one word waits too long. */
const SLOW_MS = 8_000

export const chat: Check = {
  name: '模型',
  asks: true,
  async look({ patient: { config }, seconds, signal }) {
    const { CHAT_MODEL: model, OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = config
    if (model === undefined) return []
    const ask = createChat({
      model,
      firstMs: seconds * 1_000,
      silenceMs: seconds * 1_000,
      ...(apiKey && { apiKey }),
      ...(baseURL && { baseURL }),
    })
    const began = performance.now()
    const messages = [
      { role: 'system', content: SYSTEM },
      { role: 'user', content: QUESTION },
    ] as const
    const outcome = await ask({ messages, schema: SCHEMA, signal })
    const ms = performance.now() - began
    if (outcome.status === 'failed') {
      const { why, todo } = FAILURES[outcome.reason]
      return [SAID.failed(why, outcome.detail, todo)]
    }
    const answer = readJson(outcome.text, ['answer'])?.find(([key]) => key === 'answer')?.[1]
    const said = shown(typeof answer === 'string' ? answer : outcome.text)
    const took = (ms / 1_000).toFixed(1)
    if (typeof answer !== 'string' || !answer.includes(ANSWER)) return [SAID.odd(said)]
    return [
      ms > SLOW_MS ? SAID.slow(said, took) : SAID.answered(said, took, outcome.format ?? 'none'),
    ]
  },
}
