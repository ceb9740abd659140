import { expect, test, vi } from 'vitest'
import { type Follow, MOST_FOLLOWED } from '../../src/stores/follows.ts'
import type { State } from '../../src/stores/state.ts'
import { answer, followed, following } from './following.ts'
import type { Shared } from './shared.ts'

type Stores = Pick<State, 'conversations' | 'follows' | 'move' | 'forget'>

/** What all stores of follows do; `share` gives empty ones. */
export function followsContract(share: Shared<Stores>): void {
  const opened = async () => following(await (await share())())

  test('what waits, waits for another process, and articles stay looked at', async () => {
    const open = await share()
    const { follows, bring } = following(await open())
    await follows.add(followed('a'), 1)
    await bring(['x', '一个很长的编号'], followed('a'))
    const other = following(await open())
    expect(await other.topics()).toEqual(['a'])
    expect(await other.follows.unseen(['x', 'y', '一个很长的编号', 'z'])).toEqual(['y', 'z'])
    await other.follows.told((await other.follows.waiting(() => true))!, '2026-11-26')
    expect(await other.topics()).toBeUndefined()
  })

  test('of processes that look at the same articles at once, one tells of them', async () => {
    const open = await share()
    const all = [following(await open()), following(await open())]
    const a = followed('a')
    await all[0]!.follows.add(a, 1)
    const looked = { before: undefined, state: '1', ids: ['x'], at: 1 }
    const news = [{ follow: a, answer, more: 0 }]
    await Promise.all(all.map(({ follows }) => follows.see({ ...looked, news })))
    expect(await all[0]!.topics()).toEqual(['a'])
    expect(await all[1]!.follows.seenState()).toBe('1')
  })

  test('how news was told is kept with it, or not at all where all forgot it meanwhile', async () => {
    const { state, follows, bring } = await opened()
    for (const [id, user] of [
      ['a', 'u'],
      ['b', 'v'],
    ] as const)
      await follows.add(followed(id, { user, chat: user }), 1)
    await bring(['1'], followed('a'), followed('b'))
    const how = (id: string, chat: string) => ({
      asked: { id, chat, user: chat, question: '渡船', answer, askedAt: 2 },
      sent: { asked: id, chat, message: 7, name: `${chat} 7` },
    })
    const waiting = (user: string) => follows.waiting((one) => one.user === user)
    const [mine, other] = [await waiting('u'), await waiting('v')]
    await state.forget({ user: 'u', chat: 'u' })
    await follows.told(mine!, '2026-11-26', how('n1', 'u'))
    await follows.told(other!, '2026-11-26', how('n2', 'v'))
    expect(await state.conversations.find('n1')).toBeUndefined()
    expect((await state.conversations.findByMessage('v', 7))?.id).toBe('n2')
    expect(await state.conversations.shownAs('v 7')).toBe('n2')
    expect(await state.conversations.stats(0)).toMatchObject({ asked: 0 })
  })

  test('what a chat follows, the one follows that it became', async () => {
    const { state, follows, bring } = await opened()
    await follows.add(followed('a'), 1)
    await bring(['1'], followed('a'))
    await state.move({ was: 'c', chat: 'd' })
    for (const name of ['c', 'd']) expect(await follows.of(name)).toMatchObject([{ chat: 'd' }])
    expect((await follows.waiting(() => true))?.news[0].follow.chat).toBe('d')
  })

  test('a chat is told all of it at once, by what it follows, and once a day', async () => {
    const { follows, bring, topics } = await opened()
    const [a, b] = [followed('a'), followed('b')]
    const other = followed('o', { chat: 'other', chatId: 78 })
    for (const one of [a, b, other]) await follows.add(one, 1)
    await bring(['1'], a, b, other)
    await bring(['2'], a)
    expect(await topics('2026-11-26')).toEqual(['a', 'a', 'b'])
    await follows.told((await follows.waiting(() => true, '2026-11-26'))!, '2026-11-26')
    await bring(['3'], b)
    expect(await topics('2026-11-26')).toEqual(['o'])
    expect(await topics('2026-11-27')).toEqual(['o'])
    await follows.told((await follows.waiting(() => true, '2026-11-27'))!, '2026-11-27')
    expect(await topics('2026-11-27')).toEqual(['b'])
  })

  test('the same in other words is followed once, and no more than can be told', async () => {
    const { follows } = await opened()
    const first = followed('1', { topic: '渡船票价' })
    expect(await follows.add(first, 1)).toEqual(first)
    expect(await follows.add(followed('2', { topic: '渡船票价？' }), 2)).toEqual(first)
    expect(await follows.add(first, 3)).toEqual(first)
    const elsewhere = followed('3', { topic: '渡船票价', place: '濮阳市' })
    expect(await follows.add(elsewhere, 4)).toEqual(elsewhere)
    for (let n = 3; n <= MOST_FOLLOWED; n++) await follows.add(followed(`n${n}`), n)
    expect(await follows.add(followed('last'), 20)).toBeUndefined()
    expect(await follows.of('c')).toHaveLength(MOST_FOLLOWED)
  })

  test('what ends takes what waited along, and what ended is told nothing that comes', async () => {
    const { follows, bring, topics } = await opened()
    for (const id of ['a', 'b']) await follows.add(followed(id), 1)
    await bring(['1'], followed('a'), followed('b'))
    await follows.end(await follows.ofMatter('a'))
    expect(await topics()).toEqual(['b'])
    await bring(['2'], followed('a'))
    expect(await topics()).toEqual(['b'])
    await follows.endAll('c')
    expect(await topics()).toBeUndefined()
  })

  test('each chat that waits is looked for by itself, however many do', async () => {
    const { follows, bring } = await opened()
    for (let n = 0; n < 30; n++) {
      const other = followed(`o${n}`, { chat: `c${n}` })
      await follows.add(other, 2)
      await bring([`${n}`], other)
    }
    const can = vi.fn<(follow: Follow) => boolean>(({ chat }) => chat !== 'c0')
    expect((await follows.waiting(can))?.news[0].follow.id).toBe('o1')
    expect(can.mock.calls.map(([{ chat }]) => chat)).toEqual(['c0', 'c1', 'c1'])
  })
}
