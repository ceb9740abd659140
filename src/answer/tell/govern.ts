import { type Clause, type Enclosed, type Structure, structureOf } from '../../language/clauses.ts'
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
  /** Whether it begins with the number of an item (一是). */
  readonly numbered: boolean
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
  const { structure, clauses } = readSentence(text, pieces, governs)
  const queue = [...picks]
  const picked = new Set(queue.map((i) => structure.clauseOf[i]!))
  const reading: Reading = { text, pieces, structure, clauses, picked }
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

type SentenceRead = Pick<Reading, 'structure' | 'clauses'>

/** What was read of a sentence is kept with its pieces: the same are told many times. */
const kept = new WeakMap<
  readonly Span[],
  { readonly governs: Governors; readonly read: SentenceRead }
>()

function readSentence(text: string, pieces: readonly Span[], governs: Governors): SentenceRead {
  const before = kept.get(pieces)
  if (before?.governs === governs) return before.read
  const structure = structureOf(text, pieces)
  const titles = structure.enclosed.filter(({ open }) => open === '《')
  const clauses = structure.clauses.map((clause) => read(clause, titles, text, pieces, governs))
  kept.set(pieces, { governs, read: { structure, clauses } })
  return { structure, clauses }
}

function read(
  clause: Clause,
  titles: readonly Span[],
  text: string,
  pieces: readonly Span[],
  governs: Governors,
): Read {
  const own = clause.pieces.map((i) => pieces[i]!)
  const words = wordsOf(text).filter(
    ({ start, end, tag }) => tag !== 'x' && own.some((p) => p.start <= start && end <= p.end),
  )
  // 一是…, 但是如果…: what counts and what joins stands before what governs.
  const numbered = governs('numbering', words.slice(0, 2)) && words[0]!.tag === 'm' ? 2 : 0
  const joined = words.findIndex((word, i) => i >= numbered && !governs('linking', [word]))
  const inner = words.slice(Math.max(0, joined))
  const dates = figures(clause.text).filter(({ kind }) => kind === 'date')
  const undated = inner.filter(
    ({ start, end }) =>
      !dates.some((d) => clause.start + d.start < end && start < clause.start + d.end),
  )
  // A document's title is a name, whatever it says.
  const saying = words.filter(
    ({ start, end }) => !titles.some((t) => t.start < start && end <= t.end),
  )
  const has = (name: string) => governs(name, saying)
  return {
    clause,
    words,
    numbered: numbered > 0,
    // 1997年4月3日动工: a word alone behind a date is what happened.
    subject: dates.length > 0 && undated.length === 1 ? 'none' : subjectOf(undated, governs),
    frame: frameOf(inner, undated, governs),
    hasTime: timeBeforeVerb(inner, undated),
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
  if (has('idle') || (words.length === 1 && has('part'))) return 'idle'
  const isOfTime = (word: Word) => /^(?:t|tg|[mqf])/u.test(word.tag) || governs('time', [word])
  const timed = undated.length < words.length || words.some(({ tag }) => tag === 't') || has('time')
  if (timed && undated.every(isOfTime)) return 'time'
  if (
    has('plain') ||
    has('source') ||
    (has('purpose') && !words.some(isCounting) && !has('happened'))
  )
    return 'purpose'
  if (has('condition') || has('if') || (has('toward') && endsInNoun(words))) return 'condition'
  return has('phase') ? 'phase' : null
}

/** 对认定的中试基地: no more than a noun; not 对企业发放补贴. */
function endsInNoun(words: readonly Word[]): boolean {
  const of = words.findLastIndex(({ tag }) => tag === 'uj')
  return !words.slice(of + 1).some(isVerb)
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
    return host === i && bounds(text, pair, governs) ? pair.pieces : []
  })
}

