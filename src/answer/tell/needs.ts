/**
 * What a cut needs of its sentence: for each clause that was not picked, how likely it must be told with
 * those that were. By what the one governs the other is a feature among others; the weights are
 * learned from judged cuts (`npm run tune -- --cuts`), see `needs.json`.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type ReadClause, isCounting, isNamed, isVerb } from '../../language/read-sentence.ts'
import { Linear, probability, scorer } from '../../learn/linear.ts'
import { type Picked, RELATIONS, sharesWords } from './relations.ts'

/** A clause that was not picked, beside the nearest one that was. */
export interface Beside {
  readonly clause: number
  readonly features: readonly number[]
}

export const Needs = z.object({
  /** From what it was learned, when, and how well it did on what was held out. */
  about: z.record(z.string(), z.union([z.string(), z.number()])),
  model: Linear,
  /** A cut needs something where one clause is as likely as `gate`; then all that are as likely as `with`. */
  thresholds: z.object({ gate: z.number(), with: z.number() }),
})
export type Needs = z.infer<typeof Needs>

export const NEEDS: Needs = Needs.parse(
  JSON.parse(readFileSync(new URL('needs.json', import.meta.url), 'utf8')),
)

/** The clauses that must be told with those that were picked. */
export function neededBy(sentence: Picked, { model, thresholds }: Needs = NEEDS): number[] {
  const score = scoring(model)
  const likely = each(sentence, (clause, near, place) => ({
    clause,
    p: probability(score(sentence.clauses[clause]!, sentence.clauses[near]!, place)),
  }))
  // 本报讯 says nothing, whatever it stands before.
  const told = likely.filter(({ clause }) => !sentence.clauses[clause]!.has('byline'))
  return told.some(({ p }) => p >= thresholds.gate)
    ? told.filter(({ p }) => p >= thresholds.with).map(({ clause }) => clause)
    : []
}

type Score = (here: ReadClause, kept: ReadClause, place: readonly number[]) => number

const scorings = new WeakMap<Linear, Score>()

/** What a clause brings by itself is the same beside any other, and kept. */
function scoring(model: Linear): Score {
  const before = scorings.get(model)
  if (before) return before
  const place = scorer(model, PAIR_FEATURES)
  const its = ofEach(scorer({ ...model, bias: 0 }, ITS_FEATURES))
  const picked = ofEach(scorer({ ...model, bias: 0 }, PICKED_FEATURES))
  const score: Score = (here, kept, pair) => place(pair) + its(here) + picked(kept)
  scorings.set(model, score)
  return score
}

function ofEach(score: (values: readonly number[]) => number): (clause: ReadClause) => number {
  const known = new WeakMap<ReadClause, number>()
  return (clause) => {
    const before = known.get(clause)
    if (before !== undefined) return before
    const made = score(ofClause(clause))
    known.set(clause, made)
    return made
  }
}

/** Every clause that was not picked, with its features. */
export function besides(sentence: Picked): Beside[] {
  const { clauses } = sentence
  return each(sentence, (clause, near, pair) => ({
    clause,
    features: [...pair, ...ofClause(clauses[clause]!), ...ofClause(clauses[near]!)],
  }))
}

/** Asks for each clause that was not picked, beside the nearest one that was. */
function each<T>(
  sentence: Picked,
  ask: (clause: number, near: number, pair: readonly number[]) => T,
): T[] {
  const { clauses, picked } = sentence
  if (picked.size === clauses.length) return []
  const related = relationsOf(sentence)
  return clauses.flatMap((_, clause) => {
    if (picked.has(clause)) return []
    const near = nearestPicked(clause, picked)
    return [ask(clause, near, pairOf(clause, near, sentence, related))]
  })
}

/** The first that was picked behind a clause, or the last before it. */
function nearestPicked(clause: number, picked: ReadonlySet<number>): number {
  const behind = [...picked].filter((i) => i > clause)
  return behind.length > 0 ? Math.min(...behind) : Math.max(...picked)
}

const RELATION_NAMES = Object.keys(RELATIONS)
type Related = ReadonlyMap<number, ReadonlySet<string>>

function relationsOf(sentence: Picked): Related {
  const found = new Map<number, Set<string>>()
  for (const at of sentence.picked) {
    for (const [name, relation] of Object.entries(RELATIONS)) {
      for (const other of relation(at, sentence)) {
        found.set(other, (found.get(other) ?? new Set()).add(name))
      }
    }
  }
  return found
}

