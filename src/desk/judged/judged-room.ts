import { type Context, Hono } from 'hono'
import {
  type Evidence,
  JudgedQuestion,
  UNANSWERABLE,
  parseQuestions,
} from '../../answer/evaluate/judged-question.ts'
import type { Engine } from '../../engine/engine.ts'
import type { DeskEnv, Room } from '../desk.ts'
import { formDataOf, formOf, textsOf } from '../form.ts'
import { errorPage } from '../../web/app.ts'
import { html } from '../../web/html.ts'
import { limitBody } from '../../web/limit-body.ts'
import { confirmation } from './confirmation.ts'
import { type Filter, judgedPage } from './judged-page.ts'
import type { JudgedStore, KeptJudgement, Said } from './judged-store.ts'
import { questionPage } from './question-page.ts'
import { progressPage, runPage } from './run-page.ts'
import { type RunStore, turned, wrongIn } from './run-store.ts'
import type { Runner } from './runner.ts'
import { isVerdict } from './verdicts.ts'
import { messageOf } from '../../message-of.ts'
import { clock } from '../../clock.ts'

export interface JudgedRoomDeps {
  readonly judged: JudgedStore
  readonly runs: RunStore
  readonly runner: Runner
  readonly engine: Pick<Engine, 'rank'>
  readonly now?: () => number
}

/** Among so many passages that of a quote is looked for. */
const NEAR_QUOTE = 20
/** So many runs are listed, and so many questions a page. */
const LISTED_RUNS = 10
const A_PAGE = 100
/** A file of some hundred thousand judged questions. */
const MOST_BYTES = 50_000_000

/** Where judged questions are listed, edited, run, exported and imported. */
export function judgedRoom({
  judged,
  runs,
  runner,
  engine,
  now = clock.now,
}: JudgedRoomDeps): Room {
  const bounded = limitBody(MOST_BYTES, (c) =>
    c.html(errorPage('太大了', `一次最多导入 ${MOST_BYTES / 1_000_000} MB，请分几次导入。`), 413),
  )
  return new Hono<DeskEnv>()
    .get('/', (c) => list(c))
    .get('/question', (c) => {
      const kept = judged.find(c.req.query('id') ?? '')
      if (!kept) return c.notFound()
      return edit(c, kept, kept)
    })
    .post('/question', async (c) => {
      const kept = judged.find(c.req.query('id') ?? '')
      if (!kept) return c.notFound()
      const field = await formOf(c)
      const chosen = field('said')
      const said = isVerdict(chosen) ? chosen : kept.said
      const sent = await sentQuestion(c, kept, said)
      const parsed = JudgedQuestion.safeParse(sent)
      const fault = faultOf(sent, parsed.success)
      const note = field('note').trim()
      if (fault !== undefined) return edit(c, kept, { judged: sent, said, note }, fault)
      const { answer, ticks } = kept
      const n = judged.add({
        judged: sent,
        said,
        answer,
        ticks,
        who: c.get('who'),
        note,
        at: now(),
      })
      return c.redirect(
        `/desk/judged/question?id=${encodeURIComponent(kept.judged.id)}&done=${n}`,
        303,
      )
    })
    .post('/remove', (c) => {
      const n = judged.remove(c.req.query('id') ?? '', c.get('who'), now())
      return c.redirect(`/desk/judged${n === undefined ? '' : `?done=${n}`}`, 303)
    })
    .post('/undo', async (c) => {
      const field = await formOf(c)
      const back = field('back').startsWith('/desk/') ? field('back') : '/desk/judged'
      if (judged.undo(Number(field('n')))) return c.redirect(back, 303)
      return list(c, '没有撤销：这一题后来又改过，请在题目里修改。', 409)
    })
    .get('/export.jsonl', (c) => {
      const lines = judged
        .all()
        .toReversed()
        .map((one) => `${JSON.stringify(one.judged)}\n`)
      return c.body(lines.join(''), 200, {
        'content-type': 'application/jsonl; charset=utf-8',
        'content-disposition': 'attachment; filename="judged.jsonl"',
      })
    })
    .post('/import', bounded, async (c) => {
      const file = (await formDataOf(c)).get('file')
      if (!(file instanceof File)) return list(c, '没有收到文件，请再选一次。', 400)
      try {
        const questions = parseQuestions((await file.text()).replace(/^\uFEFF/, ''), file.name)
        const { added, replaced, same } = judged.importAll(questions, c.get('who'), now())
        return c.redirect(`/desk/judged?added=${added}&replaced=${replaced}&same=${same}`, 303)
      } catch (error) {
        return list(c, `一题也没有导入。${messageOf(error)}`, 400)
      }
    })
    .post('/run', (c) => {
      runner.start(c.get('who'))
      return c.redirect('/desk/judged/run', 303)
    })
    .post('/stop', (c) => {
      runner.stop()
      return c.redirect('/desk/judged', 303)
    })
    .get('/run', (c) => {
      const progress = runner.progress()
      if (progress) return c.html(progressPage(c.get('who'), progress))
      const [last] = runs.latest(1)
      return c.redirect(last ? `/desk/judged/runs/${last.n}` : '/desk/judged', 303)
    })
    .get('/runs/:n', (c) => {
      const [run, last] = runs.withLast(Number(c.req.param('n')))
      return run ? c.html(runPage(c.get('who'), run, last, saidOf)) : c.notFound()
    })

  function saidOf(id: string) {
    const kept = judged.find(id)
    return kept && { said: kept.said, isRefusal: kept.judged.kind === UNANSWERABLE }
  }

  function list(c: Context<DeskEnv>, fault?: string, status: 200 | 400 | 409 = 200) {
    const all = judged.all()
    const filter: Filter = {
      said: c.req.query('said') ?? '',
      who: c.req.query('who') ?? '',
      state: c.req.query('state') ?? '',
    }
    const latest = runs.latest(LISTED_RUNS)
    const inState = idsIn(filter.state, latest)
    const listed = all.filter(
      ({ judged: { id }, said, who }) =>
        (filter.said === '' || said === filter.said) &&
        (filter.who === '' || who === filter.who) &&
        (inState === undefined || inState.includes(id)),
    )
    const people = [...new Set(all.map(({ who }) => who))]
    const pages = Math.max(1, Math.ceil(listed.length / A_PAGE))
    const page = Math.min(Math.max(1, Math.trunc(Number(c.req.query('page')) || 1)), pages)
    return c.html(
      judgedPage({
        who: c.get('who'),
        notice: notice(c, '/desk/judged'),
        fault,
        filter,
        listed: listed.slice((page - 1) * A_PAGE, page * A_PAGE),
        page,
        pages,
        total: all.length,
        people,
        runs: latest,
        progress: runner.progress(),
      }),
      status,
    )
  }

  async function edit(
    c: Context<DeskEnv>,
    kept: KeptJudgement,
    shown: Pick<KeptJudgement, 'judged' | 'said' | 'note'>,
    fault?: string,
  ) {
    const { id } = kept.judged
    const back = `/desk/judged/question?id=${encodeURIComponent(id)}`
    const page = {
      who: c.get('who'),
      notice: notice(c, back),
      fault,
      kept,
      judged: shown.judged,
      said: shown.said,
      note: shown.note,
      titles: await Promise.all(shown.judged.evidence.map(titleOf)),
      history: judged.history(id),
    }
    return c.html(questionPage(page), fault === undefined ? 200 : 400)
  }

  /** The headline over words of a file; an index that is away finds none. */
  async function titleOf({ file, quote }: Evidence): Promise<string | null | undefined> {
    const ranking = await engine.rank({ question: quote }, NEAR_QUOTE).catch(() => undefined)
    return ranking?.results.find(({ source, text }) => source === file && text.includes(quote))
      ?.headline
  }

  function notice(c: Context<DeskEnv>, back: string) {
    const { added, replaced = '0', same = '0', done } = c.req.query()
    if (added !== undefined) {
      return html`<p class="notice" role="status">导入了 ${added} 题新的，代替了 ${replaced} 题，${same} 题没有变。</p>`
    }
    const change = judged.change(Number(done))
    return change && confirmation(change, back)
  }
}

