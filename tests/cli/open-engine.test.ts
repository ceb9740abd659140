import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openEngine, openWence } from '../../src/cli/open.ts'
import { parseConfig } from '../../src/config.ts'
import { type AskOptions, NEW_CHAT } from '../../src/conversation/conversation.ts'
import { createLibrary } from '../../src/conversation/library.ts'
import type { Answer, Statement } from '../../src/corpus.ts'
import { tempFolder } from '../support/temp.ts'
import { completion } from '../answer/model/endpoint.ts'
import { localEndpoint } from '../answer/model/local-endpoint.ts'
import { worstQuestions } from '../support/worst-questions.ts'

/** An answer without what a clock said. */
const timeless = (answer: Answer) =>
  JSON.stringify(answer, (key, value: unknown) => (key === 'ms' ? undefined : value))

test('what is asked in threads is answered as in this process, to the letter', async () => {
  const config = parseConfig({ WENCE_DATA_DIR: tempFolder() })
  const engine = await openEngine(config, pino({ level: 'silent' }))
  onTestFinished(engine.close)
  const wence = await openWence(config)
  onTestFinished(wence.close)
  const library = createLibrary(wence)

  const options = { date: '2026-11-26' }
  const questions = ['企业用电报装要多久？', '那要交钱吗？', '谢谢', '用电？', ...worstQuestions()]
  const answers: Answer[] = []
  let [there, here] = [NEW_CHAT, NEW_CHAT]
  for (const question of questions.filter((one) => one.trim())) {
    const told: Statement[] = []
    const onStatement = (statement: Statement) => void told.push(statement)
    const asked = await engine.ask(there, question, { ...options, onStatement })
    const same = await wence.conversation.ask(here, question, options)
    ;[there, here] = [asked.chat, same.chat]
    expect(timeless(asked.answer)).toBe(timeless(same.answer))
    expect(told).toEqual(same.answer.statements)
    answers.push(asked.answer)
  }
  const last = answers.find(({ citations }) => citations.length > 0)!
  expect(await engine.open({ last }, 1)).toEqual(await wence.conversation.open({ last }, 1))
  expect(await engine.find('贷款', 0)).toEqual(await library.find('贷款', 0))
  expect(await engine.find('', 3)).toEqual(await library.find('', 3))
  const { articleId } = last.citations[0]!
  expect(await engine.article(articleId)).toEqual(await library.article(articleId))
  expect(await engine.article('none')).toBeUndefined()
  expect(await engine.cities(3)).toEqual(await library.cities(3))
  const examined = { question: '企业用电报装要多久？', date: options.date }
  expect(timeless(await engine.examine(examined))).toBe(timeless(await wence.examine(examined)))
  const claim = await engine.checkClaim({ claim: last.citations[0]!.quote })
  expect(claim.verdict).toBe('found')
}, 60_000)

test('a model is asked from a thread, while its budget lasts, and stopped with the reader', async () => {
  const text = JSON.stringify({ status: 'answered', statements: [[1]], missing: [], premise: null })
  const endpoint = await localEndpoint({ events: completion(text), ends: true }, { events: [] })
  onTestFinished(() => endpoint.close())
  const config = parseConfig({
    WENCE_DATA_DIR: tempFolder(),
    CHAT_MODEL: 'm',
    OPENAI_BASE_URL: endpoint.baseURL,
  })
  const engine = await openEngine(config, pino({ level: 'silent' }))
  onTestFinished(engine.close)
  let spent = 0
  const ask = (more: AskOptions) =>
    engine.ask(NEW_CHAT, '企业用电报装要多久？', { spend: () => ++spent < 3, ...more })

  const told: Statement[] = []
  const { answer } = await ask({ onStatement: (statement) => void told.push(statement) })
  expect(answer).toMatchObject({ mode: 'model', model: 'm' })
  expect(told).toEqual(answer.statements)

  const stop = new AbortController()
  const stopped = ask({ signal: stop.signal })
  await vi.waitFor(() => expect(endpoint.opened()).toBe(2), 10_000)
  stop.abort()
  expect((await stopped).answer.mode).toBe('words')
  await vi.waitFor(() => expect(endpoint.closed()).toBe(2), 10_000)

  expect((await ask({})).answer.notices.map(({ kind }) => kind)).toContain('degraded')
}, 60_000)
