import { isCounting, isNamed, isVerb } from '../../language/read-sentence.ts'
import type { ReadClause, ReadSentence } from '../../language/read-sentence.ts'

/** A sentence of which some clauses were picked, by their numbers. */
export interface Picked extends ReadSentence {
  readonly picked: ReadonlySet<number>
}

/** Which clauses may govern a clause, by how. */
type Relation = (at: number, sentence: Picked) => readonly number[]

/** The clauses before one, the nearest first. */
const leftOf = (at: number) => Array.from({ length: at }, (_, k) => at - 1 - k)

/** Those of them that no `；` parts from it. */
function nearOf(at: number, { clauses }: Picked): number[] {
  return leftOf(at).filter((i) => clauses[i]!.clause.segment === clauses[at]!.clause.segment)
}

/** A condition holds for all behind it until another; 后 and 时 only for what leans on them. */
function conditions(at: number, sentence: Picked): number[] {
  const { clauses } = sentence
  const here = clauses[at]!
  const near = nearOf(at, sentence)
  const first = near.find((i) => {
    const { frame } = clauses[i]!
    return frame === 'condition' || (frame === 'phase' && (i === at - 1 || here.subject !== 'full'))
  })
  if (first === undefined) return []
  // 因…，不具备…的: what leads up to a condition is a part of it.
  const before = near.filter((i) => i < first)
  const answer = before.find((i) => isAnswer(i, clauses))
  const lead = before.filter((i) => answer === undefined || i > answer)
  const opens = clauses[first]!.has('if')
  const joined = lead.findIndex((i) => clauses[i]!.frame === null && !clauses[i]!.has('joining'))
  const led = opens && joined >= 0 ? lead.slice(0, joined) : lead
  // What a condition is answered by comes between it and what follows from both.
  const answered = first + 1 < at && here.subject !== 'full' ? [first + 1] : []
  return [first, ...led, ...answered, ...sharedFrames(first, clauses)]
}

/** 对中小企业，增长两成以内的，补三成；两成以上的，…: what stands before several conditions holds for all. */
function sharedFrames(condition: number, clauses: readonly ReadClause[]): number[] {
  if (clauses[condition]!.frame !== 'condition') return []
  const firstAnswer = clauses.findIndex(({ frame }) => frame === null)
  return clauses
    .map((_, i) => i)
    .filter((i) => i < firstAnswer - 1 && i < condition && clauses[i]!.frame !== 'idle')
}

/** A clause that says what follows from the condition right before it. */
function isAnswer(i: number, clauses: readonly ReadClause[]): boolean {
  const before = clauses[i - 1]
  const { frame, has, clause } = clauses[i]!
  return (
    frame === null &&
    before?.frame === 'condition' &&
    before.clause.segment === clause.segment &&
    !has('joining')
  )
}

function times(at: number, { clauses }: Picked): number[] {
  if (clauses[at]!.hasTime) return []
  const frame = leftOf(at).find((i) => clauses[i]!.frame === 'time')
  return frame === undefined ? [] : [frame]
}

/** What a clause speaks of, where it does not say it itself. */
function subjects(at: number, sentence: Picked): number[] {
  const { clauses, picked } = sentence
  const here = clauses[at]!
  if ((here.frame !== null && here.frame !== 'purpose') || here.subject === 'full') return []
  const near = nearOf(at, sentence).filter(
    (i) => clauses[i]!.frame === null && !isSlogan(clauses[i]!),
  )
  const [beside] = near
  const opening = near.at(-1)
  const named = near.find((i) => !['none', 'property'].includes(clauses[i]!.subject))
  if (named !== undefined && opening !== undefined) {
    if (picked.has(named)) return here.subject === 'property' ? [beside!] : []
    const causes = clauses[beside!]!.has('causative')
    return [named, opening, ...(here.subject === 'none' && !causes ? [] : [beside!])]
  }
  // 设立…，推行…: what is to be done stands alone; what happened, happened to something.
  const happened = here.has('happened') || here.subject === 'property'
  if (beside !== undefined && opening !== undefined && happened) return [beside, opening]
  if (nearOf(at, sentence).some((i) => clauses[i]!.frame === 'condition')) return []
  const start = firstNamed(at, clauses)
  return start === undefined ? [] : [start]
}

/** 该市…，高新技术企业达到123家: where the sentence opens with whose figures these are. */
function scopes(at: number, sentence: Picked): number[] {
  const { clauses, picked } = sentence
  const here = clauses[at]!
  if (here.frame !== null || here.subject !== 'full' || isNamed(here)) return []
  const opening = nearOf(at, sentence).findLast((i) => clauses[i]!.frame === null)
  if (opening === undefined || picked.has(opening)) return []
  const { subject } = clauses[opening]!
  return subject === 'full' && isNamed(clauses[opening]!) ? [opening] : []
}

/** The first words of a sentence, or of a list, may name what all its parts speak of. */
function firstNamed(at: number, clauses: readonly ReadClause[]): number | undefined {
  const head = clauses.slice(0, at).findLastIndex(({ clause }) => clause.leads)
  const start = clauses.findIndex(
    ({ subject, frame, clause, has }, i) =>
      i > head &&
      (subject === 'full' || subject === 'generic') &&
      frame === null &&
      clause.segment === clauses[head + 1]!.clause.segment &&
      (head < 0 || MODALITIES.some(has)),
  )
  return start >= 0 && start < at ? start : undefined
}

/** 三是优化流程: the heading of an item says nothing that the item does not. */
const isSlogan = ({ numbered, subject, clause }: ReadClause) =>
  numbered && subject === 'none' && clause.text.length <= LONGEST_SLOGAN

const LONGEST_SLOGAN = 10

export const MODALITIES = ['plan', 'duty', 'encourage', 'negation']

