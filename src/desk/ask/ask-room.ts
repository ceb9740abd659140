import { type Context, Hono } from 'hono'
import { chinaDay } from '../../china-time.ts'
import { placeNamed, remember, NEW_CHAT } from '../../conversation/conversation.ts'
import { Question, articleIdOf } from '../../corpus.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Logger } from '../../log.ts'
import { parseJson } from '../../parse-json.ts'
import { IndexUnavailableError } from '../../retrieval/index-unavailable.ts'
import { passagesIn } from '../../answer/evaluate/evaluate.ts'
import { UNANSWERABLE, askedOf } from '../../answer/evaluate/judged-question.ts'
import { html } from '../../web/html.ts'
import type { DeskEnv, Room } from '../desk.ts'
import { formOf, textsOf } from '../form.ts'
import { confirmation } from '../judged/confirmation.ts'
import { keepVerdict } from '../judged/keep-verdict.ts'
import type { JudgedStore } from '../judged/judged-store.ts'
import { type PassagesOf, passageOf } from '../judged/pointed.ts'
import { type Verdict, isVerdict, saidText } from '../judged/verdicts.ts'
import { type AskForm, type AskPage, allJudged, askPage } from './ask-page.ts'
import { type Queue, readQuestions } from './queue.ts'
import { type Seen, createSeen, digestOf } from './seen.ts'
import { type Given, seenPage } from './seen-page.ts'
import { shownArticles } from './shown.ts'
import { messageOf } from '../../message-of.ts'
import { clock } from '../../clock.ts'

export interface AskRoomDeps {
  readonly engine: Pick<Engine, 'examine' | 'rank'>
  readonly passagesOf: PassagesOf
  readonly judged: JudgedStore
  readonly queue: Queue
  readonly log: Logger
  /** What readers asked and the articles did not answer, as long as that is kept. */
  readonly readers?: {
    readonly unanswered: () => Promise<readonly string[]>
    readonly isKept: (question: string) => Promise<boolean>
  }
  readonly now?: () => number
}

/** So many articles are shown of those that staff look for, of so many passages that come nearest. */
const SOUGHT = 8
const LOOKED_THROUGH = 40

/** What is filled in beside an answer. */
const FIELDS = ['find', 'piece', 'sentence', 'extra', 'full', 'note', 'reading'] as const

function givenIn(texts: (name: (typeof FIELDS)[number]) => readonly string[]): Given {
  const text = (name: (typeof FIELDS)[number]) => texts(name)[0]?.trim() ?? ''
  return {
    find: text('find'),
    pieces: new Set(texts('piece')),
    sentences: new Set(texts('sentence')),
    extra: new Set(texts('extra').map(Number)),
    full: new Set(texts('full')),
    note: text('note'),
    reading: text('reading'),
  }
}

