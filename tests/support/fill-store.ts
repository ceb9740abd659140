import { openState } from '../../src/stores/sqlite/open-state.ts'
import type { Answer } from '../../src/corpus.ts'

/** Some are older than they are kept. */
const DAYS = 40
const DAY_MS = 24 * 3600 * 1000
const PEOPLE = 5_000

/** Fills the file of what was asked with so many questions of the last weeks, as the bot records them. */
export async function fillStore(file: string, count: number): Promise<void> {
  const state = await openState(file, { keepQuestions: true })
  const { conversations } = state
  const now = Date.now()
  for (let i = 0; i < count; i++) {
    const answer = answerTo(i)
    const askedAt = now - Math.floor(((count - i) * DAYS * DAY_MS) / count)
    const who = { chat: `c${i % PEOPLE}`, user: `u${i % PEOPLE}` }
    await conversations.record({ id: `q${i}`, ...who, question: answer.question, answer, askedAt })
    const verdict = i % 40 ? 'useful' : 'wrong'
    if (i % 20 === 0)
      await conversations.judge(`q${i}`, who.user, { verdict, comment: null }, askedAt)
  }
  await state.close()
}

/** An answer as large as they are; two of five are none. */
function answerTo(i: number): Answer {
  const question = `第${i % 2 ? i : i % 700}家企业用电报装要多久？`
  const status = i % 5 < 3 ? 'answered' : 'not_found'
  return {
    question,
    standalone: question,
    status,
    statements: [{ text: '材料齐全的一个工作日内办结。'.repeat(10), citations: [1] }],
    citations: [],
    missing: [],
    notices: [],
    text: '材料齐全的一个工作日内办结。'.repeat(40),
    mode: i % 3 ? 'words' : 'model',
    model: null,
    promptVersion: null,
    ms: (i * 7) % 900,
    trace: ['retrieve', 'context', 'words', 'tell', 'notices'].map((stage, n) => ({
      stage,
      ms: (i % 90) + n,
      passages: Array.from({ length: 8 }, (_, p) => ({ id: `made-${i}#${p}`, score: i / 7 })),
    })),
  }
}