/** The questions that a filter by the last run means. */
function idsIn(
  state: string,
  [now, last]: readonly { ran: Parameters<typeof wrongIn>[0] }[],
): readonly string[] | undefined {
  if (state === '') return undefined
  if (!now) return []
  if (state === 'wrong') return wrongIn(now.ran).map(({ id }) => id)
  const { worse, better } = turned(now.ran, last?.ran ?? [])
  return state === 'worse' ? worse : better
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** The question as it was sent: what the form does not have stays as it was. */
async function sentQuestion(
  c: Context,
  { judged, said: before, answer }: KeptJudgement,
  said: Said,
): Promise<JudgedQuestion> {
  const field = await formOf(c)
  const files = (await textsOf(c, 'file')).map((file) => file.trim())
  const quotes = (await textsOf(c, 'quote')).map((quote) => quote.trim().replaceAll('\r\n', '\n'))
  const groups = (await textsOf(c, 'must_contain_any')).map(linesOf)
  const { place: _, date: __, ...rest } = judged
  const [place, date] = [field('place').trim(), field('date').trim()]
  return {
    ...rest,
    question: field('question').trim(),
    kind: kindOf(),
    ...(place && { place }),
    ...(date && { date }),
    must_contain: linesOf(field('must_contain')),
    must_contain_any: groups.filter((group) => group.length > 0),
    must_not_contain: linesOf(field('must_not_contain')),
    evidence: files
      .map((file, i) => ({ file, quote: quotes[i] ?? '' }))
      .filter(({ file, quote }) => file || quote),
  }

  /** Another verdict has another kind; it must be refused only where the answer should not have come. */
  function kindOf(): string {
    if (said === before) return field('kind').trim()
    const isRefused = said === 'refuse' || (said === 'right' && answer?.status === 'not_found')
    return isRefused ? UNANSWERABLE : said
  }
}

function faultOf(
  { question, kind, evidence }: JudgedQuestion,
  isParsed: boolean,
): string | undefined {
  if (question === '' || kind === '') return '没有保存：问题和类别都要填。'
  if (evidence.some(({ file, quote }) => !file || !quote))
    return '没有保存：一处出处要有文件，也要有原句。'
  return isParsed ? undefined : '没有保存：日期要写成 2026-01-31 这样。'
}
