/**
 * Picks by learned weights: the best sentence first, a further one only where it brings what those told
 * lack, of a long one the clauses that belong to the answer; nothing where nothing is likely.
 */
import type { Retrieved } from '../../../retrieval/retrieve.ts'
import { probability, scorer } from '../../../learn/linear.ts'
import { boostedProbability } from '../../../learn/trees.ts'
import type { Context } from '../../context/context.ts'
import { withoutByline } from '../../context/without-byline.ts'
import type { WordsPick } from '../words-pick.ts'
import { type Candidate, LIKELY_NAMES, choose, likelyValues, topicOf } from './choose.ts'
import { CLAUSE_NAMES, clauseValues, clausesOf } from './clause.ts'
import { conflicting } from './conflict.ts'
import { type Considered, explained } from './explain.ts'
import { FEATURE_NAMES, valuesOf } from './features.ts'
import { fits } from './fits.ts'
import { itemsBehind } from './list.ts'
import { type Seen, around, isEnded, look } from './look.ts'
import { type Weights, readWeights } from './weights.ts'
import { MORE_NAMES, furtherOf, moreValues } from './more.ts'
import { type Part, partsOf } from './parts.ts'
import { contradicts } from './premise.ts'
import { lettersOf, wantedOf } from './wanted.ts'

export interface LearnedPick extends WordsPick {
  /** How likely the articles answer the question. */
  readonly probability: number
  /** Why: those told and those that came next. Made when it is asked for, not with every answer. */
  readonly explain: () => readonly Considered[]
}

/** What a picker by weights reads of a request. */
export interface WeightsRequest {
  readonly standalone: string
  readonly retrieved: Pick<Retrieved, 'units' | 'understood' | 'results'>
  readonly context: Context
}

export type PickByWeights = (request: WeightsRequest) => LearnedPick

/** A telephone's screen holds no more statements. */
const STATEMENTS = 3
/** Who asks what several articles say is told one more. */
const SEVERAL = 4

/** Characters of what is named as missing. */
const MISSING = 60
/** What a question sees in a context. */
export type Sight = (
  request: WeightsRequest,
  part?: Part,
) => { readonly seen: readonly Seen[]; readonly values: readonly Float64Array[] }

export const see: Sight = ({ standalone, retrieved, context }, part) => {
  const wanted = wantedOf(standalone, retrieved, part)
  const seen = look(wanted, context, retrieved.results).filter(fits)
  return { seen, values: seen.map(valuesOf) }
}

