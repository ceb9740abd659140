import { expect, test } from 'vitest'
import { JudgedQuestion } from '../../../src/answer/evaluate/judged-question.ts'
import { openDatabase } from '../../../src/database/open.ts'
import { type Judgement, createJudgedStore } from '../../../src/desk/judged/judged-store.ts'
import { answerOf } from '../../support/answers-to-read.ts'

const question = (id: string, more: object = {}) =>
  JudgedQuestion.parse({ id, kind: 'right', question: '夜市有多少摊位？', ...more })

function opened() {
  const store = createJudgedStore(openDatabase(':memory:', { busyMs: 0 }))
  const add = (id: string, more: Partial<Judgement> = {}) =>
    store.add({
      judged: question(id),
      said: 'right',
      who: '小王',
      note: '',
      answer: null,
      ticks: { pieces: [], sentences: [] },
      at: 1,
      ...more,
    })
  return { store, add }
}

test('what was said last holds, and what was said before is kept', () => {
  const { store, add } = opened()
  add('q1')
  add('q1', { said: 'wrong', who: '小李', note: '是另一个夜市', answer: answerOf({}) })
  expect(store.all()).toMatchObject([{ said: 'wrong', who: '小李', note: '是另一个夜市' }])
  expect(store.history('q1').map(({ said }) => said)).toEqual(['wrong', 'right'])
})

test('the same question is one, wherever it came from; in another place it is another', () => {
  const { store, add } = opened()
  add('theirs')
  expect(store.idOf({ question: '夜市 有多少摊位？', date: '2030-01-01' })).toBe('theirs')
  const elsewhere = store.idOf({ question: '夜市有多少摊位？', place: '濮阳市' })
  expect(elsewhere).toMatch(/^desk-/)
  expect(store.idOf({ question: '夜市有多少摊位？', place: '濮阳市' })).toBe(elsewhere)
  const history = [{ question: '花市呢？', answer: '没有。' }]
  expect(store.idOf({ question: '夜市有多少摊位？', history })).not.toBe('theirs')
})

test('a change is taken back, unless another came after it', () => {
  const { store, add } = opened()
  const first = add('q1')
  const second = add('q1', { said: 'refuse' })
  expect(store.undo(first)).toBe(false)
  expect(store.undo(second)).toBe(true)
  expect(store.find('q1')?.said).toBe('right')
  const removed = store.remove('q1', '小李', 2)!
  expect([store.find('q1'), store.all()]).toEqual([undefined, []])
  expect(store.change(removed)).toMatchObject({ said: null, judged: { id: 'q1' } })
  expect(store.undo(removed)).toBe(true)
  expect(store.find('q1')?.said).toBe('right')
  expect(store.remove('none', '小李', 2)).toBeUndefined()
})

test('what was taken out is gone a day later, with all its history', () => {
  const db = openDatabase(':memory:', { busyMs: 0 })
  const store = createJudgedStore(db)
  store.importAll([question('q1'), question('q2', { question: '花市呢？' })], '小李', 1)
  store.remove('q1', '小李', 2)
  const DAY = 24 * 3600 * 1000
  expect(createJudgedStore(db, DAY).history('q1')).toHaveLength(1)
  const later = createJudgedStore(db, DAY + 3)
  expect([later.history('q1'), later.all().length]).toEqual([[], 1])
})

test('a change that is taken back gives its name to no other', () => {
  const { store, add } = opened()
  const mine = add('q1')
  store.undo(mine)
  add('q1', { who: '小李' })
  expect(store.undo(mine)).toBe(false)
  expect(store.find('q1')?.who).toBe('小李')
})

test('what was exported comes back as it was, with who said what', () => {
  const { store, add } = opened()
  add('q1')
  const before = store.all()
  const exported = before.map(({ judged }) => judged)
  expect(store.importAll(exported, '小李', 3)).toEqual({ added: 0, replaced: 0, same: 1 })
  expect(store.all()).toEqual(before)
})

test('a file’s questions replace those of the same id, and are counted', () => {
  const { store, add } = opened()
  add('q1')
  const questions = [question('q1', { kind: 'figure' }), question('q2', { question: '花市呢？' })]
  expect(store.importAll(questions, '小李', 3)).toEqual({ added: 1, replaced: 1, same: 0 })
  expect(store.find('q1')).toMatchObject({ said: 'imported', judged: { kind: 'figure' } })
})
