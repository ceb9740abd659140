import { expect, test } from 'vitest'
import type { Answer, Citation } from '../../src/corpus.ts'
import type { State } from '../../src/stores/state.ts'

const HOUR_MS = 3600 * 1000

const citation = (n: number, articleId: string, passageId: string): Citation => ({
  n,
  articleId,
  passageId,
  source: 'page.txt',
  headline: null,
  publication: { name: null, inferred: false, issue: null, page: null },
  date: { value: null, printed: null, inferred: false, reason: null },
  place: [],
  url: null,
  quote: '渡口每天开放。',
  spans: [],
})

/** Tells two sentences of one passage and one of another article; what comes near is only shown. */
export const answer: Answer = {
  question: '渡口几点开？',
  standalone: '渡口几点开？',
  status: 'answered',
  statements: [
    { text: '渡口每天开放。', citations: [1, 2] },
    { text: '冬天停航。', citations: [3] },
  ],
  citations: [
    citation(1, 'a', 'a-1'),
    citation(2, 'a', 'a-1'),
    citation(3, 'b', 'b-1'),
    citation(4, 'c', 'c-1'),
  ],
  missing: [],
  notices: [{ kind: 'nearest', text: '灯塔每月开放。', citations: [4] }],
  text: '',
  mode: 'words',
  model: null,
  promptVersion: null,
  ms: 1,
}

type Stores = Pick<State, 'conversations' | 'told' | 'forget' | 'expire'>

/** What all counts of what was told do; `open` gives empty ones. */
export function toldContract(open: () => Promise<Stores>): void {
  async function opened() {
    const store = await open()
    const ask = (id: string, askedAt: number) =>
      store.conversations.record({
        id,
        chat: 'c',
        user: 'u',
        question: answer.question,
        answer,
        askedAt,
      })
    return { store, ask }
  }

  test('a passage is told once an answer, when a statement cites it', async () => {
    const { store, ask } = await opened()
    await ask('1', HOUR_MS + 5)
    await ask('2', 3 * HOUR_MS + 7)
    await ask('2', 9 * HOUR_MS)
    expect(await store.told.articles()).toEqual(
      new Map([
        ['a', { times: 2, at: 3 * HOUR_MS }],
        ['b', { times: 2, at: 3 * HOUR_MS }],
      ]),
    )
    expect(await store.told.passages('a')).toEqual(
      new Map([['a-1', { times: 2, at: 3 * HOUR_MS }]]),
    )
    expect(await store.told.passages('c')).toEqual(new Map())
  })

  test('the numbers stay when questions are forgotten or too old', async () => {
    const { store, ask } = await opened()
    await ask('1', HOUR_MS)
    await ask('2', HOUR_MS)
    await store.expire(2 * HOUR_MS)
    await store.forget({ user: 'u', chat: 'c' })
    expect((await store.told.articles()).get('a')?.times).toBe(2)
  })
}