/** `sight` is given by whoever asks the same questions again and again. */
export function createPickByWeights(
  weights: Weights = readWeights(),
  sight: Sight = see,
): PickByWeights {
  const { thresholds } = weights
  const choice = scorer(weights.choice, FEATURE_NAMES)
  const likely = boostedProbability(weights.likely, LIKELY_NAMES)
  const more = scorer(weights.more, MORE_NAMES)
  const clause = scorer(weights.clause, CLAUSE_NAMES)

  return function pickByWeights(request) {
    const candidatesFor = (part?: Part) => {
      const { seen, values } = sight(request, part)
      return choose(seen, values, choice)
    }
    const found = candidatesFor()
    // Who names an article asks of it, and of nothing else.
    const named = found.filter(isOfNamed)
    const candidates = named.length > 0 ? named : found
    const sureness = (all: readonly Candidate[]) =>
      all.length === 0 ? 0 : likely(likelyValues(all))
    const sure = sureness(candidates)
    const [first] = candidates
    // A part that is likely where the whole is not is refused with it: told, 7 in 100 fewer of what has no
    // answer are refused; told only where it is likelier than .75, 2 in 100 fewer, and no more is said.
    if (!first || (named.length === 0 && sure < thresholds.likely)) {
      return {
        picks: {
          status: 'not_found',
          statements: [],
          missing: [Array.from(request.standalone).slice(0, MISSING).join('')],
          premise: null,
        },
        conflict: null,
        nearest: nearestOf(candidates),
        probability: sure,
        explain: () => explained(candidates, [], weights.choice),
      }
    }
    const parts = partsOf(request.standalone).map((part) => {
      const own = candidatesFor(part)
      const best = own[0] && candidates.find(({ seen }) => seen.sentence === own[0]!.seen.sentence)
      return { part, best: sureness(own) >= thresholds.likely ? best : undefined }
    })
    const ofParts = parts.flatMap(({ best }) => best ?? [])
    const conflict = conflicting(first, candidates)
    const most = first.seen.wanted.asked.some(({ kind }) => kind.name === 'several')
      ? SEVERAL
      : STATEMENTS
    const told: [Candidate, ...Candidate[]] = [first]
    for (const best of ofParts) if (!told.includes(best) && told.length < most) told.push(best)
    const missing = parts.flatMap(({ part, best }) => (best ? [] : [part.text]))
    // Where no part alone is likely and the whole is, the whole was read right.
    const isPartial = missing.length > 0 && missing.length < parts.length
    while (told.length < most) {
      const next = furtherOf(candidates, told)
        .map((one) => ({ one, worth: probability(more(moreValues(one, told))) }))
        .toSorted((a, b) => b.worth - a.worth)[0]
      if (!next || next.worth < thresholds.more) break
      told.push(next.one)
    }
    const items = parts.length > 0 ? [] : itemsBehind(first.seen.sentence, request.context)
    if (items.length > 0) told.splice(1)
    return {
      picks: {
        status: isPartial ? 'partial' : 'answered',
        statements: [
          ...told.map((one) => piecesOf(one)),
          ...items.map(({ first: start, pieces }) => pieces.map((_, i) => start + i)),
        ],
        missing: isPartial ? missing : [],
        premise: contradicts(request.standalone, first) ? whole(first) : null,
      },
      conflict: conflict?.pieces ?? null,
      nearest: null,
      probability: sure,
      explain: () => explained(candidates, told, weights.choice),
    }
  }

  /** The best whole sentence, where its article is about what is asked. */
  function nearestOf(candidates: readonly Candidate[]): number[] | null {
    const near = candidates.find(
      (one) =>
        isEnded(one.seen.sentence.text) &&
        topicOf(one) >= thresholds.near &&
        around(one.seen) >= thresholds.near,
    )
    return near ? whole(near) : null
  }

  /** The numbers of the pieces of a sentence that are told. */
  function piecesOf(candidate: Candidate): number[] {
    const { sentence } = candidate.seen
    const isRow = sentence.passage.kind === 'table' && sentence.passage.part === 'body'
    if (sentence.text.length <= thresholds.whole || isRow) return whole(candidate)
    const clauses = clausesOf(candidate.seen).map((one) => ({
      one,
      likely: probability(clause(clauseValues(one))),
    }))
    const best = clauses.toSorted((a, b) => b.likely - a.likely)[0]
    // Who asks how many is told every clause that counts.
    const kept = clauses.filter(
      (c) => c === best || c.likely >= thresholds.clause || c.one.gives > 0,
    )
    return kept.flatMap(({ one }) => one.clause.pieces.map((i) => sentence.first + i))
  }
}

/** Whether a sentence stands in an article whose headline the question names. */
function isOfNamed({ seen: { wanted, sentence } }: Candidate): boolean {
  const { headline } = sentence.passage
  return headline !== null && wanted.names.includes(lettersOf(headline))
}

/** Who asks for these is answered by 本报讯（记者 王明）. */
const WHO_MADE_IT: ReadonlySet<string> = new Set(['writer', 'editor'])

/** The pieces of a whole sentence; 本报讯（记者 王明） only for who asks who made it. */
function whole({ seen: { sentence, wanted } }: Candidate): number[] {
  const asksWho = wanted.asked.some(({ kind }) => WHO_MADE_IT.has(kind.name))
  const said = asksWho ? [...sentence.pieces.keys()] : withoutByline(sentence)
  return said.map((i) => sentence.first + i)
}
