import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { keepHouse } from '../../src/conversation/keep-house.ts'
import { openState } from '../../src/stores/sqlite/open-state.ts'
import { createLog } from '../../src/log.ts'
import { answerOf } from '../support/answers-to-read.ts'
import { tempFolder } from '../support/temp.ts'

const DAY_MS = 24 * 3600 * 1000

test.each([
  [30, 31],
  [0, 2],
])(
  'kept for %i days, what was asked %i days ago is forgotten, and yesterday is not',
  async (keepDays, days) => {
    const file = join(tempFolder(), 'conversations.sqlite')
    const state = await openState(file, { keepQuestions: keepDays > 0 })
    const { conversations: store } = state
    const now = 100 * DAY_MS
    const asked = { chat: 'c', user: 'u', question: '用电', answer: answerOf({}) }
    await store.record({ ...asked, id: 'old', askedAt: now - days * DAY_MS })
    await store.record({ ...asked, id: 'new', askedAt: now - 0.5 * DAY_MS })
    const more = vi.fn<() => void>()
    const stop = keepHouse({ state, keepDays, now: () => now, log: createLog('silent'), more })
    await vi.waitFor(() => expect(more).toHaveBeenCalled())
    expect([await store.find('old'), (await store.find('new'))?.id]).toEqual([undefined, 'new'])
    stop()
    await state.close()
  },
)
