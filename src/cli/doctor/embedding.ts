/** One text to the embedding endpoint. */
import { join } from 'node:path'
import { EmbedError, PROBE, createEmbed } from '../../retrieval/embed.ts'
import { type VectorStore, keptLength } from '../../retrieval/vector-store.ts'
import type { Check } from './check.ts'
import { SAY } from './say.ts'

const { embedding: SAID } = SAY

/** Knows nothing and keeps nothing, so that the endpoint is asked. */
const NOTHING: VectorStore = {
  get: (_, texts) => texts.map(() => undefined),
  put() {},
  length: () => undefined,
  close() {},
}

export const embedding: Check = {
  name: '向量',
  asks: true,
  async look({ patient: { config }, seconds }) {
    const { EMBEDDING_MODEL: model, EMBEDDING_DIMENSIONS: dimensions } = config
    if (model === undefined) return []
    const embed = createEmbed(
      {
        model,
        baseURL: config.EMBEDDING_BASE_URL ?? config.OPENAI_BASE_URL,
        apiKey: config.EMBEDDING_API_KEY ?? config.OPENAI_API_KEY,
        dimensions,
        maxRetries: 0,
      },
      { store: NOTHING },
    )
    const began = performance.now()
    try {
      const [vector] = await embed([PROBE], { deadlineMs: seconds * 1_000 })
      const took = ((performance.now() - began) / 1_000).toFixed(1)
      const kept = keptLength(join(config.WENCE_DATA_DIR, 'vectors.sqlite'), { model, dimensions })
      const { length } = vector!
      return [
        kept === undefined || kept === length
          ? SAID.answered(length, took)
          : SAID.other(length, kept),
      ]
    } catch (error) {
      if (!(error instanceof EmbedError)) throw error
      return [SAID.failed(error.message)]
    }
  },
}
