import { createArrivals } from '../../src/conversation/arrivals.ts'
import { createConversation } from '../../src/conversation/conversation.ts'
import { createLibrary } from '../../src/conversation/library.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { rankingOf } from '../../src/retrieval/ranking.ts'
import { smallAnswer, smallCheckClaim, smallIndex, smallRetrieve } from './small-library.ts'

/** What comes into the small library: nothing. */
export const smallArrivals = createArrivals({
  index: smallIndex,
  answerNews: async ({ topic }) => ({ answer: await smallAnswer({ question: topic }), more: 0 }),
})

/** All that a door asks, over the small library, in this thread. */
export const smallEngine: Engine = {
  ...createConversation({ answer: smallAnswer, passages: smallIndex.passages }),
  ...createLibrary({ index: smallIndex, retrieve: smallRetrieve }),
  ...smallArrivals,
  holdings: () => Promise.resolve({ articles: 3, passages: 9, newest: '2024-01-02' }),
  checkClaim: smallCheckClaim,
  examine: smallAnswer,
  rank: async (question, limit) =>
    rankingOf(question, {
      standalone: question.question,
      ...(await smallRetrieve(question, limit)),
    }),
}

/** The same, which tells when whoever asked has gone away. */
export function tellingEngine() {
  const stopped = Promise.withResolvers<void>()
  const engine: Engine = {
    ...smallEngine,
    ask(chat, question, options) {
      options?.signal?.addEventListener('abort', () => stopped.resolve())
      return smallEngine.ask(chat, question, options)
    },
  }
  return { engine, stopped: stopped.promise }
}
