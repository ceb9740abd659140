import { describe, expect, test } from 'vitest'
import type { State } from '../../src/stores/state.ts'
import { answerOf } from '../support/answers-to-read.ts'
import type { Shared } from './shared.ts'

const answer = answerOf({ question: '渡船票怎么买', status: 'not_found' })
const TO = { chatId: 77, threadId: null, message: 5 }
const HANDLED = { state: 'working', note: '问渡口', who: '小王', at: 3 } as const

type Stores = Pick<State, 'conversations' | 'replies' | 'handled' | 'forget' | 'expire'>

/** What all stores of replies and of what staff made of questions do; `share` gives empty ones. */
export function staffRepliesContract(share: Shared<Stores>): void {
  async function withQuestions(store: Stores): Promise<Stores> {
    for (const [id, user, askedAt] of [
      ['a', 'u', 1],
      ['b', 'v', 9],
    ] as const) {
      const { question } = answer
      await store.conversations.record({ id, chat: 'c', user, question, answer, askedAt })
    }
    return store
  }
  const opened = async () => withQuestions(await (await share())())

  describe('a reply that is wanted', () => {
    test('is for who asked, once, until they no longer want it', async () => {
      const store = await opened()
      expect(await store.replies.open('a', 'v', TO, 2)).toBe(false)
      expect(await store.replies.open('gone', 'u', TO, 2)).toBe(false)
      expect(await store.replies.open('a', 'u', TO, 2)).toBe(true)
      expect(await store.replies.open('a', 'u', { ...TO, message: 6 }, 3)).toBe(true)
      expect(await store.replies.all()).toEqual(new Map([['a', { state: 'open', at: 2 }]]))
      expect(await store.replies.withdraw('a', 'v')).toBe(false)
      expect(await store.replies.withdraw('a', 'u')).toBe(true)
      expect(await store.replies.write('a', { text: '在渡口买', signature: '' }, 4)).toBe(false)
    })

    test.each(['sent', 'failed'] as const)(
      'is written once, and when it is %s nobody knows where to',
      async (end) => {
        const store = await opened()
        await store.replies.open('a', 'u', TO, 2)
        expect(await store.replies.write('a', { text: '在渡口买', signature: '渡口办' }, 4)).toBe(
          true,
        )
        expect(await store.replies.write('a', { text: '别的', signature: '' }, 5)).toBe(false)
        expect(await store.replies.withdraw('a', 'u')).toBe(false)
        expect((await store.replies.toSend()).map(({ to }) => to)).toEqual([TO])
        if (end === 'sent') await store.replies.sent('a', 6)
        else await store.replies.failed('a', '读者停用了机器人。', 6)
        expect(await store.replies.toSend()).toEqual([])
        expect(await store.replies.find('a')).toMatchObject({ state: end, text: '在渡口买' })
      },
    )

    test('is wanted anew where one could not be sent, with what was written, and not where one was', async () => {
      const store = await opened()
      const again = { chatId: 78, threadId: 3, message: 9 }
      for (const asked of ['a', 'b'] as const) {
        const user = asked === 'a' ? 'u' : 'v'
        await store.replies.open(asked, user, TO, 2)
        await store.replies.write(asked, { text: '在渡口买', signature: '渡口办' }, 4)
        if (asked === 'a') await store.replies.failed(asked, '读者停用了机器人。', 5)
        else await store.replies.sent(asked, 5)
        expect(await store.replies.open(asked, user, again, 6)).toBe(true)
      }
      expect(await store.replies.find('a')).toEqual({
        state: 'open',
        at: 6,
        unsent: { text: '在渡口买', signature: '渡口办' },
      })
      expect(await store.replies.find('b')).toMatchObject({ state: 'sent', at: 5 })
      const reply = { text: '在码头买', signature: '' }
      expect(await store.replies.write('a', reply, 7)).toBe(true)
      expect(await store.replies.toSend()).toEqual([{ asked: 'a', to: again, reply }])
    })
  })

  test('what staff made of questions goes with them: forgotten, or too old', async () => {
    const store = await opened()
    await store.handled.set(['a', 'b', 'gone'], HANDLED)
    for (const id of ['a', 'b'] as const)
      await store.replies.open(id, id === 'a' ? 'u' : 'v', TO, 2)
    expect(await store.handled.all()).toEqual(
      new Map([
        ['a', HANDLED],
        ['b', HANDLED],
      ]),
    )
    await store.expire(5)
    expect([...(await store.handled.all()).keys(), ...(await store.replies.all()).keys()]).toEqual([
      'b',
      'b',
    ])
    await store.forget({ user: 'v' })
    expect((await store.handled.all()).size + (await store.replies.all()).size).toBe(0)
  })

  test('of staff who answer at once, each in their own process, one does', async () => {
    const open = await share()
    const store = await withQuestions(await open())
    await store.replies.open('a', 'u', TO, 2)
    const desks = [store, await open(), await open()]
    const written = await Promise.all(
      desks.map(({ replies }, n) => replies.write('a', { text: `第${n}位`, signature: '' }, 4)),
    )
    expect(written.filter(Boolean)).toHaveLength(1)
    const [sent] = await store.replies.toSend()
    expect(sent?.reply.text).toBe(`第${written.indexOf(true)}位`)
  })

  test('a question that staff promised to answer is not retracted', async () => {
    const store = await opened()
    await store.replies.open('a', 'u', TO, 2)
    await Promise.all([store.conversations.retract('a'), store.conversations.retract('b')])
    expect((await store.conversations.find('a'))?.id).toBe('a')
    expect(await store.conversations.find('b')).toBeUndefined()
  })
}
