import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Answer } from '../../src/corpus.ts'
import { openSmall } from '../stores/open.ts'
import type { DeskEnv } from '../../src/desk/desk.ts'
import { inboxRoom } from '../../src/desk/inbox/inbox.ts'
import { answerOf } from '../support/answers-to-read.ts'

const NOON = Date.parse('2026-03-02T04:00:00Z')

function answered(question: string, more: Partial<Answer> & { probability?: number } = {}): Answer {
  const { probability = 0.95, ...rest } = more
  return answerOf({
    question,
    standalone: question,
    statements: [{ text: `渡口的回答：${question}`, citations: [] }],
    trace: [
      {
        stage: 'retrieve',
        ms: 1,
        request: 'named-in-the-log',
        places: { paths: [['渡口市']] },
        years: [],
        wants: ['how'],
      },
      { stage: 'words', ms: 1, probability },
    ],
    ...rest,
  })
}

async function openInbox() {
  const { state, db } = await openSmall()
  const { conversations: store } = state
  const room = inboxRoom({ state, keepDays: 30, now: () => NOON + 9e6 })
  const app = new Hono<DeskEnv>()
    .use(async (c, next) => {
      c.set('who', '小王')
      await next()
    })
    .route('/desk/inbox', room)
  let n = 0
  return {
    db,
    store,
    state,
    ask: async (
      question: string,
      more: Parameters<typeof answered>[1] & { user?: string } = {},
    ) => {
      const id = `asked${++n}`
      const { user = 'u', ...given } = more
      const answer = answered(question, given)
      await store.record({ id, chat: 'c', user, question, answer, askedAt: NOON + n })
      return id
    },
    get: async (path = '') => {
      const response = await app.request(`/desk/inbox${path}`)
      return { status: response.status, text: await response.text() }
    },
    post: async (path: string, fields: Record<string, string>) => {
      const body = new URLSearchParams(fields)
      const response = await app.request(`/desk/inbox${path}`, { method: 'POST', body })
      const location = response.headers.get('location')
      return { status: response.status, location, text: await response.text() }
    },
  }
}

const NOT_FOUND = { status: 'not_found', statements: [] } as const
const titles = (page: string) =>
  [...page.matchAll(/<h3><a href="[^"]*">([^<]*)/g)].map(([, title]) => title)
const counts = (page: string) =>
  [...page.matchAll(/<span class="count">(\d+)<\/span><\/a>/g)].map(([, n]) => Number(n))

test('what was not answered is listed, what asks the same once, the most asked first', async () => {
  const { ask, get } = await openInbox()
  await ask('灯塔怎么参观？', NOT_FOUND)
  await ask('渡船票怎么买', NOT_FOUND)
  await ask('渡船票怎么买？', { ...NOT_FOUND, user: 'v' })
  await ask('渡口怎么走', {})
  const { text } = await get()
  expect(titles(text)).toEqual(['渡船票怎么买？', '灯塔怎么参观？'])
  expect(text).toContain('2 人问了 2 次')
  expect(counts(text)).toEqual([2, 0, 0, 0, 0, 3])
})

test('what readers say is wrong, and what the picker held unlikely, the least likely first', async () => {
  const { ask, get, store } = await openInbox()
  const wrong = await ask('渡口怎么走')
  await ask('灯塔怎么参观', { probability: 0.65 })
  await ask('渡船怎么停航', { probability: 0.5 })
  await store.judge(wrong, 'v', { verdict: 'wrong', comment: '<b>路早改了</b>' }, NOON + 60_000)
  const said = await get('?tab=wrong')
  expect(titles(said.text)).toEqual(['渡口怎么走'])
  expect(said.text).toContain('&lt;b&gt;路早改了')
  const doubtful = await get('?tab=doubtful')
  expect(titles(doubtful.text)).toEqual(['渡船怎么停航', '灯塔怎么参观'])
})

test('a group shows each question with the answer as its reader saw it, and asks it again', async () => {
  const { ask, get } = await openInbox()
  const id = await ask('渡口怎么走')
  await ask('渡口怎么走啊')
  const { text } = await get(`/${id}?from=all`)
  expect(text).toContain('渡口的回答：渡口怎么走')
  expect(text).toContain('2 种问法')
  expect(text).toContain('3月2日 12:00')
  expect(text).toContain('日志里的编号：named-in-the-log')
  const again = /<form method="post" action="\/desk\/ask">.*?<\/form>/.exec(text)![0]
  const fields = again.matchAll(/name="(\w+)" value="([^"]*)"/g)
  expect(Object.fromEntries(Array.from(fields, ([, name, value]) => [name, value]))).toEqual({
    question: '渡口怎么走啊',
    place: '渡口市',
    date: '2026-03-02',
  })
  expect((await get('/nobody')).status).toBe(404)
})

