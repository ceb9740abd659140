import { type Clause, type Structure, structureOf } from '../../language/clauses.ts'
import { figures } from '../../language/figures.ts'
import type { Governors } from '../../language/governors.ts'
import { type SubjectKind, subjectOf } from '../../language/subject.ts'
import { type Word, wordsOf } from '../../language/words.ts'
import type { Span } from '../../traced.ts'

/** What a clause does for those behind it: `condition` and `phase` limit them, the others frame them. */
type Frame = 'condition' | 'phase' | 'time' | 'idle' | 'purpose'

/** A clause with what is known of its words. */
interface Read {
  readonly clause: Clause
  readonly words: readonly Word[]
  readonly subject: SubjectKind
  readonly frame: Frame | null
  readonly hasTime: boolean
  readonly has: (name: string) => boolean
}

/** A sentence being told: its clauses, and which of them were picked. */
interface Reading {
  readonly text: string
  readonly pieces: readonly Span[]
  readonly structure: Structure
  readonly clauses: readonly Read[]
  readonly picked: ReadonlySet<number>
}

/**
 * The pieces that must be told with those that were picked: what governs them in their sentence. It
 * only adds. `text` is the sentence, `pieces` its pieces in order, `picks` indexes of them.
 */
export function withGovernors(
  text: string,
  pieces: readonly Span[],
  picks: Iterable<number>,
  governs: Governors,
): Set<number> {
  const structure = structureOf(text, pieces)
  const queue = [...picks]
  const reading: Reading = {
    text,
    pieces,
    structure,
    clauses: structure.clauses.map((clause) => read(clause, text, pieces, governs)),
    picked: new Set(queue.map((i) => structure.clauseOf[i]!)),
  }
  const told = new Set<number>()
  const done = new Set<number>()
  for (let i = queue.pop(); i !== undefined; i = queue.pop()) {
    if (told.has(i)) continue
    told.add(i)
    const at = structure.clauseOf[i]!
    queue.push(...withEnclosed(i, reading, governs), ...withinClause(i, at, reading, governs))
    if (done.has(at)) continue
    done.add(at)
    for (const other of governing(at, reading)) {
      if (!done.has(other)) queue.push(...reading.clauses[other]!.clause.pieces.slice(0, 1))
    }
    queue.push(...respectively(at, reading))
  }
  return told
}

function read(clause: Clause, text: string, pieces: readonly Span[], governs: Governors): Read {
  const own = clause.pieces.map((i) => pieces[i]!)
  const words = wordsOf(text).filter(
    ({ start, end, tag }) => tag !== 'x' && own.some((p) => p.start <= start && end <= p.end),
  )
  const dates = figures(clause.text).filter(({ kind }) => kind === 'date')
  const undated = words.filter(
    ({ start, end }) =>
      !dates.some((d) => clause.start + d.start < end && start < clause.start + d.end),
  )
  // 但是如果…: what joins clauses stands before what governs them.
  const joined = words.findIndex((word) => !governs('linking', [word]))
  const inner = words.slice(Math.max(0, joined))
  const has = (name: string) => governs(name, words)
  return {
    clause,
    words,
    // 1997年4月3日动工: a word alone behind a date is what happened.
    subject: dates.length > 0 && undated.length === 1 ? 'none' : subjectOf(undated, governs),
    frame: frameOf(inner, undated, governs),
    hasTime: timeBeforeVerb(words, undated),
    has,
  }
}

const wordsIn = (text: string, from: number, to: number) =>
  wordsOf(text).filter(({ start, end }) => from <= start && end <= to)

function frameOf(
  words: readonly Word[],
  undated: readonly Word[],
  governs: Governors,
): Frame | null {
  const has = (name: string) => governs(name, words)
  if (has('idle')) return 'idle'
  const isOfTime = (word: Word) => /^(?:t|tg|[mqf])/u.test(word.tag) || governs('time', [word])
  const timed = undated.length < words.length || words.some(({ tag }) => tag === 't') || has('time')
  if (timed && undated.every(isOfTime)) return 'time'
  if (has('purpose') || has('plain') || has('source')) return 'purpose'
  if (has('condition')) return 'condition'
  return has('phase') ? 'phase' : null
}

/** Whether a clause says when: a time behind its verb is a part of something else (2023年开放日活动). */
function timeBeforeVerb(words: readonly Word[], undated: readonly Word[]): boolean {
  const verb = words.find(isVerb)
  const times = words.filter((word) => word.tag === 't' || !undated.includes(word))
  return times.some((time) => verb === undefined || time.start < verb.start)
}