/** A bracket that bounds what stands before it (不含土地), or is a part of a word: 县（区）级. */
function bounds(text: string, { start, end }: Enclosed, governs: Governors): boolean {
  const inside = text.slice(start + 1, end)
  const within = inside.length <= 3 && /[\p{L}\p{N}、]/u.test(text.charAt(end + 1))
  const words = wordsOf(inside)
  return within || (governs('restricting', words) && !governs('naming', words))
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
  const { clause, has, frame } = clauses[at]!
  const own = clause.pieces
  if (own.length < 2 || !own.includes(i)) return []
  // Of a condition every item counts.
  if (has('respectively') || frame === 'condition') return own
  const at0 = own.indexOf(i)
  const neighbours = [own[at0 - 1], own[at0 + 1]].filter((k) => k !== undefined)
  const parted = neighbours.filter(
    (k) => !pausesBetween(text, pieces, structure, Math.min(i, k), Math.max(i, k)),
  )
  const governing = own.filter((k) => {
    const { start, end } = pieces[k]!
    return MODALITIES.some((name) => governs(name, wordsIn(text, start, end)))
  })
  // 股份合作式、村集体经营式等企业11家、…: the first of what is counted may itself be a list.
  const counts = own.findIndex((k) =>
    wordsIn(text, pieces[k]!.start, pieces[k]!.end).slice(-2).some(isCounting),
  )
  const head = counts > 0 && counts < at0 ? own.slice(0, counts + 1) : own.slice(0, 1)
  return [...head, own.at(-1)!, ...parted, ...governing]
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
    ...scopes(at, reading),
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
function sharedFrames(condition: number, clauses: readonly Read[]): number[] {
  if (clauses[condition]!.frame !== 'condition') return []
  const firstAnswer = clauses.findIndex(({ frame }) => frame === null)
  return clauses
    .map((_, i) => i)
    .filter((i) => i < firstAnswer - 1 && i < condition && clauses[i]!.frame !== 'idle')
}

/** A clause that says what follows from the condition right before it. */
function isAnswer(i: number, clauses: readonly Read[]): boolean {
  const before = clauses[i - 1]
  const { frame, has, clause } = clauses[i]!
  return (
    frame === null &&
    before?.frame === 'condition' &&
    before.clause.segment === clause.segment &&
    !has('joining')
  )
}

function times(at: number, { clauses }: Reading): number[] {
  if (clauses[at]!.hasTime) return []
  const frame = leftOf(at).find((i) => clauses[i]!.frame === 'time')
  return frame === undefined ? [] : [frame]
}

/** What a clause speaks of, where it does not say it itself. */
function subjects(at: number, reading: Reading): number[] {
  const { clauses, picked } = reading
  const here = clauses[at]!
  if ((here.frame !== null && here.frame !== 'purpose') || here.subject === 'full') return []
  const near = nearOf(at, reading).filter(
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
  if (nearOf(at, reading).some((i) => clauses[i]!.frame === 'condition')) return []
  const start = firstNamed(at, clauses)
  return start === undefined ? [] : [start]
}

/** 该市…，高新技术企业达到123家: where the sentence opens with whose figures these are. */
function scopes(at: number, reading: Reading): number[] {
  const { clauses, picked } = reading
  const here = clauses[at]!
  if (here.frame !== null || here.subject !== 'full' || isNamed(here)) return []
  const opening = nearOf(at, reading).findLast((i) => clauses[i]!.frame === null)
  if (opening === undefined || picked.has(opening)) return []
  const { subject } = clauses[opening]!
  return subject === 'full' && isNamed(clauses[opening]!) ? [opening] : []
}

const isNamed = ({ words, has }: Read) =>
  has('whole-place') || words.some(({ tag }) => /^(?:ns|nt|nr)/u.test(tag))

/** The first words of a sentence, or of a list, may name what all its parts speak of. */
function firstNamed(at: number, clauses: readonly Read[]): number | undefined {
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
const isSlogan = ({ numbered, subject, clause }: Read) =>
  numbered && subject === 'none' && clause.text.length <= LONGEST_SLOGAN

const LONGEST_SLOGAN = 10

const MODALITIES = ['plan', 'duty', 'encourage', 'negation']

function modality(at: number, reading: Reading): number[] {
  const { clauses } = reading
  const here = clauses[at]!
  if (here.frame !== null || here.subject === 'full') return []
  if (here.has('done') || MODALITIES.some(here.has)) return []
  const found = nearOf(at, reading).find((i) => MODALITIES.some(clauses[i]!.has))
  return found === undefined ? [] : [found]
}

/** 但, 其中, 较: what a clause leans on is told with it; so is 其中 with the parts that follow it. */
function leaning(at: number, reading: Reading): number[] {
  const { clauses } = reading
  const here = clauses[at]!
  const before = leftOf(at).filter((i) => clauses[i]!.frame === null)
  if (here.has('dependent') || here.has('anaphor')) return before.slice(0, 1)
  // 其中A2家，B3家: each part that is counted belongs to the whole.
  const parts = nearOf(at, reading).findIndex((i) => clauses[i]!.has('part'))
  const counted = (i: number) => clauses[i]!.words.some(isCounting)
  const all =
    parts >= 0 &&
    leftOf(at + 1)
      .slice(0, parts + 1)
      .every(counted)
  return all ? [at - 1 - parts] : []
}

const isCounting = ({ tag }: Word) => tag === 'm'
const isVerb = ({ tag }: Word) => /^v(?!n)/u.test(tag)

/** 某某表示，…: whoever says all that follows in his own words. */
function reporters(at: number, reading: Reading): number[] {
  const first = nearOf(at, reading).at(-1)
  if (first !== 0) return []
  const { subject, has, frame } = reading.clauses[0]!
  return frame === null && subject === 'full' && has('reports') ? [0] : []
}

/** What takes back or bounds a clause: right behind it, or where what begins ends. */
function limits(at: number, reading: Reading): number[] {
  const { clauses } = reading
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
  const about = [here, ...nearOf(at, reading).map((i) => clauses[i]!)]
  const bounds =
    next.has('exclude') ||
    ((leans || sharesWords(about, next)) && next.has('contrast')) ||
    (next.has('cap') && !here.has('cap') && (leans || sharesWords(about, next))) ||
    (leans && (next.has('deadline') || (next.has('term') && here.has('begin'))))
  return bounds ? [at + 1, ...ends] : ends
}

/** Whether clauses have a pair of characters in common, numbers apart. */
function sharesWords(some: readonly Read[], other: Read): boolean {
  const pairsOf = ({ words }: Read) =>
    words
      .filter(({ tag }) => /^(?:n|vn|v|j|l|an)/u.test(tag))
      .flatMap(({ text }) =>
        Array.from(text, (_, i) => text.slice(i, i + 2)).filter((p) => p.length === 2),
      )
  const known = new Set(some.flatMap(pairsOf))
  return pairsOf(other).some((pair) => known.has(pair))
}

/** A head that announces a list comes with it; an item that does not stand alone, with its head. */
function lists(at: number, { clauses, picked }: Reading): number[] {
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

/** Who says the words of a quotation: a clause right behind it or right before. */
function speakers(at: number, { structure: { enclosed }, clauses }: Reading): number[] {
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
