import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Stored } from '../../src/bot/updates/inbox.ts'
import { createPastes } from '../../src/bot/updates/pastes.ts'
import { serveBot, spawnBot } from '../support/bot-api/harness.ts'
import { person } from '../support/bot-api/room.ts'

const LONGEST = 4096
/** Words that nothing is found for. */
const idle = (length: number) => '𠮷'.repeat(length / 2)
const FULL = `用电报装要多久？${idle(LONGEST - 8)}`
const TAIL = '专利质押贷款有多少企业？'

test.each(['polling', 'webhook'] as const)(
  'a text that a client cut is one question (%s)',
  async (mode) => {
    await using served = await serveBot(mode)
    const me = served.api.person(901)
    served.start()
    const first = me.write(FULL)
    me.write(FULL)
    await sleep(300)
    me.write(TAIL)
    const answer = await me.next()
    expect(answer.text).toMatch(/一个工作日[^]*26家|26家[^]*一个工作日/)
    expect(answer.reply_to_message?.message_id).toBe(first.message_id)
    expect(await me.quiet(400)).toBe(true)
    // It waits for nobody.
    me.write(TAIL)
    expect((await me.next(1_000)).text).toContain('26家')
  },
)

test('killed before all parts are answered, the next start answers them as one', async () => {
  await using served = await serveBot('polling')
  const { api, settings } = served
  const me = api.person(902)
  await using first = spawnBot(settings)
  await api.until(() => api.updates.isPolled(), 15_000)
  me.write(FULL)
  me.write(TAIL.replace('有', '慢慢说有'))
  await api.until(() => api.updates.pending() === 0 && me.typing > 0)
  await first.end('SIGKILL')
  await using second = spawnBot(settings)
  await me.until(() => me.messages.some(({ from }) => from.id === api.me.id), 15_000)
  expect((await me.next()).text).toMatch(/一个工作日[^]*26家|26家[^]*一个工作日/)
  expect(await me.quiet(2_000)).toBe(true)
  await second.end('SIGTERM')
}, 60_000)

const CHAT = { id: 1, type: 'private', first_name: '客' } as const
let id = 0
/** A message as it is stored. */
function stored(text: string, more: Record<string, unknown> = {}): Stored {
  const message = { message_id: ++id, date: 100, chat: CHAT, from: person(1), text, ...more }
  return {
    update: JSON.parse(JSON.stringify({ update_id: id, message })),
    begun: 0,
    isPlanned: false,
  }
}

function passing(nextMs = 20) {
  const passed: Stored[] = []
  const me = { id: 42, username: 'wence_bot' }
  const pastes = createPastes({ pass: (one) => void passed.push(one), me, nextMs })
  return { pastes, texts: () => passed.map(({ update }) => update.message?.text), passed }
}

test('entities stay with their words, and white space that fell away comes back', () => {
  const { pastes, passed } = passing()
  const bold = (offset: number) => ({ entities: [{ type: 'bold', offset, length: 2 }] })
  const cut = '甲'.repeat(3000)
  pastes.add(stored(cut, bold(1)))
  pastes.add(stored('乙'.repeat(LONGEST), bold(0)))
  pastes.add(stored('丙丁', bold(0)))
  expect(passed).toHaveLength(1)
  const { text, entities } = passed[0]!.update.message!
  expect(text).toBe(`${cut}\n${'乙'.repeat(LONGEST)}丙丁`)
  expect(entities?.map(({ offset }) => text?.slice(offset, offset + 2))).toEqual([
    '甲甲',
    '乙乙',
    '丙丁',
  ])
  expect(passed[0]!.parts?.map(({ update_id: part }) => part)).toEqual([
    passed[0]!.update.update_id + 1,
    passed[0]!.update.update_id + 2,
  ])
})

test.each<[string, Record<string, unknown>]>([
  ['a reply', { reply_to_message: { message_id: 1 } }],
  ['forwarded', { forward_origin: { type: 'hidden_user' } }],
  ['somebody else’s', { from: person(2) }],
  ['in another topic', { message_thread_id: 9, is_topic_message: true }],
  ['of later', { date: 110 }],
  ['a command', { entities: [{ type: 'bot_command', offset: 0, length: 2 }] }],
  ['a picture', { text: undefined, caption: '乙' }],
])('what is %s is no part of it, and waits for no more than it', async (_name, more) => {
  const { pastes, texts } = passing()
  const long = '甲'.repeat(LONGEST)
  pastes.add(stored(long))
  pastes.add(stored('乙', more))
  await sleep(60)
  expect(texts()).toHaveLength(2)
  expect(new Set(texts())).toEqual(new Set([long, more['caption'] ? undefined : '乙']))
  expect(pastes.size()).toBe(0)
})

const GROUP = { id: -1, type: 'supergroup', title: '群' }
const MENTION = { entities: [{ type: 'mention', offset: 0, length: 10 }] }

test('in a group who calls the bot begins anew; in private that goes on', async () => {
  const { pastes, texts } = passing()
  const chatter = '闲聊'.repeat(1500)
  for (const chat of [GROUP, CHAT]) {
    pastes.add(stored(chatter, { chat }))
    pastes.add(stored('@wence_bot 补贴', { chat, ...MENTION }))
  }
  await sleep(60)
  expect(texts()).toEqual([chatter, '@wence_bot 补贴', `${chatter}\n@wence_bot 补贴`])
})

test('a long text that replies to something is one, where threads are what it replies to', async () => {
  const { pastes, texts } = passing()
  const long = '甲'.repeat(LONGEST)
  const reply = { reply_to_message: { message_id: 7 }, message_thread_id: 7, chat: GROUP }
  pastes.add(stored(long, reply))
  pastes.add(stored('乙', { chat: GROUP }))
  expect(texts()).toEqual([`${long}乙`])
  const topic = { ...reply, is_topic_message: true }
  pastes.add(stored(long, topic))
  pastes.add(stored('乙', topic))
  expect(texts()).toHaveLength(2)
})

test('an album is one message, that which says something to us', async () => {
  const { pastes, passed } = passing()
  const picture = (album: string, caption?: string, more = {}) =>
    pastes.add(stored('', { text: undefined, media_group_id: album, caption, ...more }))
  const mention = { caption_entities: MENTION.entities }
  picture('1')
  picture('1', '补贴')
  picture('1', '贷款')
  picture('2', '合影', { chat: GROUP })
  picture('2', '@wence_bot 补贴', { chat: GROUP, ...mention })
  picture('3')
  await sleep(60)
  expect(passed.map(({ update }) => update.message?.caption)).toEqual([
    '补贴',
    '@wence_bot 补贴',
    undefined,
  ])
  expect(passed.map(({ parts = [] }) => parts.length)).toEqual([2, 1, 0])
})

test('only what may go on waits, and not beyond the end', async () => {
  const { pastes, texts } = passing()
  pastes.add(stored('短'))
  pastes.add(stored('中'.repeat(2000)))
  expect(texts()).toHaveLength(2)
  pastes.add(stored('长'.repeat(2100)))
  expect(pastes.size()).toBe(1)
  pastes.close()
  await sleep(40)
  expect(texts()).toHaveLength(2)
})
