import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { UnwritableError } from '../../stores/errors.ts'
import type { State } from '../../stores/state.ts'
import { STATES } from '../../stores/handled.ts'
import { errorPage } from '../../web/app.ts'
import type { DeskEnv, Room } from '../desk.ts'
import { formOf } from '../form.ts'
import {
  MOST_NOTE,
  MOST_REPLY,
  MOST_SIGNATURE,
  type Refused,
  groupPage,
  listPage,
  nothingKeptPage,
} from './inbox-pages.ts'
import { type Group, Tab, countsOf, createReadInbox, groupsOf } from './read-inbox.ts'
import { cut } from '../../code-points.ts'
import { clock } from '../../clock.ts'

export interface InboxDeps {
  /** What was asked; undefined where nothing of it is kept. */
  readonly state: Pick<State, 'conversations' | 'handled' | 'replies'> | undefined
  readonly keepDays: number
  readonly now?: () => number
}

const BUSY = '提问记录正在被整理，没有记下，请过一会儿再提交一次。'
/** What was written is shown, so that it is not lost. */
const notTaken = (c: Context, why: string, text: string) =>
  c.html(errorPage('没有记下', text === '' ? why : `${why}您写的是：${text}`), 409)

const GROUPS_A_PAGE = 20
const QUESTIONS_A_PAGE = 10

const Page = z.coerce.number().int().min(0).max(100_000)
const Become = z.enum(STATES)

/** What was asked and where answers failed; what staff make of it; and their replies to who wants one. */
export function inboxRoom({ state, keepDays, now = clock.now }: InboxDeps): Room {
  const room = new Hono<DeskEnv>()
  if (!state) return room.get('*', (c) => c.html(nothingKeptPage({ who: c.get('who') })))
  const { conversations, handled, replies } = state
  const readInbox = createReadInbox(state)

  const tabOf = (given: string | undefined): Tab => Tab.catch('unanswered').parse(given)
  const pageOf = (c: Context, pages: number) =>
    Math.min(Page.catch(0).parse(c.req.query('page') ?? 0), Math.max(0, pages - 1))
  /** The group with a question, by the id of any of those in it. */
  const groupWith = async (id: string): Promise<Group | undefined> =>
    (await readInbox()).find(({ questions }) => questions.some((one) => one.id === id))
  const gone = (c: Context) =>
    c.html(errorPage('没有这条提问', '它可能已经到期删除，或者读者删除了自己的记录。'), 404)

  room.get('/', async (c) => {
    const tab = tabOf(c.req.query('tab'))
    const groups = await readInbox()
    const chosen = groupsOf(tab, groups)
    const pages = Math.ceil(chosen.length / GROUPS_A_PAGE)
    const page = pageOf(c, pages)
    return c.html(
      listPage({
        who: c.get('who'),
        tab,
        counts: countsOf(groups),
        groups: chosen.slice(page * GROUPS_A_PAGE, (page + 1) * GROUPS_A_PAGE),
        page,
        pages,
        keepDays,
      }),
    )
  })

  room.get('/:id', async (c) => {
    const group = await groupWith(c.req.param('id'))
    return group ? c.html(await shown(c, group, tabOf(c.req.query('from')))) : gone(c)
  })

  room.post('/:id/state', async (c) => {
    const field = await formOf(c)
    const group = await groupWith(c.req.param('id'))
    const become = Become.safeParse(field('state')).data
    if (!group || !become) return gone(c)
    const note = cut(field('note').trim(), MOST_NOTE)
    const made = { state: become, note, who: c.get('who'), at: now() }
    const asked = group.questions.map(({ id }) => id)
    const done = await written(handled.set(asked, made).then(() => true))
    if (!done) return notTaken(c, BUSY, note)
    return c.redirect(`/desk/inbox/${c.req.param('id')}?from=${tabOf(field('from'))}`, 303)
  })

  room.post('/:id/reply', async (c) => {
    const field = await formOf(c)
    const group = await groupWith(c.req.param('id'))
    const asked = field('asked')
    if (!group?.questions.some(({ id }) => id === asked)) return gone(c)
    const text = field('text').trim()
    const signature = cut(field('signature').trim(), MOST_SIGNATURE)
    const tab = tabOf(field('from'))
    const refuse = async (fault: string) =>
      c.html(await shown(c, group, tab, { fault, id: asked, text, signature }), 422)
    if (text === '') return refuse('还没有写回复。')
    if (text.length > MOST_REPLY)
      return refuse(`回复最多 ${MOST_REPLY} 字，现在有 ${text.length} 字。`)
    const done = await written(replies.write(asked, { text, signature }, now()))
    if (done === undefined) return refuse(BUSY)
    if (!done) return notTaken(c, '读者已不等回复，或者另一位工作人员刚刚回复过。', text)
    return c.redirect(`/desk/inbox/${c.req.param('id')}?from=${tab}#q-${asked}`, 303)
  })

  /** Nothing where others go on writing. */
  async function written(writing: Promise<boolean>): Promise<boolean | undefined> {
    try {
      return await writing
    } catch (error) {
      if (error instanceof UnwritableError && error.isHeld) return undefined
      throw error
    }
  }

  async function shown(c: Context<DeskEnv>, group: Group, tab: Tab, refused?: Refused) {
    const { questions } = group
    const pages = Math.ceil(questions.length / QUESTIONS_A_PAGE)
    const page = refused
      ? Math.floor(questions.findIndex(({ id }) => id === refused.id) / QUESTIONS_A_PAGE)
      : pageOf(c, pages)
    const some = questions.slice(page * QUESTIONS_A_PAGE, (page + 1) * QUESTIONS_A_PAGE)
    return groupPage({
      who: c.get('who'),
      group,
      tab,
      shown: await Promise.all(
        some.map(async (one) => [one, (await conversations.find(one.id))?.answer] as const),
      ),
      page,
      pages,
      refused,
    })
  }

  return room
}
