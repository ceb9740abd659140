import type { Follow } from '../../src/stores/follows.ts'
import type { State } from '../../src/stores/state.ts'
import { answerOf } from '../support/answers-to-read.ts'

export const answer = answerOf({ question: '渡船', status: 'answered' })
export const followed = (id: string, more: Partial<Follow> = {}): Follow => ({
  id,
  matter: id,
  user: 'u',
  chat: 'c',
  chatId: 77,
  threadId: null,
  topic: `渡船${id}`,
  place: null,
  ...more,
})

/** What people follow in a state, and what comes for them. */
export function following<Stores extends Pick<State, 'follows'>>(state: Stores) {
  const { follows } = state
  const clock = { now: 1 }
  return {
    clock,
    state,
    follows,
    /** News of some articles for some of what is followed. */
    bring: async (ids: readonly string[], ...to: readonly Follow[]) => {
      const before = await follows.seenState()
      const news = to.map((follow) => ({ follow, answer, more: 0 }))
      await follows.see({ before, state: `${before}+`, ids, at: clock.now, news })
    },
    topics: async (day?: string) =>
      (await follows.waiting(() => true, day))?.news.map(({ follow }) => follow.id),
  }
}