function modality(at: number, sentence: Picked): number[] {
  const { clauses } = sentence
  const here = clauses[at]!
  if (here.frame !== null || here.subject === 'full') return []
  if (here.has('done') || MODALITIES.some(here.has)) return []
  const found = nearOf(at, sentence).find((i) => MODALITIES.some(clauses[i]!.has))
  return found === undefined ? [] : [found]
}

/** 但, 其中, 较: what a clause leans on is told with it; so is 其中 with the parts that follow it. */
function leaning(at: number, sentence: Picked): number[] {
  const { clauses } = sentence
  const here = clauses[at]!
  const before = leftOf(at).filter((i) => clauses[i]!.frame === null)
  if (here.has('dependent') || here.has('anaphor')) return before.slice(0, 1)
  // 其中A2家，B3家: each part that is counted belongs to the whole.
  const parts = nearOf(at, sentence).findIndex((i) => clauses[i]!.has('part'))
  const counted = (i: number) => clauses[i]!.words.some(isCounting)
  const all =
    parts >= 0 &&
    leftOf(at + 1)
      .slice(0, parts + 1)
      .every(counted)
  return all ? [at - 1 - parts] : []
}

/** 某某表示，…: whoever says all that follows in his own words. */
function reporters(at: number, sentence: Picked): number[] {
  const first = nearOf(at, sentence).at(-1)
  if (first !== 0) return []
  const { subject, has, frame } = sentence.clauses[0]!
  return frame === null && subject === 'full' && has('reports') ? [0] : []
}

/** What takes back or bounds a clause: right behind it, or where what begins ends. */
function limits(at: number, sentence: Picked): number[] {
  const { clauses } = sentence
  const here = clauses[at]!
  const behind = clauses
    .map((_, i) => i)
    .filter((i) => i > at && clauses[i]!.clause.segment === here.clause.segment)
  const ends = here.has('begin')
    ? behind.filter((i) => clauses[i]!.has('ending') && sharesWords([here], clauses[i]!))
    : []
  const next = clauses[at + 1]
  if (!next || !behind.includes(at + 1)) return ends
  const leans = next.subject === 'none' || next.subject === 'property'
  const about = [here, ...nearOf(at, sentence).map((i) => clauses[i]!)]
  const bounds =
    next.has('exclude') ||
    ((leans || sharesWords(about, next)) && next.has('contrast')) ||
    (next.has('cap') && !here.has('cap') && (leans || sharesWords(about, next))) ||
    (leans && (next.has('deadline') || (next.has('term') && here.has('begin'))))
  return bounds ? [at + 1, ...ends] : ends
}

/** Whether clauses have a pair of characters in common, numbers apart. */
export function sharesWords(some: readonly ReadClause[], other: ReadClause): boolean {
  const pairsOf = ({ words }: ReadClause) =>
    words
      .filter(({ tag }) => /^(?:n|vn|v|j|l|an)/u.test(tag))
      .flatMap(({ text }) =>
        Array.from(text, (_, i) => text.slice(i, i + 2)).filter((p) => p.length === 2),
      )
  const known = new Set(some.flatMap(pairsOf))
  return pairsOf(other).some((pair) => known.has(pair))
}

/** A head that announces a list comes with it; an item that does not stand alone, with its head. */
function lists(at: number, { clauses, picked }: Picked): number[] {
  const here = clauses[at]!
  if (here.clause.leads) {
    const promises = here.has('promise') || here.words.slice(-2).some(isCounting)
    const all = (promises && picked.has(at)) || here.has('cumulative')
    return all ? clauses.map((_, i) => i).filter((i) => i > at) : []
  }
  const head = clauses.slice(0, at).findLastIndex(({ clause }) => clause.leads)
  if (head < 0) return []
  const speaks = clauses[head]!.has('say') || MODALITIES.some(clauses[head]!.has)
  const alone = clauses.some(
    (clause, i) => i > head && i <= at && (i === at || picked.has(i)) && standsAlone(clause),
  )
  return speaks || !alone ? [head] : []
}

/** A clause with a subject and a verb, or one that counts nothing. */
function standsAlone({ subject, words }: ReadClause): boolean {
  if (subject !== 'full') return false
  const verb = words.some((word) => isVerb(word) || word.text === '为')
  return verb || !words.some(({ tag }) => tag.startsWith('m'))
}

/** 分别 ties a list to the one before it: both are told whole. */
export function respectively(at: number, { clauses }: Picked): readonly number[] {
  const before = clauses[at - 1]?.clause.pieces ?? []
  return clauses[at]!.has('respectively') && before.length > 1 ? before : []
}

/** Who says the words of a quotation: a clause right behind it or right before. */
function speakers(at: number, { structure: { enclosed }, clauses }: Picked): number[] {
  const { clause } = clauses[at]!
  const speech = enclosed.find(
    ({ kind, start, end }) => kind === 'speech' && start <= clause.start && clause.end <= end + 1,
  )
  if (!speech) return []
  const says = (i: number) => clauses[i]!.has('say')
  const all = clauses.map((_, i) => i)
  const after = all.filter((i) => clauses[i]!.clause.start > speech.end).slice(0, SPEAKER_WITHIN)
  const before = all.filter((i) => clauses[i]!.clause.end <= speech.start)
  return [after.find(says), before.findLast(says)].filter((i) => i !== undefined).slice(0, 1)
}

/** ……。”6月24日，公司负责人某某说: a time may stand before whoever speaks. */
const SPEAKER_WITHIN = 2

/** By what one clause governs another; each names the clauses that govern one of its kind. */
export const RELATIONS = {
  conditions,
  times,
  subjects,
  scopes,
  modality,
  leaning,
  limits,
  lists,
  speakers,
  reporters,
} satisfies Record<string, Relation>
