/** Learns the picker's weights from judged questions, and says how well they do on what was held out. */
import { fnv1a } from '../../../../fnv1a.ts'
import { tell } from '../../../tell/tell.ts'
import { type Candidate, LIKELY_NAMES, choose, likelyValues, topicOf } from '../choose.ts'
import { CLAUSE_NAMES, clauseValues, clausesOf } from '../clause.ts'
import { FEATURE_NAMES } from '../features.ts'
import { around } from '../look.ts'
import { fitBoosted } from '../../../../learn/boost.ts'
import { type Linear, scorer } from '../../../../learn/linear.ts'
import { boostedProbability } from '../../../../learn/trees.ts'
import type { Weights } from '../weights.ts'
import { MORE_NAMES, furtherOf, moreValues } from '../more.ts'
import { type Sight, type WeightsRequest, createPickByWeights, see } from '../pick.ts'
import { type Group, type Labelled, fitChoice, fitProbability } from '../../../../learn/fit.ts'
import { type Judged, lettersOf, rightness, saidOf, saysIt } from './judged.ts'

/** A judged question with what was found for it; `weight` is what it counts beside one of weight 1. */
export interface Example extends WeightsRequest {
  readonly weight: number
  readonly set: string
  readonly judged: Judged
}

export interface Learned {
  readonly weights: Omit<Weights, 'about'>
  /** By set: shares of the held-out questions, and the median of characters told. */
  readonly heldOut: Figures
  /** The same by the kind that questions were judged as. */
  readonly byKind: Figures
  readonly table: readonly FeatureLine[]
}

export type Figures = Record<string, Record<string, number>>

/** A feature of the choice: what it weighs, and what is lost without it. */
export interface FeatureLine {
  readonly name: string
  readonly weight: number
  readonly costsSaidFirst: number
}

/** For the choice .003 to .03 differ by less than a point; for `likely`, .02 refuses more than .1 and .3. The others were not varied. */
const PENALTY = { choice: 2e-2, more: 2e-2, clause: 1e-2 }
const BOOST = {
  linear: 2e-2,
  rounds: 200,
  depth: 3,
  rate: 0.05,
  leaf: 20,
  penalty: 5,
  features: 0.3,
}
const FOLDS = 5
/** Of a question's sentences so many teach, those with the most of the question around them, and the right ones. */
const TAUGHT = 25
/** What may be refused wrongly, of what has an answer. */
export const WRONGLY_REFUSED = 0.1
/** Of what has an answer, so much has less of the question in its article: what has more is on the topic. */
const OFF_TOPIC = 0.25
/** A sentence that adds so much of the judged answer is worth telling. */
const ADDS = 0.2

interface Prepared extends Example {
  readonly fold: number
  readonly seen: ReturnType<Sight>
  readonly rights: readonly number[]
}

/** Learns from questions by set; `log` is told what is done. */
export function learn(
  examples: readonly Example[],
  log: (line: string) => void = () => {},
): Learned {
  const prepared = examples.map((example): Prepared => {
    const seen = see(example)
    return {
      ...example,
      fold: spread(fnv1a(example.judged.document)) % FOLDS,
      seen,
      rights: seen.seen.map(({ sentence }) => rightness(sentence, example.judged)),
    }
  })
  log(`${prepared.length} questions looked at`)
  const choices = folds((k) => fitChoiceOf(prepared.filter(({ fold }) => fold !== k)))
  const ordered = prepared.map((one) => orderedBy(choices[one.fold]!, one))
  const likelyRows = prepared.map((one, i) => [
    ...compact(likelyRow(one, ordered[i]!)),
    ...compact(unanswered(one, choices[one.fold]!)),
  ])
  const moreRows = prepared.map((one, i) => moreRowsOf(one, ordered[i]!))
  const clauseRows = prepared.map(clauseRowsOf)
  const refusing = setsWithout(prepared)
  log('choices made')
  const inner = (k: number | null): Omit<Weights, 'about' | 'thresholds' | 'choice'> => {
    const of = <T>(rows: readonly T[]) => rows.filter((_, i) => prepared[i]!.fold !== k)
    const refusable = likelyRows.filter(
      (_, i) => prepared[i]!.fold !== k && refusing.has(prepared[i]!.set),
    )
    return {
      likely: fitBoosted(refusable.flat(), LIKELY_NAMES, BOOST),
      more: fitProbability(of(moreRows).flat(), MORE_NAMES, { penalty: PENALTY.more }),
      clause: fitProbability(of(clauseRows).flat(), CLAUSE_NAMES, { penalty: PENALTY.clause }),
    }
  }
  const models = folds((k) => ({ choice: choices[k]!, ...inner(k) }))
  log('models fitted')
  const probabilities = prepared.map((one, i) =>
    ordered[i]!.length === 0
      ? 0
      : boostedProbability(models[one.fold]!.likely, LIKELY_NAMES)(likelyValues(ordered[i]!)),
  )
  const judging = prepared.filter(({ set }) => refusing.has(set))
  const likelihoods = probabilities.filter((_, i) => refusing.has(prepared[i]!.set))
  const likely = lostAt(judging, likelihoods, WRONGLY_REFUSED)
  const covered = prepared.map((_, i) => (ordered[i]![0] ? topicOf(ordered[i]![0]) : 0))
  const near = lostAt(prepared, covered, OFF_TOPIC)
  const trial = (thresholds: Weights['thresholds']) => toldBy(judging, models, thresholds)
  const thresholds = bestThresholds({ likely, near }, trial, judging, log)
  const told = toldBy(prepared, models, thresholds)
  const figuresBy = (key: (example: Prepared) => string) =>
    figuresOf(prepared, told, probabilities, key)
  return {
    weights: { choice: fitChoiceOf(prepared), ...inner(null), thresholds },
    heldOut: figuresBy(({ set }) => set),
    byKind: figuresBy(({ judged }) => judged.kind ?? 'other'),
    table: tableOf(prepared, choices),
  }
}

