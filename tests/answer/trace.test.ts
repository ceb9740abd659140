import { expect, test } from 'vitest'
import { createTrace, explained } from '../../src/answer/trace.ts'
import { answerOf } from '../support/answers-to-read.ts'

test('keeps the stages in order, each with what passed since the one before', () => {
  const times = [1000, 1010.126, 1010.126, 1500]
  const trace = createTrace(() => times.shift()!)
  trace.done('retrieve', { passages: ['p1'] })
  trace.done('context', {})
  trace.done('tell', { status: 'answered' })
  expect(trace.stages).toEqual([
    { stage: 'retrieve', ms: 10.13, passages: ['p1'] },
    { stage: 'context', ms: 0 },
    { stage: 'tell', ms: 489.87, status: 'answered' },
  ])
})

test('what a stage says of itself does not replace its name or its time', () => {
  const trace = createTrace(() => 0)
  trace.done('model', { stage: 'other', ms: 99, reason: 'budget' })
  expect(trace.stages).toEqual([{ stage: 'model', ms: 0, reason: 'budget' }])
})

test('measures real time where none is given', () => {
  const trace = createTrace()
  trace.done('retrieve', {})
  expect(trace.stages[0]!.ms).toBeGreaterThanOrEqual(0)
})

test('reasons are made when they are asked for, the rest stays as it is', () => {
  const trace = createTrace(() => 0)
  trace.done('words', { probability: 0.9, explain: () => [{ text: '东关夜市有摊位860个。' }] })
  trace.done('tell', { statements: 1 })
  const answer = answerOf({ question: '夜市', standalone: '夜市', status: 'not_found' })
  expect(explained({ ...answer, trace: trace.stages }).trace).toEqual([
    { stage: 'words', ms: 0, probability: 0.9, explain: [{ text: '东关夜市有摊位860个。' }] },
    { stage: 'tell', ms: 0, statements: 1 },
  ])
})
