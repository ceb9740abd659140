import { type AnswerOptions, createAnswer } from '../answer/answer.ts'
import { createAnswerNews } from '../answer/answer-news.ts'
import { createCheckClaim } from '../answer/claims/check-claim.ts'
import type { Model } from '../answer/model/open-model.ts'
import { createPickByWeights } from '../answer/pick/learned/pick.ts'
import { explained } from '../answer/trace.ts'
import type { Config } from '../config.ts'
import { createArrivals } from '../conversation/arrivals.ts'
import { createConversation } from '../conversation/conversation.ts'
import type { Question } from '../corpus.ts'
import { rankingOf } from '../retrieval/ranking.ts'
import { createRetrieve } from '../retrieval/retrieve.ts'
import type { OpenIndex } from './open-index.ts'

/** Everything that is asked of an index, as the settings say. */
export async function wire(config: Config, { index, embedQuestion, close }: OpenIndex) {
  const retrieve = createRetrieve({ index, ...(embedQuestion && { embedQuestion }) })
  const model = await openModel(config)
  const passages = (articleId: string) => index.passages(articleId)
  const pickByWords = createPickByWeights()
  const answer = createAnswer({ retrieve, passages, pickByWords, ...(model && { model }) })
  const examine = async (question: Question, options: AnswerOptions = {}) =>
    explained(await answer(question, options))
  const rank = async (question: Question, limit: number) =>
    rankingOf(question, await retrieve(question, limit))
  const conversation = createConversation({ answer, passages })
  const answerNews = createAnswerNews({ index, passages, pickByWords })
  const arrivals = createArrivals({ index, answerNews })
  const checkClaim = createCheckClaim({
    retrieve,
    passages,
    ...(model && { point: model.pointAtClaim }),
  })
  return { index, retrieve, rank, answer, examine, checkClaim, conversation, arrivals, close }
}

/** The model that picks, if there is one; its client takes long to load. */
async function openModel(config: Config): Promise<Model | undefined> {
  if (!config.CHAT_MODEL) return undefined
  const { createModel } = await import('../answer/model/open-model.ts')
  return createModel({
    model: config.CHAT_MODEL,
    apiKey: config.OPENAI_API_KEY,
    baseURL: config.OPENAI_BASE_URL,
    timeoutMs: config.CHAT_TIMEOUT_MS,
    firstMs: config.CHAT_FIRST_BYTE_TIMEOUT_MS,
  })
}
