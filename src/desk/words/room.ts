import { type Context, Hono } from 'hono'
import type { DatabaseSync } from 'node:sqlite'
import type { JudgedQuestion } from '../../answer/evaluate/judged-question.ts'
import type { DeskEnv } from '../desk.ts'
import { formOf } from '../form.ts'
import type { PassagesOf } from '../judged/pointed.ts'
import { inverse } from './changes.ts'
import { FIELDS, type Filled, compose, filledFrom, lineFault } from './compose.ts'
import { draftPage, historyPage } from './draft-page.ts'
import { listPage } from './list-page.ts'
import { LIST_NAMES, type ListName, keyOf, listed, wordsWith } from './lists.ts'
import { createRuns } from './runs.ts'
import { type OpenTrial, askBoth, createTrials } from './trial.ts'
import { createWordsStore, drafted } from './words-store.ts'
import { messageOf } from '../../message-of.ts'
import { clock } from '../../clock.ts'

export interface WordsRoomDeps {
  readonly db: DatabaseSync
  /** Where staff's words are. */
  readonly folder: string
  readonly openTrial: OpenTrial
  /** Makes the engine that serves take up what was saved. */
  readonly takeUpWords: () => Promise<void>
  readonly judgedQuestions: () => readonly JudgedQuestion[]
  readonly passagesOf: PassagesOf
  readonly now?: () => number
}

const isList = (name: string): name is ListName => LIST_NAMES.some((list) => list === name)

/** The room where staff look words up, change them in a draft, see what that does, and save it. */
export function createWordsRoom({
  db,
  folder,
  openTrial,
  takeUpWords,
  judgedQuestions,
  passagesOf,
  now = clock.now,
}: WordsRoomDeps) {
  const store = createWordsStore(db, { folder, now })
  const trials = createTrials(openTrial)
  const runs = createRuns({ trials, passagesOf })
  const room = new Hono<DeskEnv>()

  room.get('/', (c) => c.redirect('/desk/words/thesaurus'))
  room.get('/draft', async (c) => c.html(await draft(c)))
  room.post('/draft/drop', async (c) => {
    const field = await formOf(c)
    store.drop(c.get('who'), Number(field('n')))
    return c.redirect('/desk/words/draft', 303)
  })
  room.post('/draft/discard', (c) => {
    store.discard(c.get('who'))
    return c.redirect('/desk/words/draft', 303)
  })
  room.post('/draft/save', async (c) => {
    try {
      store.save(c.get('who'))
    } catch (error) {
      return c.html(await draft(c, messageOf(error)), 500)
    }
    const isTakenUp = await takeUpWords().then(
      () => true,
      () => false,
    )
    return c.redirect(`/desk/words/history?saved=${isTakenUp ? 'now' : 'later'}`, 303)
  })
  room.post('/draft/run', (c) => {
    const who = c.get('who')
    runs.start(who, stateOf(who).texts, judgedQuestions())
    return c.redirect('/desk/words/draft#all', 303)
  })
  room.post('/draft/stop', (c) => {
    runs.stop(c.get('who'))
    return c.redirect('/desk/words/draft#all', 303)
  })
  room.get('/history', (c) => {
    const { shell } = stateOf(c.get('who'))
    const saved = c.req.query('saved')
    const notice =
      saved === 'now'
        ? '已保存，新词已经换上。'
        : saved === 'later'
          ? '已保存，但新词还没能换上；机器人会再试，旧词照用。'
          : ''
    return c.html(historyPage(shell, { saves: store.saves(), notice }))
  })
  room.post('/history/undo', async (c) => {
    const field = await formOf(c)
    const save = store.saves().find(({ n }) => n === Number(field('n')))
    if (save) store.change(c.get('who'), save.changes.toReversed().map(inverse))
    return c.redirect('/desk/words/draft', 303)
  })
  room.get('/:list', (c) => {
    const list = c.req.param('list')
    if (!isList(list)) return c.notFound()
    const [section, line] = [c.req.query('section') ?? '', c.req.query('line')]
    const filled = line === undefined ? {} : filledFrom(list, section, line)
    return c.html(lines(c, list, { filled }))
  })
  room.post('/:list/change', async (c) => {
    const list = c.req.param('list')
    if (!isList(list)) return c.notFound()
    const field = await formOf(c)
    const change = { list, section: field('section'), text: field('text') }
    const fault = lineFault(change)
    if (fault !== '')
      return c.html(lines(c, list, { filled: {}, faults: [fault], q: field('q') }), 422)
    store.change(c.get('who'), [{ ...change, takesOut: field('out') !== '' }])
    return c.redirect(`/desk/words/${list}?q=${encodeURIComponent(field('q'))}`, 303)
  })
  room.post('/:list/add', async (c) => {
    const list = c.req.param('list')
    if (!isList(list)) return c.notFound()
    const field = await formOf(c)
    const names = [...FIELDS[list], 'replaces', 'section']
    const filled = Object.fromEntries(names.map((name) => [name, field(name)]))
    const { texts } = stateOf(c.get('who'))
    const composed = compose(list, filled, texts.after)
    if ('faults' in composed) {
      const { faults } = composed
      return c.html(lines(c, list, { filled, faults, q: field('q') }), 422)
    }
    const saved = listed(list, texts.before[list]).find(
      (line) => line.state === 'own' && keyOf(list, line) === keyOf(list, composed.change),
    )
    const change = { ...composed.change, ...(saved && { was: saved.text }) }
    const old = { list, section: field('section'), text: field('replaces'), takesOut: true }
    // The same word with other examples stands in the place of the old line.
    const goes = old.text !== '' && keyOf(list, old) !== keyOf(list, change)
    store.change(c.get('who'), [...(goes ? [old] : []), change])
    return c.redirect(`/desk/words/${list}?q=${encodeURIComponent(field('q'))}`, 303)
  })

  return {
    room,
    async close() {
      await runs.close()
      await trials.close()
    },
  }

  function stateOf(who: string) {
    const { texts: before, faults } = store.saved()
    const changes = store.draft(who)
    const after = drafted(
      before,
      changes.map(({ change }) => change),
    )
    const words = { before: wordsWith(before), after: wordsWith(after) }
    const shell = { who, drafted: changes.length, faults: [...faults, ...words.before.faults] }
    return { texts: { before, after }, words, changes, shell }
  }

  function lines(
    c: Context<DeskEnv>,
    list: ListName,
    given: { filled: Filled; faults?: readonly string[]; q?: string },
  ) {
    const { shell, texts } = stateOf(c.get('who'))
    return listPage(shell, {
      list,
      texts,
      q: (c.req.query('q') ?? '').trim(),
      sentence: (c.req.query('sentence') ?? '').trim(),
      faults: [],
      ...given,
    })
  }

  async function draft(c: Context<DeskEnv>, fault = '') {
    const who = c.get('who')
    const { texts, words, changes, shell } = stateOf(who)
    const [question, place] = [c.req.query('question') ?? '', c.req.query('place') ?? '']
    const asked =
      question.trim() === '' || changes.length === 0
        ? undefined
        : await trials
            .with(texts, (engines) =>
              askBoth(engines, { question, ...(place !== '' && { place }) }),
            )
            .catch(messageOf)
    const run = runs.of(who)
    return draftPage(shell, {
      draft: changes,
      words,
      question,
      place,
      asked,
      judged: judgedQuestions().length,
      run,
      isCurrent: JSON.stringify(run?.texts) === JSON.stringify(texts),
      busy: runs.busy(),
      fault,
    })
  }
}
