import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { openEngine, openWence } from '../../src/cli/open.ts'
import { parseConfig } from '../../src/config.ts'
import { NEW_CHAT } from '../../src/conversation/conversation.ts'
import { createLibrary } from '../../src/conversation/library.ts'
import type { Answer, Statement } from '../../src/corpus.ts'
import { tempFolder } from '../support/temp.ts'
import { worstQuestions } from '../support/worst-questions.ts'

/** An answer without what a clock said. */
function timeless({ ms: _, trace = [], ...answer }: Answer): string {
  return JSON.stringify([answer, trace.map(({ ms: __, ...stage }) => stage)])
}

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
  const { ms: _, ...claim } = await engine.checkClaim({ claim: last.citations[0]!.quote })
  expect(claim).toMatchObject({ verdict: 'found' })
}, 60_000)
