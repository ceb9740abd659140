/** A thread whose engine does what it is asked: what no real question is known to do. */
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { appendFileSync, existsSync } from 'node:fs'
import { NEW_CHAT } from '../../src/conversation/conversation.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { serveEngine } from '../../src/engine/serve-engine.ts'
import { IndexUnavailableError } from '../../src/retrieval/index-unavailable.ts'
import { answerOf } from '../support/answers-to-read.ts'

const { log, broken }: { log: string; broken: string } = workerData
if (existsSync(broken)) throw new Error('It cannot be opened')
appendFileSync(log, 'opened\n')

const ANSWER = answerOf({ question: '用电', standalone: '用电', status: 'not_found' })
const nothing = () => Promise.resolve(undefined)
const engine: Engine = {
  async ask(_chat, question, options = {}) {
    const { signal, spend, onStatement } = options
    const tell = (text: string) => onStatement?.({ text, citations: [] }, [])
    let text = ''
    for (const [step = '', argument] of question.split(' ').map((one) => one.split(':'))) {
      if (step === 'wait') await sleep(Number(argument))
      if (step === 'tell') tell(argument!)
      if (step === 'spend') text += String(await spend?.())
      if (step === 'stopped') await once(signal!, 'abort')
      if (step === 'unavailable') throw new IndexUnavailableError('It is away')
      if (step === 'hang') for (;;);
      if (step === 'end') process.exit(1)
      if (step === 'grow') for (const all: unknown[] = []; ;) all.push(Array(1e6).fill(0))
    }
    return { chat: NEW_CHAT, answer: { ...ANSWER, text } }
  },
  open: nothing,
  openAt: nothing,
  article: nothing,
  find: (_query, page) => Promise.resolve({ articles: [], page, more: false }),
  search: () => Promise.resolve([]),
  rank: ({ question: query }) => Promise.resolve({ query, results: [] }),
  cities: () => Promise.resolve(['濮阳市']),
  indexState: () => Promise.resolve('scripted'),
  articleIds: () => Promise.resolve([]),
  holdings: () => Promise.resolve({ articles: 0, passages: 0, newest: null }),
  printed: () => Promise.resolve([]),
  answerNews: () => Promise.resolve({ answer: ANSWER, more: 0 }),
  async checkClaim({ claim }, { spend } = {}) {
    const verdict = ((await spend?.()) ?? true) ? 'near' : 'not_found'
    return { claim, verdict, citations: [], differences: [], ms: 0 }
  },
  examine: () => Promise.resolve(ANSWER),
}
serveEngine(parentPort!, engine, async () => appendFileSync(log, 'closed\n'))