/** Both marks of a pair: a quoted phrase is told whole, words in a bracket with what it stands behind. */
function withEnclosed(
  i: number,
  { text, structure: { enclosed, clauseOf, clauses } }: Reading,
  governs: Governors,
): number[] {
  return enclosed.flatMap((pair) => {
    if (pair.kind === 'phrase' && pair.pieces.includes(i)) return pair.pieces
    const [inner] = pair.pieces
    if (pair.kind !== 'bracket' || inner === undefined) return []
    const host = clauses[clauseOf[inner]!]?.pieces.findLast((piece) => piece < inner)
    if (pair.pieces.includes(i)) return [...pair.pieces, ...(host === undefined ? [] : [host])]
    const names = governs('naming', wordsOf(text.slice(pair.start + 1, pair.end)))
    return host === i && !names ? pair.pieces : []
  })
}

/**
 * An item of a list is told with the first and the last, which have the words for all, and what a
 * bracket parts with both its halves; 分别 wants every item.
 */
function withinClause(
  i: number,
  at: number,
  { text, pieces, structure, clauses }: Reading,
  governs: Governors,
): readonly number[] {
  const { clause, has } = clauses[at]!
  const own = clause.pieces
  if (own.length < 2 || !own.includes(i)) return []
  if (has('respectively')) return own
  const at0 = own.indexOf(i)
  const neighbours = [own[at0 - 1], own[at0 + 1]].filter((k) => k !== undefined)
  const parted = neighbours.filter(
    (k) => !pausesBetween(text, pieces, structure, Math.min(i, k), Math.max(i, k)),
  )
  const governing = own.filter((k) => {
    const { start, end } = pieces[k]!
    return MODALITIES.some((name) => governs(name, wordsIn(text, start, end)))
  })
  return [own[0]!, own.at(-1)!, ...parted, ...governing]
}

/** Whether a mark parts two pieces, brackets between them aside. */
function pausesBetween(
  text: string,
  pieces: readonly Span[],
  { enclosed }: Structure,
  left: number,
  right: number,
): boolean {
  const brackets = enclosed.filter(({ kind }) => kind === 'bracket')
  for (let at = pieces[left]!.end; at < pieces[right]!.start; at++) {
    if (brackets.some(({ start, end }) => start <= at && at <= end)) continue
    if (/[\p{P}\n]/u.test(text[at]!)) return true
  }
  return false
}

/** The clauses that govern a clause. */
function governing(at: number, reading: Reading): number[] {
  return [
    ...conditions(at, reading),
    ...times(at, reading),
    ...subjects(at, reading),
    ...modality(at, reading),
    ...leaning(at, reading),
    ...limits(at, reading),
    ...lists(at, reading),
    ...speakers(at, reading),
    ...reporters(at, reading),
  ]
}

/** The clauses before one, the nearest first. */
const leftOf = (at: number) => Array.from({ length: at }, (_, k) => at - 1 - k)

/** Those of them that no `；` parts from it. */
function nearOf(at: number, { clauses }: Reading): number[] {
  return leftOf(at).filter((i) => clauses[i]!.clause.segment === clauses[at]!.clause.segment)
}

/** A condition holds for all behind it until another; 后 and 时 only for what leans on them. */
function conditions(at: number, reading: Reading): number[] {
  const { clauses } = reading
  const here = clauses[at]!
  const near = nearOf(at, reading)
  const first = near.find((i) => {
    const { frame } = clauses[i]!
    return frame === 'condition' || (frame === 'phase' && (i === at - 1 || here.subject !== 'full'))
  })
  if (first === undefined) return []
  // 因…，不具备…的: what leads up to a condition is a part of it.
  const before = near.filter((i) => i < first)
  const stop = before.findIndex((i) => isAnswer(i, clauses))
  return [first, ...(stop < 0 ? before : before.slice(0, stop))]
}

/** A clause that says what follows from the condition right before it. */
function isAnswer(i: number, clauses: readonly Read[]): boolean {
  const before = clauses[i - 1]
  const { frame, has } = clauses[i]!
  return (
    frame === null &&
    before?.frame === 'condition' &&
    before.clause.segment === clauses[i]!.clause.segment &&
    !has('joining')
  )
}

function times(at: number, { clauses }: Reading): number[] {
  if (clauses[at]!.hasTime) return []
  const frame = leftOf(at).find((i) => clauses[i]!.frame === 'time')
  return frame === undefined ? [] : [frame]
}