/** The high bits of a hash over the low ones. */
export const spread = (hash: number) => (hash ^ (hash >>> 15)) >>> 0

const compact = <T>(one: T | undefined): T[] => (one === undefined ? [] : [one])

const folds = <T>(of: (k: number) => T): T[] => Array.from({ length: FOLDS }, (_, k) => of(k))

function fitChoiceOf(examples: readonly Prepared[]): Linear {
  const groups = examples.flatMap(({ seen, rights, weight }): Group[] => {
    const best = Math.max(0, ...rights)
    if (best < 0.05) return []
    const right = rights.map((r) => (best >= 1 ? (r >= 1 ? 1 : 0) : r >= best - 0.1 ? r : 0))
    const total = right.reduce((a, b) => a + b, 0)
    const near = seen.seen
      .map((one, i) => ({ i, around: around(one) }))
      .toSorted((a, b) => b.around - a.around)
    const taught = near.filter(({ i }, rank) => rank < TAUGHT || right[i]! > 0).map(({ i }) => i)
    return [
      {
        rows: taught.map((i) => seen.values[i]!),
        right: taught.map((i) => right[i]! / total),
        weight: weight * best,
      },
    ]
  })
  return fitChoice(groups, FEATURE_NAMES, { penalty: PENALTY.choice })
}

function orderedBy(choice: Linear, { seen }: Prepared): Candidate[] {
  return choose(seen.seen, seen.values, scorer(choice, FEATURE_NAMES))
}

function likelyRow(
  { judged, weight }: Prepared,
  candidates: readonly Candidate[],
): Labelled | undefined {
  if (candidates.length === 0) return undefined
  return { row: likelyValues(candidates), right: judged.answerable, weight }
}

/** What is made to have no answer counts less than what has none: of 0, .3 and 1, AUROC .84, .88 and .87 on `unseen.jsonl`. */
const MADE = 0.3

/** The same question of the same articles without the sentences that answer: near the topic, and no answer. */
function unanswered(example: Prepared, choice: Linear): Labelled | undefined {
  const { seen, rights, context, weight } = example
  if (!rights.some((right) => right >= 1)) return undefined
  const gone = new Set(
    seen.seen.flatMap(({ sentence }, i) => (rights[i]! >= ADDS ? [sentence] : [])),
  )
  const articles = context.articles.flatMap(({ articleId, sentences }) => {
    const kept = sentences.filter((sentence) => !gone.has(sentence))
    return kept.length > 0 ? [{ articleId, sentences: kept }] : []
  })
  const left = see({ ...example, context: { ...context, articles } })
  if (left.seen.length === 0) return undefined
  const candidates = choose(left.seen, left.values, scorer(choice, FEATURE_NAMES))
  return { row: likelyValues(candidates), right: false, weight: weight * MADE }
}