const SUBJECTS = ['full', 'generic', 'property', 'none'] as const
const FRAMES = ['condition', 'phase', 'time', 'idle', 'purpose'] as const
/** Parts of speech, by their first letter. */
const TAGS = Array.from('nvdprmatcfj')
/** Classes of `governors.txt` that a clause is asked for. */
const CLASSES = [
  'if',
  'toward',
  'condition',
  'phase',
  'joining',
  'purpose',
  'time',
  'plan',
  'duty',
  'negation',
  'encourage',
  'done',
  'happened',
  'dependent',
  'anaphor',
  'part',
  'causative',
  'contrast',
  'exclude',
  'cap',
  'begin',
  'term',
  'ending',
  'deadline',
  'promise',
  'respectively',
  'property',
  'whole-place',
  'say',
  'reports',
  'modal',
]

/** What a clause itself shows, under a prefix. */
const CLAUSE_FEATURES = [
  'length',
  'figure',
  'verb',
  'time',
  'named',
  'numbered',
  ...SUBJECTS,
  ...FRAMES.map((frame) => `frame-${frame}`),
  ...CLASSES.map((name) => `has-${name}`),
  ...TAGS.map((tag) => `begins-${tag}`),
  ...TAGS.map((tag) => `ends-${tag}`),
]
const PLACE_FEATURES = [
  'before',
  'beside',
  'distance',
  'same-segment',
  'opens-sentence',
  'opens-segment',
  'first-main',
  'mains-between',
  'full-between',
  'frames-between',
  'leads',
  'behind-head',
  'shares-words',
  'picked',
  'clauses',
  'related',
  'others-related',
  'picked-opens',
  'mains-before-picked',
  'frames-before-picked',
  'picked-ends-segment',
  'full-picked',
  'opens-for-none',
  'beside-none',
  'beside-leaning',
]

const PAIR_FEATURES = [...PLACE_FEATURES, ...RELATION_NAMES.map((name) => `by-${name}`)]
const ITS_FEATURES = CLAUSE_FEATURES.map((name) => `its-${name}`)
const PICKED_FEATURES = CLAUSE_FEATURES.map((name) => `picked-${name}`)

/** The names of the features, in their order. */
export const FEATURES: readonly string[] = [...PAIR_FEATURES, ...ITS_FEATURES, ...PICKED_FEATURES]

/** Clauses are told apart by length up to so many characters, and by distance up to so many clauses. */
const LONGEST = 40
const FARTHEST = 6

/** How a clause stands to the picked one nearest to it. */
function pairOf(at: number, near: number, { clauses, picked }: Picked, related: Related): number[] {
  const [here, kept] = [clauses[at]!, clauses[near]!]
  const between = clauses.slice(Math.min(at, near) + 1, Math.max(at, near))
  const segment = clauses.filter(({ clause }) => clause.segment === kept.clause.segment)
  const opening = clauses.indexOf(segment[0]!)
  const before = clauses.slice(opening, near)
  const mains = before.filter(({ frame }) => frame === null)
  const firstMain = clauses.findIndex(({ frame }, i) => i >= opening && frame === null)
  const leans = kept.subject !== 'full'
  const ownRelations = related.get(at)
  const place = [
    at < near,
    Math.abs(at - near) === 1,
    Math.min(FARTHEST, Math.abs(at - near)),
    here.clause.segment === kept.clause.segment,
    at === 0,
    at === opening,
    at === firstMain,
    between.filter(({ frame }) => frame === null).length,
    between.filter(({ frame, subject }) => frame === null && subject === 'full').length,
    between.filter(({ frame }) => frame !== null).length,
    here.clause.leads,
    clauses.slice(0, near).some(({ clause }) => clause.leads),
    sharesWords([here], kept),
    picked.size,
    clauses.length,
    ownRelations !== undefined,
    related.size - (ownRelations ? 1 : 0),
    picked.has(0),
    mains.length,
    before.filter(({ frame }) => frame !== null && frame !== 'purpose' && frame !== 'idle').length,
    segment.at(-1) === kept,
    [...picked].some((i) => clauses[i]!.subject === 'full' && clauses[i]!.frame === null),
    leans && at === firstMain,
    leans && at === near - 1 && here.frame === null,
    at === near - 1 && (kept.has('dependent') || kept.has('anaphor')),
  ]
  return [...place, ...RELATION_NAMES.map((name) => ownRelations?.has(name) ?? false)].map(Number)
}

const ownFeatures = new WeakMap<ReadClause, readonly number[]>()

function ofClause(read: ReadClause): readonly number[] {
  const before = ownFeatures.get(read)
  if (before) return before
  const { clause, words, subject, frame, hasTime, numbered, has } = read
  const features = [
    Math.min(LONGEST, clause.text.length),
    words.some(isCounting),
    words.some(isVerb),
    hasTime,
    isNamed(read),
    numbered,
    ...SUBJECTS.map((kind) => kind === subject),
    ...FRAMES.map((kind) => kind === frame),
    ...CLASSES.map(has),
    ...TAGS.map((tag) => words[0]?.tag[0] === tag),
    ...TAGS.map((tag) => words.at(-1)?.tag[0] === tag),
  ].map(Number)
  ownFeatures.set(read, features)
  return features
}
