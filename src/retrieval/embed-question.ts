import { type Embed, EmbedError } from './embed.ts'

/** A question's vector, or one sentence on why there is none; then the search is by words alone. */
export type EmbeddedQuestion =
  | { readonly vector: Float32Array; readonly degraded?: never }
  | { readonly vector?: never; readonly degraded: string }

export type EmbedQuestion = (question: string) => Promise<EmbeddedQuestion>

export interface EmbedQuestionDeps {
  readonly embed: Embed
  /** How long somebody who asked waits for it. */
  readonly deadlineMs?: number
  /** How long an endpoint that failed is left alone, so that not every question waits for it. */
  readonly restMs?: number
  readonly now?: () => number
}

/** Embeds questions, and never fails: without its endpoint a search goes on. */
export function createEmbedQuestion({
  embed,
  deadlineMs = 4_000,
  restMs = 30_000,
  now = () => performance.now(),
}: EmbedQuestionDeps): EmbedQuestion {
  let failed: { readonly at: number; readonly degraded: string } | undefined
  return async function embedQuestion(question) {
    if (failed && now() - failed.at < restMs) return { degraded: failed.degraded }
    try {
      const [vector] = await embed([question], { deadlineMs })
      failed = undefined
      return { vector: vector! }
    } catch (error) {
      if (!(error instanceof EmbedError)) throw error
      failed = { at: now(), degraded: error.message }
      return { degraded: error.message }
    }
  }
}