test('what staff make of a group is kept with its questions, and it opens again when somebody asks', async () => {
  const { ask, get, post, state } = await openInbox()
  const id = await ask('渡船票怎么买', NOT_FOUND)
  const fields = { state: 'done', note: '已请渡口登报', from: 'unanswered' }
  const { status, location } = await post(`/${id}/state`, fields)
  expect([status, location]).toEqual([303, `/desk/inbox/${id}?from=unanswered`])
  expect(titles((await get()).text)).toEqual([])
  expect((await get('?tab=handled')).text).toContain(
    '小王 3月2日 14:30 记为“已处理”：“已请渡口登报”',
  )
  await ask('渡船票怎么买', NOT_FOUND)
  expect((await get()).text).toContain('还有 1 次提问没有处理')
  await state.forget({ user: 'u', chat: 'c' })
  expect((await state.handled.all()).size).toBe(0)
})

test('a reply is written for who wants one, once, and comes back when it cannot be taken', async () => {
  const { ask, get, post, state } = await openInbox()
  const id = await ask('渡船票怎么买', NOT_FOUND)
  const to = { chatId: 77, threadId: null, message: 5 }
  expect((await get(`/${id}`)).text).not.toContain('/reply"')
  await state.replies.open(id, 'u', to, NOON)
  expect(titles((await get('?tab=replies')).text)).toEqual(['渡船票怎么买'])
  const long = await post(`/${id}/reply`, {
    asked: id,
    text: '好'.repeat(1001),
    signature: '渡口办',
  })
  expect(long.status).toBe(422)
  expect(long.text).toContain('现在有 1001 字')
  expect(long.text).toContain('value="渡口办"')
  const given = { asked: id, text: '请到 <渡口> 购票。', signature: '渡口办' }
  expect((await post(`/${id}/reply`, given)).status).toBe(303)
  expect((await get(`/${id}`)).text).toContain('等机器人发出')
  const again = await post(`/${id}/reply`, { ...given, text: '另一句' })
  expect(again.status).toBe(409)
  expect(again.text).toContain('另一句')
  expect(await state.replies.toSend()).toEqual([
    { asked: id, to, reply: { text: '请到 <渡口> 购票。', signature: '渡口办' } },
  ])
  await state.replies.failed(id, '读者停用了机器人。', NOON)
  expect((await get(`/${id}`)).text).toContain('没有送到：读者停用了机器人。')
  await state.replies.open(id, 'u', to, NOON)
  const anew = (await get(`/${id}`)).text
  expect(anew).toContain('上次写的没有送到')
  expect(anew).toContain('>请到 &lt;渡口&gt; 购票。</textarea>')
  expect((await post(`/${id}/reply`, given)).status).toBe(303)
})

test('pages of a long list lead on', async () => {
  const { ask, get } = await openInbox()
  for (let n = 1; n <= 25; n++) await ask(`第${n}号灯塔怎么参观`, NOT_FOUND)
  const first = await get()
  expect(titles(first.text)).toHaveLength(20)
  expect(first.text).toContain('page=1')
  expect(titles((await get('?page=1')).text)).toHaveLength(5)
  expect(titles((await get('?page=99')).text)).toHaveLength(5)
})

test('where nothing is kept, the page says why it is empty', async () => {
  const room = inboxRoom({
    state: undefined,
    keepDays: 0,
  })
  expect(await (await room.request('/')).text()).toContain('KEEP_QUESTIONS_DAYS=0')
})

test('nobody can be found in a page: no hash, no chat, no id of Telegram', async () => {
  const { ask, get, state } = await openInbox()
  const id = await ask('渡船票怎么买', { ...NOT_FOUND, user: 'hash-of-somebody' })
  await state.replies.open(
    id,
    'hash-of-somebody',
    { chatId: 7_700_001, threadId: null, message: 5 },
    1,
  )
  for (const path of ['', '?tab=all', `/${id}`]) {
    const { text } = await get(path)
    expect(text).not.toMatch(/hash-of-somebody|7700001/)
  }
})