/** Where answers are looked into and judged. */
export function askRoom({
  engine,
  passagesOf,
  judged,
  queue,
  log,
  readers,
  now = clock.now,
}: AskRoomDeps): Room {
  const seen = createSeen()
  const today = () => chinaDay(now())
  /** Where questions to be judged may come from, by name. */
  const sources = {
    imported: {
      text: '导入还没判过的',
      questions: async () => imported(),
      isKept: async () => true,
    },
    unanswered: {
      text: '读者问了未答上来的',
      questions: async () =>
        ((await readers?.unanswered()) ?? []).map((question) => ({ question })),
      isKept: async ({ question }: Question) => (await readers?.isKept(question)) ?? false,
    },
  }

  return (
    new Hono<DeskEnv>()
      .get('/', (c) => typed(c, (name) => c.req.query(name) ?? ''))
      // What readers ask is in no address: those are written down on the way.
      .post('/', async (c) => typed(c, await formOf(c)))
      .get('/next', async (c) => {
        const next = await queue.after(Number(c.req.query('after')) || 0)
        if (!next)
          return show(c, { form: {}, notice: html`${notice(c)}${allJudged(judged.all())}` })
        const { question, place = '', date = today() } = next.question
        return ask(c, { ...next.question, date }, next.n, { question, place, date })
      })
      .get('/seen/:id', async (c) => {
        const id = c.req.param('id')
        const one = seen.find(id)
        if (!one) return show(c, { form: {}, fault: '这次回答没有留着，请再问一次。' }, 404)
        const query = c.req.queries()
        // Seen for the first time, it stands as it was judged before.
        const ticks = query['given'] ? undefined : judged.find(judged.idOf(one.question))?.ticks
        const given = {
          ...givenIn((name) => query[name] ?? []),
          ...(ticks && { pieces: new Set(ticks.pieces), sentences: new Set(ticks.sentences) }),
        }
        return showSeen(c, id, one, given)
      })
      .post('/seen/:id/verdict', async (c) => {
        const field = await formOf(c)
        const verdict = field('verdict')
        if (!isVerdict(verdict))
          return show(c, { form: {}, fault: '没有收到判定，请再按一次。' }, 400)
        const kept = seen.find(c.req.param('id'))
        const one = kept ?? (await seenAgain(field('asked')))
        if (!one) return show(c, { form: {}, fault: '这次回答没有留着，请再问一次。' }, 404)
        const sent = new Map<string, string[]>()
        for (const name of FIELDS) sent.set(name, await textsOf(c, name))
        const given = givenIn((name) => sent.get(name) ?? [])
        const { pieces, sentences, extra } = given
        if (!kept && field('answered') !== digestOf(one.answer))
          return showSeen(c, seen.keep(one), one, given, { isOther: true })
        const isRough = pieces.size + sentences.size + extra.size === 0
        if (isRough && (verdict === 'wrong' || verdict === 'answer') && field('sure') !== verdict) {
          const id = kept ? c.req.param('id') : seen.keep(one)
          return showSeen(c, id, one, given, { unsure: verdict })
        }
        const n = await keepVerdict(
          {
            ...one,
            ...given,
            verdict,
            ticks: { pieces: [...pieces], sentences: [...sentences] },
            extra: [...extra],
            who: c.get('who'),
            at: now(),
          },
          { judged, passagesOf },
        )
        if (one.queued === null) return c.redirect(`/desk/ask?done=${n}`, 303)
        queue.done(one.queued)
        return c.redirect(`/desk/ask/next?after=${one.queued}&done=${n}`, 303)
      })
      .post('/queue', async (c) => {
        const pasted = (await formOf(c))('pasted')
        try {
          queue.add(readQuestions(pasted))
          return c.redirect('/desk/ask', 303)
        } catch (error) {
          return show(c, { form: {}, pasted, fault: messageOf(error) }, 400)
        }
      })
      .post('/queue/clear', (c) => {
        queue.clear()
        return c.redirect('/desk/ask', 303)
      })
      .post('/queue/:source', async (c) => {
        const source = Object.entries(sources).find(([name]) => name === c.req.param('source'))?.[1]
        if (!source) return c.notFound()
        queue.add(await source.questions(), source.isKept)
        return c.redirect('/desk/ask', 303)
      })
  )

  async function show(
    c: Context<DeskEnv>,
    page: Pick<AskPage, 'form' | 'fault' | 'notice' | 'pasted'>,
    status: 200 | 400 | 404 | 503 = 200,
  ) {
    const counted = await Promise.all(
      Object.entries(sources).map(async ([name, { text, questions }]) => ({
        name,
        text,
        count: (await questions()).length,
      })),
    )
    return c.html(
      askPage({
        notice: notice(c),
        ...page,
        who: c.get('who'),
        waiting: await queue.size(),
        sources: counted,
      }),
      status,
    )
  }
  async function showSeen(
    c: Context<DeskEnv>,
    id: string,
    one: Seen,
    given: Given,
    { unsure, isOther = false }: { unsure?: Verdict; isOther?: boolean } = {},
  ) {
    const { ids, ...exact } = await look(given.find, one)
    const articles = await shownArticles(one.answer, passagesOf, {
      sought: ids,
      ticked: Array.from([...given.pieces, ...given.sentences], passageOf),
      full: given.full,
    })
    const known = judged.find(judged.idOf(one.question))
    const before =
      known &&
      known.said !== 'imported' &&
      html`<p class="soft">${known.who}判过：${saidText(known.said, known.judged.kind === UNANSWERABLE)}${known.note && `（${known.note}）`}。再判会代替它。</p>`
    return c.html(
      seenPage({
        ...one,
        who: c.get('who'),
        id,
        articles,
        notice: isOther
          ? html`<p class="notice" role="alert">程序重启过，现在的回答和您刚才看的不一样，还没有记下。请再看一遍再判。</p>`
          : notice(c),
        before,
        waiting: await queue.size(),
        given,
        exact,
        unsure,
      }),
    )
  }

  /** Passages that say exactly what is looked for, in an answer's articles too; else those that come nearest. */
  async function look(find: string, { answer }: Seen) {
    if (find === '') return { ids: [], articles: 0, passages: 0 }
    const { results } = await engine.rank({ question: find }, LOOKED_THROUGH)
    const near = results.map(({ passageId }) => passageId)
    const ids = [...new Set([...near, ...passagesIn(answer, 'retrieve')].map(articleIdOf))]
    const all = await Promise.all(ids.map(passagesOf))
    const exact = all
      .map((passages) => passages.filter(({ text }) => text.includes(find)).map(({ id }) => id))
      .filter((found) => found.length > 0)
    return {
      ids: exact.length > 0 ? exact.slice(0, SOUGHT).flat() : near.slice(0, SOUGHT),
      articles: exact.length,
      passages: exact.flat().length,
    }
  }

  function typed(c: Context<DeskEnv>, field: (name: string) => string) {
    const form = { question: field('question'), place: field('place'), date: field('date') }
    if (form.question.trim() === '') return show(c, { form })
    const asked = questionOf(form, field('after') || undefined)
    if (typeof asked === 'string') return show(c, { form, fault: asked }, 400)
    return ask(c, asked, null, form)
  }

  /** Asks and shows what came of it under an address of its own. */
  async function ask(
    c: Context<DeskEnv>,
    question: Seen['question'],
    queued: number | null,
    form: AskForm,
  ) {
    try {
      const id = seen.keep({ question, answer: await engine.examine(question), queued })
      const done = c.req.query('done')
      return c.redirect(`/desk/ask/seen/${id}${done ? `?done=${done}` : ''}`, 303)
    } catch (error) {
      log.error({ err: error }, 'a question of the desk was not answered')
      const why = error instanceof IndexUnavailableError ? '检索服务暂时连不上' : '系统暂时出错'
      return show(c, { form, fault: `没有答出来：${why}，请稍后再试。` }, 503)
    }
  }

  /** The answer after a restart: mostly the same. */
  async function seenAgain(asked: string): Promise<Seen | undefined> {
    const read = Question.safeParse(parseJson(asked))
    if (!read.success) return undefined
    const question = { ...read.data, date: read.data.date ?? today() }
    return { question, answer: await engine.examine(question), queued: null }
  }

  /** The question of a form, or what is wrong with it in a sentence. */
  function questionOf(
    { question, place, date }: AskForm,
    after: string | undefined,
  ): Seen['question'] | string {
    const where = place?.trim() ? placeNamed(place) : undefined
    if (place?.trim() && where === undefined) return `不知道“${place}”是哪里，请写全称，如 濮阳市。`
    const before = after === undefined ? undefined : seen.find(after)
    if (after !== undefined && !before) return '要接着问的那次回答没有留着，请把问题说完整。'
    const history =
      before &&
      remember({ ...NEW_CHAT, history: before.question.history ?? [] }, before.answer).history
    const asked = Question.safeParse({
      question,
      date: date || today(),
      ...(where && { place: where }),
      ...(history?.length && { history }),
    })
    return asked.success
      ? { ...asked.data, date: asked.data.date ?? today() }
      : '日期要写成 2026-01-31 这样。'
  }

  function imported(): Question[] {
    return judged
      .all()
      .filter(({ said }) => said === 'imported')
      .map((one) => {
        const { id: _, ...question } = askedOf(one.judged)
        return question
      })
  }

  function notice(c: Context<DeskEnv>) {
    const change = judged.change(Number(c.req.query('done')))
    if (!change) return undefined
    const { question, place = '', date = '' } = change.judged
    return confirmation(change, `/desk/ask?${new URLSearchParams({ question, place, date })}`)
  }
}
