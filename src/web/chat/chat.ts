import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import { apology } from '../../answer/reply.ts'
import { chinaDay } from '../../china-time.ts'
import {
  type AskOptions,
  type Chat,
  NEW_CHAT,
  REMEMBERED_MS,
  askedOf,
  chatOf,
  placeNamed,
} from '../../conversation/conversation.ts'
import type { Asked, Conversations } from '../../stores/conversations.ts'
import type { State } from '../../stores/state.ts'
import { SAID } from '../../conversation/wording.ts'
import type { Engine } from '../../engine/engine.ts'
import { COSTS, type Limiter } from '../../limiter.ts'
import type { Logger } from '../../log.ts'
import { IndexUnavailableError } from '../../retrieval/index-unavailable.ts'
import { orAborted } from '../../stop-signal.ts'
import { errorPage, routeOf } from '../app.ts'
import { clientOf } from '../client.ts'
import { eventStream, wantsEvents } from '../event-stream.ts'
import { limitBody } from '../limit-body.ts'
import { ownFormsOnly } from '../own-pages.ts'
import { BusyError, type Turn, type Turns, createTurns } from '../turns.ts'
import { type ShownTurn, chatPage, comingView, turnView } from './chat-page.ts'
import { type Person, type PersonsDeps, createPersons } from './person.ts'
import { cut } from '../../code-points.ts'
import { clock } from '../../clock.ts'

export interface ChatDeps extends PersonsDeps {
  readonly engine: Pick<Engine, 'ask' | 'cities'>
  readonly store: Conversations
  readonly forget: State['forget']
  /** What one person may ask, and all of one address. */
  readonly limits: { readonly person: Limiter; readonly address: Limiter }
  /** Asked before each call of a model; false when today's budget is spent. */
  readonly spend: () => boolean | Promise<boolean>
  readonly log: Logger
  /** How many are answered at a time. */
  readonly turns?: Turns
  readonly now?: () => number
}

/** Far above any question. */
const MOST_BYTES = 64_000
/** So much of a conversation is shown, as far as it goes on. */
const SHOWN_MS = 24 * 3600 * 1000
const SHOWN_TURNS = 20
const CITIES_OFFERED = 20
/** The page does not wait longer for what it can do without. */
const CITIES_MS = 1_000
const LONGEST_COMMENT = 2_000

const TOO_LONG = '一次只能问一个问题，请写短一些。'

const text = z.string().trim().catch('')
const Form = z.object({
  question: text,
  fresh: text,
  asked: text,
  place: text,
  verdict: z.enum(['useful', 'wrong']).optional().catch(undefined),
  comment: text,
})

/** What a question goes on from. */
interface Given {
  readonly question: string
  readonly chat: Chat
  readonly options?: AskOptions
}

/** A turn that its owner's being forgotten ends. */
interface OwnTurn extends Turn {
  readonly stop: AbortController
  readonly end: () => void
}

/** A sentence that somebody is told instead of an answer. */
class Refusal extends Error {
  readonly status: ContentfulStatusCode

  constructor(status: ContentfulStatusCode, sentence: string) {
    super(sentence)
    this.status = status
  }
}

