/**
 * Learns how much a question must name to begin anew, by logistic regression, and prints the weights
 * for `src/retrieval/follow-up/own-topic.json`:
 *
 *     node with-node24.js tests/retrieval/learn-own-topic.ts
 *
 * Questions that begin anew are the judged questions, each after three others at random; questions
 * that follow on are the judged follow-ups, and every other conversation of `fixtures/turns.jsonl`.
 */
import { readFileSync } from 'node:fs'
import type { Turn } from '../../src/corpus.ts'
import {
  AT_MOST,
  FEATURES,
  namesTopic,
  ownTopic,
  type TopicWeights,
} from '../../src/retrieval/follow-up/own-topic.ts'
import { readTurn } from '../../src/retrieval/follow-up/read-turn.ts'
import { spoken } from '../../src/retrieval/follow-up/topic.ts'

interface Case {
  readonly question: string
  readonly answer?: string
  readonly history?: readonly Turn[]
  readonly follows?: boolean
}

const read = (path: string): Case[] =>
  readFileSync(new URL(path, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Case => JSON.parse(line))

const judged = ['questions', 'unseen', 'colloquial'].flatMap((name) =>
  read(`../answer/fixtures/${name}.jsonl`),
)
const alone = judged.filter(({ history }) => !history)
const after = alone.flatMap(({ question }, i) =>
  [11, 112, 213].map((step) => {
    const { question: before, answer = '' } = alone[(i * 37 + step) % alone.length]!
    return { question, history: [{ question: before, answer }], follows: false }
  }),
)
const developed = read('fixtures/turns.jsonl').filter((_, i) => i % 2 === 0)
const followUps = judged.filter(({ history }) => history).map((c) => ({ ...c, follows: true }))

/** What points back is told by that, whatever it names. */
const POINTS = new Set(['before', 'again', 'doubt', 'corrects', 'anew', 'this', 'pronoun'])
const rows = [...after, ...followUps, ...developed].flatMap(
  ({ question, history = [], follows }) => {
    const own = spoken(readTurn(question))
    const last = history.at(-1)
    const asks = own.some(({ role }) => role === 'asks' || role === 'whether')
    if (!last || !asks || own.some(({ role, text }) => POINTS.has(role) || text === '呢')) return []
    return [{ topic: ownTopic(own, last), begins: follows ? 0 : 1 }]
  },
)

const following = rows.filter(({ begins }) => begins === 0).length
const weightOf = (begins: number) => (begins ? (4 * following) / (rows.length - following) : 1)
const total = 5 * following
const model: TopicWeights & { weights: Record<string, number> } = {
  learned: '',
  bias: 0,
  weights: { nouns: 0, verbs: 0, names: 0, subject: 0, place: 0, headless: 0 },
}
for (let round = 0; round < 6000; round++) {
  const slope = Object.fromEntries([...FEATURES, 'bias'].map((name) => [name, 0]))
  for (const { topic, begins } of rows) {
    const error = (1 / (1 + Math.exp(-namesTopic(topic, model))) - begins) * weightOf(begins)
    slope['bias']! += error / total
    for (const name of FEATURES) slope[name]! += (error * Math.min(topic[name], AT_MOST)) / total
  }
  model.bias -= 0.3 * slope['bias']!
  for (const name of FEATURES)
    model.weights[name] -= 0.1 * (slope[name]! + 0.002 * model.weights[name])
}
const wrong = (of: number) =>
  rows.filter(({ topic, begins }) => begins === of && namesTopic(topic, model) > 0 !== (of === 1))
    .length
model.learned = `from ${rows.length - following} questions that begin anew (${wrong(1)} wrong) and ${following} that follow and do not point back (${wrong(0)} wrong)`
const round = (value: number) => Math.round(value * 100) / 100
model.bias = round(model.bias)
for (const name of FEATURES) model.weights[name] = round(model.weights[name])
process.stdout.write(`${JSON.stringify(model, null, 2)}\n`)
