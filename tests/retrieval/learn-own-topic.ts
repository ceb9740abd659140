/**
 * Learns whether a question begins anew, by logistic regression on what it names and how it points
 * back, and prints the weights for `src/retrieval/follow-up/own-topic.json`:
 *
 *     node with-node24.js tests/retrieval/learn-own-topic.ts [CONVERSATIONS.jsonl …]
 *
 * Questions that begin anew are the judged questions, each after three others at random; questions
 * that follow on are the judged follow-ups. Of both are the conversations of `fixtures/turns-learn.jsonl`,
 * every other one of `fixtures/turns.jsonl`, and those of files of the same form that are named. With
 * --wrong, tells which go wrong when they are not learned from.
 */
import { readFileSync } from 'node:fs'
import type { Turn } from '../../src/corpus.ts'
import {
  AT_MOST,
  FEATURES,
  isWordAlone,
  namesTopic,
  type OwnTopic,
  ownTopic,
  TOPIC_WEIGHTS,
  type TopicWeights,
} from '../../src/retrieval/follow-up/own-topic.ts'
import { wholeTurns } from '../../src/retrieval/follow-up.ts'
import { readTurn } from '../../src/retrieval/follow-up/read-turn.ts'

interface Case {
  readonly question: string
  readonly answer?: string
  readonly history?: readonly Turn[]
  readonly follows?: boolean
}

/** Questions after one at random are easy and many: together they weigh as much as so many of the others. */
const RANDOM_WEIGHT = 250

const read = (path: string) => readFile(new URL(path, import.meta.url))
const readFile = (path: string | URL): Case[] =>
  readFileSync(path, 'utf8')
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

function rowsOf(cases: readonly Case[], weight = 1): Row[] {
  return cases.flatMap(({ question, history = [], follows }) => {
    const parts = readTurn(question)
    const turns = wholeTurns(history)
    const last = turns.at(-1)
    if (!last || parts.some(({ role }) => role === 'anew') || isWordAlone(parts, last)) return []
    const topic = ownTopic(parts, turns)
    const said = `${last.question} → ${question}`
    return [{ topic, begins: follows ? 0 : 1, weight, group: last.question, said }]
  })
}

const random = rowsOf(after)
const others = process.argv
  .slice(2)
  .filter((path) => !path.startsWith('--'))
  .flatMap(readFile)
const real = rowsOf([...followUps, ...developed, ...written, ...others])
const rows = [...random.map((row) => ({ ...row, weight: RANDOM_WEIGHT / random.length })), ...real]

/** How much a weight costs, squared, against the rows' loss. */
const RIDGE = 0.5
const ROUNDS = 40

/** Newton's step for one weight after the other, again and again. */
function learn(from: readonly Row[]): TopicWeights {
  const model = { learned: '', bias: 0, weights: zero() }
  const logits = from.map(() => 0)
  const step = (valueOf: (row: Row) => number, ridge: number, current: number): number => {
    let [slope, bend] = [ridge * current, ridge]
    from.forEach((row, i) => {
      const value = valueOf(row)
      if (value === 0) return
      const p = 1 / (1 + Math.exp(-logits[i]!))
      slope += row.weight * (p - row.begins) * value
      bend += row.weight * p * (1 - p) * value * value
    })
    const change = -slope / Math.max(bend, 1e-6)
    from.forEach((row, i) => (logits[i]! += change * valueOf(row)))
    return change
  }
  for (let round = 0; round < ROUNDS; round++) {
    model.bias += step(() => 1, 0, 0)
    for (const name of FEATURES)
      model.weights[name] += step(
        ({ topic }) => Math.min(topic[name], AT_MOST),
        RIDGE,
        model.weights[name],
      )
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
model.learned = `from ${count(rows, 1)} questions that begin anew, ${random.length} of them after one at random, and ${count(rows, 0)} that follow; in eight parts, each judged by what the others teach: ${count(wrong, 1)} and ${count(wrong, 0)} wrong, of the ${real.length} written for this ${wrongReal.length}`
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
