import { expect, test } from 'vitest'
import { serveBot } from '../support/bot-api/harness.ts'
import { type Room, type Shown, person } from '../support/bot-api/room.ts'

const STAFF = 9002

async function answerIn(room: Room, question: string): Promise<Shown> {
  room.write(question)
  return room.next()
}

/** What staff read of verdicts, once those before were taken in. */
async function verdicts(staff: Room): Promise<string> {
  return /有用 \d+，有误 \d+/.exec((await answerIn(staff, '/stats')).text ?? '')?.[0] ?? ''
}

test('a thumb on an answer counts as its button, once a person, and taken back as nothing', async () => {
  await using served = await serveBot('polling', { TELEGRAM_STAFF: String(STAFF) })
  const group = served.api.group(-800)
  group.threads.add(5)
  const staff = served.api.person(STAFF)
  served.start()
  group.write('@wence_bot 企业用电报装要多久？', { message_thread_id: 5, is_topic_message: true })
  const answer = await group.next()
  const [one, other] = [{ user: person(811) }, { user: person(812) }]

  group.react(answer, [], ['👍'], one)
  group.react(answer, [], ['❤', '👎'], other)
  await expect.poll(() => verdicts(staff)).toBe('有用 1，有误 1')
  group.react(answer, ['👎'], ['👍'], other)
  await expect.poll(() => verdicts(staff)).toBe('有用 2，有误 0')
  group.react(answer, ['👍'], [], one)
  await expect.poll(() => verdicts(staff)).toBe('有用 1，有误 0')
  group.react(answer, ['👍'], ['👍', '🔥'], other)
  group.react({ message_id: 1 }, [], ['👍'], one)
  group.react(answer, [], ['👎'], { actor_chat: { id: -900, type: 'channel', title: '频道' } })
  await expect.poll(() => verdicts(staff)).toBe('有用 1，有误 1')
  expect(await group.quiet()).toBe(true)
})

test('in private a thumb down asks what is wrong, once; what was written stays when it is taken back', async () => {
  await using served = await serveBot('polling', { TELEGRAM_STAFF: String(STAFF) })
  const me = served.api.person(821)
  const staff = served.api.person(STAFF)
  served.start()
  const answer = await answerIn(me, '企业用电报装要多久？')
  me.react(answer, [], ['👎'])
  const prompt = await me.next()
  expect(prompt.text).toContain('哪里不对')
  expect(prompt.reply_to_message?.message_id).toBe(answer.message_id)
  me.write('现在要两天', { reply_to_message: prompt })
  expect((await me.next()).text).toContain('已交给工作人员')
  me.react(answer, ['👎'], [])
  await expect.poll(() => verdicts(staff)).toBe('有用 0，有误 1')
  me.react(answer, [], ['👎'])
  await expect.poll(() => verdicts(staff)).toBe('有用 0，有误 1')
  expect(await me.quiet()).toBe(true)
})

test('an answer that was forgotten is not judged any more', async () => {
  await using served = await serveBot('polling', { TELEGRAM_STAFF: String(STAFF) })
  const me = served.api.person(831)
  const staff = served.api.person(STAFF)
  served.start()
  const answer = await answerIn(me, '企业用电报装要多久？')
  const asked = await answerIn(me, '/forget')
  me.tap(asked, '全部删除')
  await me.until(() => me.find(asked.message_id)?.text === '您的记录已全部删除。')
  me.react(answer, [], ['👍'])
  await expect.poll(() => verdicts(staff)).toBe('有用 0，有误 0')
})

test('thumbs among people of a group cost nothing, those on answers a look', async () => {
  await using served = await serveBot('polling', { LIMIT_USER_PER_MINUTE: '1' })
  const group = served.api.group(-801)
  served.start()
  const chatter = group.write('大家好')
  for (let n = 0; n < 8; n++) group.react(chatter, [], ['👍'])
  group.write('@wence_bot 企业用电报装要多久？')
  const answer = await group.next()
  expect(answer.text).toContain('一个工作日')
  for (let n = 0; n < 8; n++) group.react(answer, [], ['👎'])
  expect(await group.quiet()).toBe(true)
})

test('in a group what was wrong is taken with a nod; where faces are not allowed, in words', async () => {
  await using served = await serveBot('polling')
  const group = served.api.group(-802)
  served.start()
  async function complain() {
    group.write('@wence_bot 企业用电报装要多久？')
    group.tap(await group.next(), '有误')
    return group.write('现在要两天', { reply_to_message: await group.next() })
  }
  const complaint = await complain()
  await group.until(() => group.reactions.has(complaint.message_id))
  expect(group.reactions.get(complaint.message_id)).toEqual(['👌'])
  expect(await group.quiet()).toBe(true)
  group.reactionsAllowed = []
  await complain()
  expect((await group.next()).text).toContain('已交给工作人员')
})