/** A chat of one page for people without Telegram: forms, which a script makes quicker. */
export function createChat({
  engine,
  store,
  forget,
  limits,
  spend,
  log,
  turns = createTurns(),
  now = clock.now,
  ...deps
}: ChatDeps): Hono {
  const persons = createPersons(deps)
  /** Who waits for an answer, and what ends that. */
  const asking = new Set<{ readonly user: string; readonly stop: AbortController }>()
  const chat = new Hono()
  chat.use(async (c, next) => {
    c.header('cache-control', 'no-store')
    c.header('x-robots-tag', 'noindex')
    await next()
  })
  chat.use(
    limitBody(MOST_BYTES, (c) =>
      wantsEvents(c) ? c.text(TOO_LONG, 413) : c.html(errorPage('太长了', TOO_LONG), 413),
    ),
  )
  chat.use(ownFormsOnly())

  chat.get('/', async (c) => {
    const person = await persons.known(c)
    return c.html(await pageOf(person, DONE.get(c.req.query('done') ?? '')))
  })
  chat.post('/ask', (c) =>
    doing(c, COSTS.asks, async ({ question, fresh }, person) => {
      if (question === '') throw new Refusal(400, '请先写下要问的问题。')
      const given = fresh
        ? {
            chat: { ...NEW_CHAT, place: await store.place(person.chat) },
            options: { followsUp: false },
          }
        : { chat: await chatOf(store, person.chat, person.user, now() - REMEMBERED_MS) }
      return answered(c, person, { question, ...given })
    }),
  )
  chat.post('/elsewhere', (c) =>
    doing(c, COSTS.asks, async ({ asked: id, place: name }, person) => {
      const { answer } = await own(id, person)
      const place = knownPlace(name)
      await store.setPlace(person.chat, place, person.user)
      const question = askedOf(place, answer.standalone)
      return answered(c, person, { question, chat: { ...NEW_CHAT, place } })
    }),
  )
  chat.post('/judge', (c) =>
    doing(c, COSTS.looks, async ({ asked: id, verdict, comment }, person) => {
      await own(id, person)
      if (!verdict) throw new Refusal(400, '请选“有用”或“有误”。')
      const said = { verdict, comment: cut(comment, LONGEST_COMMENT) || null }
      await store.judge(id, person.user, said, now())
      return c.redirect(`/chat#a-${id}`, 303)
    }),
  )
  chat.post('/place', (c) =>
    doing(c, COSTS.looks, async ({ place: name }, person) => {
      const place = name === '' ? null : knownPlace(name)
      await store.setPlace(person.chat, place, person.user)
      return c.redirect('/chat#place', 303)
    }),
  )
  chat.post('/forget', (c) =>
    doing(c, COSTS.looks, async (_form, person) => {
      for (const { user, stop } of asking)
        if (user === person.user) stop.abort(new Refusal(410, SAID.forgotten))
      await forget(person)
      persons.forget(c)
      log.info('forgotten on request')
      return c.redirect('/chat?done=forgotten', 303)
    }),
  )
  return chat

  /** Does what a form asks; whoever cannot be served reads why, and finds their question as it was. */
  async function doing(
    c: Context,
    cost: number,
    work: (form: z.infer<typeof Form>, person: Person) => Response | Promise<Response>,
  ): Promise<Response> {
    const form = Form.parse(await c.req.parseBody())
    const person = await persons.met(c)
    try {
      const seconds =
        limits.person(person.user, now(), cost) || limits.address(clientOf(c), now(), cost)
      if (seconds > 0) {
        c.header('retry-after', String(seconds))
        throw new Refusal(429, SAID.tooFast(seconds))
      }
      return await work(form, person)
    } catch (error) {
      const { status, message } = refusalOf(error, c)
      return wantsEvents(c)
        ? c.text(message, status)
        : c.html(await pageOf(person, message, form.question), status)
    }
  }

  /** The answer as it comes, or where it stands when it is there. */
  async function answered(c: Context, person: Person, given: Given): Promise<Response> {
    const turn = await turnOf(c, person)
    if (!wantsEvents(c)) {
      const { id } = await ask(person, given, turn)
      return c.redirect(`/chat#a-${id}`, 303)
    }
    return eventStream(c, async (say) => {
      const statements: Parameters<NonNullable<AskOptions['onStatement']>>[0][] = []
      try {
        const asked = await ask(person, given, turn, (statement, citations) => {
          statements.push(statement)
          const told = { statements, citations }
          void say('coming', String(comingView(given.question, told, chinaDay(now()))))
        })
        await say('answer', String(turnView(await shown(asked, person))))
      } catch (error) {
        await say('refused', refusalOf(error, c).message)
      }
    })
  }

  /** The turn of somebody who may say meanwhile that all is to be forgotten. */
  async function turnOf(c: Context, { user }: Person): Promise<OwnTurn> {
    const stop = new AbortController()
    const one = { user, stop }
    const end = () => void asking.delete(one)
    asking.add(one)
    try {
      return { ...(await turns(AbortSignal.any([c.req.raw.signal, stop.signal]))), stop, end }
    } catch (error) {
      end()
      stop.signal.throwIfAborted()
      throw error
    }
  }

  async function ask(
    { chat: name, user }: Person,
    { question, chat: before, options }: Given,
    { signal, leave, stop, end }: OwnTurn,
    onStatement?: AskOptions['onStatement'],
  ): Promise<Asked> {
    const started = performance.now()
    try {
      const answering = engine.ask(before, question, {
        ...options,
        date: chinaDay(now()),
        signal,
        spend,
        ...(onStatement && { onStatement }),
      })
      const { answer } = await orAborted(answering, signal).finally(leave)
      const id = randomBytes(12).toString('base64url')
      // Of a question that is too long, as much is kept as was read.
      const asked = { id, chat: name, user, question: answer.question, answer, askedAt: now() }
      stop.signal.throwIfAborted()
      await store.record(asked)
      const { status, mode, model } = answer
      log.info({ status, mode, model, ms: Math.round(performance.now() - started) }, 'answered')
      return asked
    } finally {
      end()
    }
  }

  async function pageOf(person: Person | undefined, notice?: string, question?: string) {
    const kept = person
      ? await store.conversation(person.chat, person.user, now() - SHOWN_MS, SHOWN_TURNS)
      : []
    return chatPage({
      turns: await Promise.all(kept.map((asked) => shown(asked, person!))),
      place: person ? await store.place(person.chat) : null,
      cities: await orAborted(engine.cities(CITIES_OFFERED), AbortSignal.timeout(CITIES_MS)).catch(
        () => [],
      ),
      keepDays: deps.keepDays,
      notice,
      question,
    })
  }

  async function shown(asked: Asked, person: Person): Promise<ShownTurn> {
    const feedback = await store.feedback(asked.id, person.user)
    return { asked, feedback, place: await store.place(person.chat) }
  }

  /** An answer that this person got. */
  async function own(id: string, { user }: Person): Promise<Asked> {
    const asked = await store.find(id)
    if (asked?.user !== user) throw new Refusal(404, SAID.gone)
    return asked
  }

  function refusalOf(error: unknown, c: Context): Refusal {
    if (error instanceof Refusal) return error
    if (error instanceof BusyError) return new Refusal(503, '现在问的人多，请过几秒再问。')
    if (error instanceof IndexUnavailableError)
      return new Refusal(503, '检索服务暂时连不上，请稍后再试。')
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return new Refusal(503, '这个问题想得太久了，请换个说法再问。')
    if (!c.req.raw.signal.aborted) log.error({ err: error, route: routeOf(c) }, 'the chat failed')
    return new Refusal(500, apology())
  }
}

/** What was done, by how the address says it. */
const DONE: ReadonlyMap<string, string> = new Map([['forgotten', SAID.forgotten]])

function knownPlace(name: string): string {
  const place = placeNamed(name)
  if (place === undefined) throw new Refusal(400, SAID.unknownPlace)
  return place
}
