import { expect, test } from 'vitest'
import { NEW_CHAT } from '../../src/conversation/conversation.ts'
import { createMetrics } from '../../src/metrics/metrics.ts'
import { watchEngine } from '../../src/metrics/watch-engine.ts'
import { serving } from '../../src/served.ts'
import { smallEngine } from '../support/small-engine.ts'

const QUESTION = '企业用电报装要多久？'

/** An engine that is watched, and what was counted of its questions. */
function watched(more: Partial<typeof smallEngine> = {}) {
  const metrics = createMetrics()
  const engine = watchEngine({ ...smallEngine, ...more }, metrics)
  const counted = async (name = 'questions_total') => {
    const { text } = await metrics.read()
    return text
      .split('\n')
      .filter((line) => line.startsWith(`wence_${name}{`) && !line.endsWith(' 0'))
  }
  return { engine, counted }
}

const count = (labels: string) => [`wence_questions_total{${labels}} 1`]

test('an answer counts at its door, by its outcome and who picked', async () => {
  const { engine, counted } = watched()
  await serving({ request: 'r', door: 'chat' }, () => engine.ask(NEW_CHAT, QUESTION))
  expect(await counted()).toEqual(count('door="chat",outcome="answered",picker="weights"'))
})

test.each([
  ['something broke', undefined, 'failed'],
  ['whoever asked went away', AbortSignal.abort(), 'stopped'],
  ['it took too long', AbortSignal.abort(new DOMException('late', 'TimeoutError')), 'failed'],
])('where %s nobody picked', async (_why, signal, outcome) => {
  const { engine, counted } = watched({ ask: () => Promise.reject(new Error('broke')) })
  const asked = engine.ask(NEW_CHAT, QUESTION, signal && { signal })
  await expect(asked).rejects.toThrow('broke')
  expect(await counted()).toEqual(count(`door="terminal",outcome="${outcome}",picker="none"`))
})

test('what was stopped may have been told all the same; it is no answer', async () => {
  const { engine, counted } = watched()
  await engine.ask(NEW_CHAT, QUESTION, { signal: AbortSignal.abort() })
  expect(await counted()).toEqual(count('door="terminal",outcome="stopped",picker="none"'))
})

test('no word of a trace becomes a label that is not ours', async () => {
  const { answer } = await smallEngine.ask(NEW_CHAT, QUESTION)
  const trace = [
    { stage: '谁的问题', ms: 1 },
    { stage: 'model', ms: 1, status: 'failed', reason: '谁的话' },
    { stage: 'model', ms: 1, status: 'failed', reason: 'timeout' },
  ]
  const ask = () => Promise.resolve({ chat: NEW_CHAT, answer: { ...answer, trace } })
  const { engine, counted } = watched({ ask })
  await engine.ask(NEW_CHAT, QUESTION)
  expect(await counted('stage_seconds_count')).toEqual([
    'wence_stage_seconds_count{stage="model"} 2',
  ])
  expect(await counted('model_unused_total')).toEqual([
    'wence_model_unused_total{reason="timeout"} 1',
  ])
})

test('gauges are left out where a look sees nothing, and a look that fails keeps the others', async () => {
  const metrics = createMetrics()
  let found: Partial<Record<'some' | 'more', number>> = { some: 1 }
  metrics.gauges({ some: 'of one look', more: 'of the same' }, () => found)
  metrics.gauges({ broken: 'of a look that fails' }, () => Promise.reject(new Error('broke')))
  const read = async () => (await metrics.read()).text.match(/^wence_(?:some|more|broken) .*$/gmu)
  expect(await read()).toEqual(['wence_some 1'])
  found = { more: 2 }
  expect(await read()).toEqual(['wence_more 2'])
})
