/**
 * Learns how much a question must name to begin anew, by logistic regression, and prints the weights
 * for `src/retrieval/follow-up/own-topic.json`:
 *
 *     node with-node24.js tests/retrieval/learn-own-topic.ts
 *
 * Questions that begin anew are the judged questions, each after three others at random; questions
 * that follow on are the judged follow-ups. Of both are the conversations of `fixtures/turns-learn.jsonl`,
 * which point back at nothing, and every other one of `fixtures/turns.jsonl`. With --wrong, tells which
 * go wrong when they are not learned from.
 */
import { readFileSync } from 'node:fs'
import type { Turn } from '../../src/corpus.ts'
import {
  AT_MOST,
  FEATURES,
  isOpened,
  namesTopic,
  type OwnTopic,
  ownTopic,
  TOPIC_WEIGHTS,
  type TopicWeights,
} from '../../src/retrieval/follow-up/own-topic.ts'
import { readTurn } from '../../src/retrieval/follow-up/read-turn.ts'
import { ellipsis } from '../../src/retrieval/follow-up/ellipsis.ts'
import { spoken } from '../../src/retrieval/follow-up/topic.ts'

interface Case {
  readonly question: string
  readonly answer?: string
  readonly history?: readonly Turn[]
  readonly follows?: boolean
}

/** Questions after one at random are easy and many: together they weigh as much as so many of the others. */
const RANDOM_WEIGHT = 250

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
const written = read('fixtures/turns-learn.jsonl')
const followUps = judged.filter(({ history }) => history).map((c) => ({ ...c, follows: true }))

interface Row {
  readonly topic: OwnTopic
  readonly begins: 0 | 1
  readonly weight: number
  /** The conversation, which is learned from or checked on, never both. */
  readonly group: string
  readonly said: string
}

/** What points back is told by that, whatever it names. */
const POINTS = new Set(['before', 'again', 'doubt', 'corrects', 'anew', 'this', 'pronoun'])
function rowsOf(cases: readonly Case[], weight = 1): Row[] {
  return cases.flatMap(({ question, history = [], follows }) => {
    const parts = readTurn(question)
    const own = spoken(parts)
    const last = history.at(-1)
    const asks = own.some(({ role }) => role === 'asks' || role === 'whether')
    if (!last || !asks || own.some(({ role }) => POINTS.has(role))) return []
    if (ellipsis(own)) return []
    const topic = ownTopic(own, last, isOpened(parts))
    const said = `${last.question} → ${question}`
    return [{ topic, begins: follows ? 0 : 1, weight, group: last.question, said }]
  })
}

const random = rowsOf(after)
const real = rowsOf([...followUps, ...developed, ...written])
const rows = [...random.map((row) => ({ ...row, weight: RANDOM_WEIGHT / random.length })), ...real]

function learn(from: readonly Row[]): TopicWeights {
  const total = from.reduce((sum, { weight }) => sum + weight, 0)
  const model = { learned: '', bias: 0, weights: zero() }
  for (let round = 0; round < 2500; round++) {
    const slope = { bias: 0, ...zero() }
    for (const { topic, begins, weight } of from) {
      const error = (1 / (1 + Math.exp(-namesTopic(topic, model))) - begins) * weight
      slope.bias += error / total
      for (const name of FEATURES) slope[name] += (error * Math.min(topic[name], AT_MOST)) / total
    }
    model.bias -= 0.3 * slope.bias
    for (const name of FEATURES)
      model.weights[name] -= 0.2 * (slope[name] + 0.002 * model.weights[name])
  }
  return model
}

/** No weights yet: a weight for each feature. */
function zero(): TopicWeights['weights'] {
  return mapWeights(TOPIC_WEIGHTS.weights, () => 0)
}

function mapWeights(
  weights: TopicWeights['weights'],
  change: (weight: number) => number,
): TopicWeights['weights'] {
  const changed = { ...weights }
  for (const name of FEATURES) changed[name] = change(weights[name])
  return changed
}

const isWrong = (model: TopicWeights, { topic, begins }: Row) =>
  namesTopic(topic, model) > 0 !== (begins === 1)

/** Rows that go wrong when the conversations that they stand in are left out of what is learned from. */
function crossValidated(folds = 8): Row[] {
  const groups = [...new Set(rows.map(({ group }) => group))]
  const fold = new Map(groups.map((group, i) => [group, (i * 7) % folds]))
  return Array.from({ length: folds }, (_, k) => {
    const model = learn(rows.filter(({ group }) => fold.get(group) !== k))
    return rows.filter((row) => fold.get(row.group) === k && isWrong(model, row))
  }).flat()
}

const count = (from: readonly Row[], begins: number) =>
  from.filter((row) => row.begins === begins).length
const model = learn(rows)
const wrong = crossValidated()
const wrongReal = wrong.filter((row) => real.some(({ said }) => said === row.said))
model.learned = `from ${count(rows, 1)} questions that begin anew, ${random.length} of them after one at random, and ${count(rows, 0)} that follow and do not point back; in eight parts, each judged by what the others teach: ${count(wrong, 1)} and ${count(wrong, 0)} wrong, of the ${real.length} written for this ${wrongReal.length}`
const round = (value: number) => Math.round(value * 100) / 100
const rounded = {
  ...model,
  bias: round(model.bias),
  weights: mapWeights(model.weights, round),
}
if (process.argv.includes('--wrong'))
  for (const { begins, said } of wrongReal)
    process.stderr.write(`${begins ? 'new    ' : 'follows'} ${said}\n`)
process.stdout.write(`${JSON.stringify(rounded, null, 2)}\n`)
