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
}

/** Embeds questions, and never fails: without its endpoint a search goes on. */
export function createEmbedQuestion({
  embed,
  deadlineMs = 4_000,
}: EmbedQuestionDeps): EmbedQuestion {
  return async function embedQuestion(question) {
    try {
      const [vector] = await embed([question], { deadlineMs, keep: false })
      return vector
        ? { vector }
        : { degraded: 'The embedding endpoint does not take the question.' }
    } catch (error) {
      if (!(error instanceof EmbedError)) throw error
      return { degraded: error.message }
    }
  }
}