function subjects(at: number, reading: Reading): number[] {
  const { clauses } = reading
  const here = clauses[at]!
  if (here.subject === 'full' || here.frame === 'time' || here.frame === 'idle') return []
  const near = nearOf(at, reading).filter(
    (i) => clauses[i]!.frame === null && !isSlogan(i, reading),
  )
  const causes = near.includes(at - 1) && clauses[at - 1]!.has('causative') ? [at - 1] : []
  const beside = here.subject === 'property' ? near.slice(0, 1) : []
  const [named] = near.filter((i) => clauses[i]!.subject !== 'none')
  if (named !== undefined) {
    return [named, ...(reading.picked.has(named) ? [] : [near.at(-1)!]), ...causes, ...beside]
  }
  if (beside.length > 0) return beside
  if (nearOf(at, reading).some((i) => clauses[i]!.frame === 'condition')) return []
  // The first words of a sentence, or of a list, may name what all its parts speak of.
  const head = clauses.slice(0, at).findLastIndex(({ clause }) => clause.leads)
  const start = clauses.findIndex(
    ({ subject, frame, clause }, i) =>
      i > head &&
      subject === 'full' &&
      frame === null &&
      clause.segment === clauses[head + 1]!.clause.segment,
  )
  return start >= 0 && start < at ? [start] : []
}

/** 三是优化流程: the heading of an item says nothing that the item does not. */
function isSlogan(i: number, { clauses }: Reading): boolean {
  const { words, clause, subject } = clauses[i]!
  return subject === 'none' && clause.text.length <= LONGEST_SLOGAN && words[0]?.tag === 'm'
}

const LONGEST_SLOGAN = 10

const MODALITIES = ['plan', 'duty', 'encourage']

function modality(at: number, reading: Reading): number[] {
  const { clauses } = reading
  const here = clauses[at]!
  if (here.subject === 'full' || here.has('done') || MODALITIES.some(here.has)) return []
  const found = nearOf(at, reading).find((i) => MODALITIES.some(clauses[i]!.has))
  return found === undefined ? [] : [found]
}

/** 但, 其中, 较: what a clause leans on is told with it; so is 其中 with the parts that follow it. */
function leaning(at: number, reading: Reading): number[] {
  const { clauses } = reading
  const here = clauses[at]!
  if (here.has('dependent'))
    return leftOf(at)
      .filter((i) => clauses[i]!.frame === null)
      .slice(0, 1)
  const counts = !here.words.some(isVerb)
  return counts
    ? nearOf(at, reading)
        .filter((i) => clauses[i]!.has('part'))
        .slice(0, 1)
    : []
}

const isVerb = ({ tag }: Word) => /^v(?!n)/u.test(tag)

/** 某某表示，…: whoever says all that follows in his own words. */
function reporters(at: number, reading: Reading): number[] {
  const first = nearOf(at, reading).at(-1)
  if (first !== 0) return []
  const { subject, has, frame } = reading.clauses[0]!
  return frame === null && subject === 'full' && has('reports') ? [0] : []
}

/** What takes back or bounds a clause right behind it. */
function limits(at: number, { clauses }: Reading): number[] {
  const here = clauses[at]!
  const next = clauses[at + 1]
  if (!next || next.clause.segment !== here.clause.segment) return []
  const leans = next.subject !== 'full'
  const bounds =
    next.has('exclude') ||
    (leans && next.has('contrast')) ||
    (next.has('cap') && !here.has('cap')) ||
    (leans && (next.has('deadline') || (next.has('term') && here.has('begin'))))
  return bounds ? [at + 1] : []
}

/** A head that announces a list comes with it; an item that does not stand alone, with its head. */
function lists(at: number, { clauses, picked }: Reading): number[] {
  const here = clauses[at]!
  if (here.clause.leads) {
    const all = (here.has('promise') && picked.has(at)) || here.has('cumulative')
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
function standsAlone({ subject, words }: Read): boolean {
  if (subject !== 'full') return false
  const verb = words.some((word) => isVerb(word) || word.text === '为')
  return verb || !words.some(({ tag }) => /^m/u.test(tag))
}

/** 分别 ties a list to the one before it: both are told whole. */
function respectively(at: number, { clauses }: Reading): readonly number[] {
  const before = clauses[at - 1]?.clause.pieces ?? []
  return clauses[at]!.has('respectively') && before.length > 1 ? before : []
}

/** Who says the words of a quotation: the clause right behind it or right before. */
function speakers(at: number, { structure: { enclosed }, clauses }: Reading): number[] {
  const { clause } = clauses[at]!
  const speech = enclosed.find(
    ({ kind, start, end }) => kind === 'speech' && start <= clause.start && clause.end <= end + 1,
  )
  if (!speech) return []
  const after = clauses.findIndex((c) => c.clause.start > speech.end)
  const before = clauses.findLastIndex((c) => c.clause.end <= speech.start)
  return [after, before].filter((i) => i >= 0 && clauses[i]!.has('say')).slice(0, 1)
}