function moreRowsOf({ judged, weight }: Prepared, candidates: readonly Candidate[]): Labelled[] {
  const [first] = candidates
  if (!first || !judged.answerable) return []
  const told: [Candidate, ...Candidate[]] = [first]
  const text = (all: readonly Candidate[]) => all.map(({ seen }) => seen.sentence.text).join('')
  const rows: Labelled[] = []
  while (told.length < 3) {
    const before = saidOf(text(told), judged.answers)
    const said = saysIt(text(told), judged)
    const next = furtherOf(candidates, told).map((one) => {
      const both = text([...told, one])
      const adds = judged.isAbout(one.seen.sentence) ? saidOf(both, judged.answers) - before : 0
      return { one, adds, right: adds >= ADDS || (!said && saysIt(both, judged)) }
    })
    rows.push(...next.map(({ one, right }) => ({ row: moreValues(one, told), right, weight })))
    const best = next.filter(({ right }) => right).toSorted((a, b) => b.adds - a.adds)[0]
    if (!best) break
    told.push(best.one)
  }
  return rows
}

/** A clause belongs to the answer when most of it is the answer's, or it has the answer. */
const MOST_OF_CLAUSE = 0.6

function clauseRowsOf({ judged, seen, rights, weight }: Prepared): Labelled[] {
  return rights.flatMap((right, i) => {
    if (right < 0.5) return []
    return clausesOf(seen.seen[i]!).map((clause) => ({
      row: clauseValues(clause),
      right: judged.answers.some((answer) => belongs(clause.letters, lettersOf(answer))),
      weight,
    }))
  })
}

function belongs(clause: string, answer: string): boolean {
  if (clause.includes(answer)) return true
  const pairs = Array.from({ length: Math.max(0, clause.length - 1) }, (_, i) =>
    clause.slice(i, i + 2),
  )
  const shared = pairs.filter((pair) => answer.includes(pair)).length
  return shared / Math.max(1, pairs.length) >= MOST_OF_CLAUSE
}

/** The probability below which this share of what has an answer lies. */
function lostAt(
  examples: readonly Prepared[],
  probabilities: readonly number[],
  share: number,
): number {
  const own = probabilities.filter((_, i) => examples[i]!.judged.answerable)
  const at = own.toSorted((a, b) => a - b)[Math.floor(share * own.length)] ?? 0
  return Number(at.toPrecision(4))
}

/** The sets that have questions without an answer. */
function setsWithout(examples: readonly Prepared[]): Set<string> {
  return new Set(examples.flatMap(({ set, judged }) => (judged.answerable ? [] : [set])))
}

interface Told {
  readonly refused: boolean
  readonly first: boolean
  readonly said: boolean
  readonly length: number
}

/** Asks each question of the picker that has not learned from its document, and tells what it picks. */
function toldBy(
  examples: readonly Prepared[],
  models: readonly Omit<Weights, 'about' | 'thresholds'>[],
  thresholds: Weights['thresholds'],
): Told[] {
  const about = { made: '', from: [], heldOut: {} }
  const pickers = models.map(
    (model) => (seen: Prepared['seen']) =>
      createPickByWeights({ ...model, thresholds, about }, (request, part) =>
        part ? see(request, part) : seen,
      ),
  )
  return examples.map((example) => {
    const { judged, context, fold, seen } = example
    const { picks } = pickers[fold]!(seen)(example)
    const { status, statements } = tell(picks, context, { asked: [judged.question.question] })
    const texts = statements.map(({ text }) => text)
    return {
      refused: status === 'not_found',
      first: saysIt(texts[0] ?? '', judged),
      said: saysIt(texts.join(''), judged),
      length: texts.join('').length,
    }
  })
}

/** Characters, a median: an answer that is read at a glance. */
const LONGEST_MEDIAN = 100
const TRIED = {
  whole: [80, 170],
  clause: [0.05, 0.15],
  more: [0.12, 0.14, 0.16, 0.2],
} as const

/** Of what was tried, what says the most, first and at all, at a median that is read at a glance. */
function bestThresholds(
  known: Pick<Weights['thresholds'], 'likely' | 'near'>,
  trial: (thresholds: Weights['thresholds']) => readonly Told[],
  examples: readonly Prepared[],
  log: (line: string) => void,
): Weights['thresholds'] {
  const all = TRIED.whole.flatMap((whole) =>
    TRIED.clause.flatMap((clause) => TRIED.more.map((more) => ({ ...known, whole, clause, more }))),
  )
  const tried = all.map((thresholds) => {
    const { said, first, median } = overSets(examples, trial(thresholds))
    const figures = `said ${said.toFixed(3)}, first ${first.toFixed(3)}, median ${median}`
    log(`${JSON.stringify(thresholds)}: ${figures}`)
    return { thresholds, worth: said + first, median }
  })
  const fitting = tried.filter(({ median }) => median <= LONGEST_MEDIAN)
  const [best] = (fitting.length > 0 ? fitting : tried).toSorted((a, b) => b.worth - a.worth)
  return best!.thresholds
}

