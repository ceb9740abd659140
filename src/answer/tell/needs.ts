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
  const score = scorer(model, FEATURES)
  const likely = besides(sentence).map(({ clause, features }) => ({
    clause,
    p: probability(score(features)),
  }))
  return likely.some(({ p }) => p >= thresholds.gate)
    ? likely.filter(({ p }) => p >= thresholds.with).map(({ clause }) => clause)
    : []
}

/** Every clause that was not picked, with its features. */
export function besides(sentence: Picked): Beside[] {
  const { clauses, picked } = sentence
  const related = relationsOf(sentence)
  return clauses.flatMap((_, clause) => {
    if (picked.has(clause)) return []
    const nearest = nearestPicked(clause, picked)
    return [{ clause, features: featuresOf(clause, nearest, sentence, related) }]
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

/** The names of the features, in their order. */
export const FEATURES: readonly string[] = [
  ...PLACE_FEATURES,
  ...RELATION_NAMES.map((name) => `by-${name}`),
  ...CLAUSE_FEATURES.map((name) => `its-${name}`),
  ...CLAUSE_FEATURES.map((name) => `picked-${name}`),
]

/** Clauses are told apart by length up to so many characters, and by distance up to so many clauses. */
const LONGEST = 40
const FARTHEST = 6

function featuresOf(
  at: number,
  near: number,
  { clauses, picked }: Picked,
  related: Related,
): number[] {
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
  return [
    ...place.map(Number),
    ...RELATION_NAMES.map((name) => Number(ownRelations?.has(name) ?? false)),
    ...ofClause(here),
    ...ofClause(kept),
  ]
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