function overSets(examples: readonly Prepared[], answers: readonly Told[]) {
  const own = answers.filter((_, i) => examples[i]!.judged.answerable)
  return {
    said: shareOf(own, ({ said }) => said),
    first: shareOf(own, ({ first }) => first),
    median: medianOf(own),
  }
}

const shareOf = <T>(list: readonly T[], test: (one: T) => boolean) =>
  list.length === 0 ? 0 : list.filter(test).length / list.length

function medianOf(answers: readonly Told[]): number {
  const lengths = answers.filter(({ refused }) => !refused).map(({ length }) => length)
  return lengths.toSorted((a, b) => a - b)[lengths.length >> 1] ?? 0
}

function figuresOf(
  examples: readonly Prepared[],
  answers: readonly Told[],
  probabilities: readonly number[],
  key: (example: Prepared) => string,
): Figures {
  const all = examples.map((example, i) => ({ example, told: answers[i]!, p: probabilities[i]! }))
  const round = (x: number) => Number(x.toFixed(4))
  return Object.fromEntries(
    [...Map.groupBy(all, ({ example }) => key(example))].map(([set, own]) => {
      const yes = own.filter(({ example }) => example.judged.answerable)
      const no = own.filter(({ example }) => !example.judged.answerable)
      const figures = {
        asked: yes.length,
        saidFirst: round(shareOf(yes, (one) => one.told.first)),
        said: round(shareOf(yes, (one) => one.told.said)),
        ceiling: round(shareOf(yes, ({ example }) => example.rights.some((r) => r >= 1))),
        wronglyRefused: round(shareOf(yes, (one) => one.told.refused)),
        median: medianOf(yes.map((one) => one.told)),
        unanswerable: no.length,
        rightlyRefused: round(shareOf(no, (one) => one.told.refused)),
        refusedAtTenth: round(refusedAt(own, WRONGLY_REFUSED)),
        auroc: round(
          auroc(
            yes.map(({ p }) => p),
            no.map(({ p }) => p),
          ),
        ),
      }
      return [set, figures]
    }),
  )
}

/** What would be refused of what has no answer, were this share of what has one refused. */
function refusedAt(
  all: readonly { readonly example: Prepared; readonly p: number }[],
  share: number,
): number {
  const least = lostAt(
    all.map(({ example }) => example),
    all.map(({ p }) => p),
    share,
  )
  return shareOf(
    all.filter(({ example }) => !example.judged.answerable),
    ({ p }) => p < least,
  )
}

/** How often something with an answer is thought likelier than something without. */
function auroc(yes: readonly number[], no: readonly number[]): number {
  if (yes.length === 0 || no.length === 0) return 0
  let above = 0
  for (const p of yes) for (const q of no) above += p > q ? 1 : p === q ? 0.5 : 0
  return above / yes.length / no.length
}

/** What each feature weighs, and how many more questions are answered first with it than with its mean in its place. */
function tableOf(examples: readonly Prepared[], choices: readonly Linear[]): FeatureLine[] {
  const asked = examples.filter(
    ({ judged, rights }) => judged.answerable && rights.some((r) => r >= 1),
  )
  const firstWith = (without: string | null) =>
    asked.filter(({ seen, rights, fold }) => {
      const { bias, features } = choices[fold]!
      const { [without ?? '']: _, ...kept } = features
      const score = scorer({ bias, features: kept }, FEATURE_NAMES)
      let [best, at] = [Number.NEGATIVE_INFINITY, 0]
      seen.values.forEach((values, i) => {
        const own = score(values)
        if (own > best) [best, at] = [own, i]
      })
      return rights[at]! >= 1
    }).length / asked.length
  const all = firstWith(null)
  return FEATURE_NAMES.map((name) => ({
    name,
    weight:
      choices.reduce((sum, { features }) => sum + (features[name]?.weight ?? 0), 0) /
      choices.length,
    costsSaidFirst: all - firstWith(name),
  })).toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
}
