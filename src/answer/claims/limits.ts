import { type Clause, structureOf } from '../../language/clauses.ts'
import { figures } from '../../language/figures.ts'
import { governs } from '../../language/governors.ts'
import { negations } from '../../language/negations.ts'
import { subjectOf } from '../../language/subject.ts'
import { type Word, wordsOf } from '../../language/words.ts'
import type { Span } from '../../traced.ts'
import type { Sentence } from '../context/context.ts'

/** Frames that say why, not when or for whom. */
const IDLE = ['purpose', 'plain', 'source', 'idle']
/** Conjunctions: 同时 alone says nothing. */
const JOINS = /^c/u
const VERB = /^v(?!n)/u
/** Classes of words that limit what stands beside them. */
const LIMITING = [
  'if',
  'toward',
  'condition',
  'phase',
  'plan',
  'duty',
  'encourage',
  'exclude',
  'contrast',
  'cap',
  'deadline',
  'term',
  'restricting',
  'proposal',
  'respectively',
  'say',
  'reports',
]

/**
 * Of the pieces that telling puts back, those without which a claim says something else: a limit, a
 * time, whoever it is about. The others (the rest of a list, what is leant on, why) are context:
 * without them a claim says less.
 */
export function limits(
  i: number,
  { text, pieces }: Pick<Sentence, 'text' | 'pieces'>,
  kept: ReadonlySet<number>,
): boolean {
  const { clauseOf, clauses, enclosed } = structureOf(text, pieces)
  const clauseAt = (k: number) => clauses[clauseOf[k]!]!
  const words = wordsWithin(text, pieces[i]!)
  const has = (name: string) => governs(name, words)
  if (IDLE.some(has) || words.every(({ tag }) => JOINS.test(tag))) return false
  if (LIMITING.some(has) || negations(text.slice(pieces[i]!.start, pieces[i]!.end)).length > 0)
    return true
  if (isByline(i, text, pieces)) return false
  const own = clauseAt(i)
  const keptClauses = new Set([...kept].map(clauseAt))
  if (keptClauses.has(own)) {
    // 加快甲、乙等项目建设: what all items of a list share stands in its first or its last.
    const does = (k: number) => wordsWithin(text, pieces[k]!).some(({ tag }) => VERB.test(tag))
    if (i === own.pieces[0] && does(i)) return true
    const others = own.pieces.filter((k) => kept.has(k))
    if (i === own.pieces.at(-1) && does(i) && !others.some(does)) return true
    if (others.some((k) => isParted(text, pieces[Math.min(i, k)]!, pieces[Math.max(i, k)]!)))
      return true
  } else {
    const leads = own.start < Math.min(...[...keptClauses].map(({ start }) => start))
    if ((leads && !own.leads) || isTime(own, text) || namesSubject(own, text)) return true
  }
  return (
    [...keptClauses].some((clause) => governs('respectively', wordsWithin(text, clause))) ||
    enclosed.some(
      ({ kind, pieces: both }) =>
        kind === 'phrase' && both.includes(i) && both.some((k) => kept.has(k)),
    )
  )
}

/** 本报讯（记者 某某）: who reports it. */
function isByline(i: number, text: string, pieces: readonly Span[]): boolean {
  const next = pieces[i + 1]
  if (i > 0 || !next || !/[（(]/u.test(text.slice(pieces[0]!.end, next.start))) return false
  return governs('naming', wordsWithin(text, next))
}

const BRACKETED = /[（(][^（）()]*[）)]/gu

/** Whether nothing but a bracket stands between two pieces: 聚碳酸酯（PC）材料. */
const isParted = (text: string, left: Span, right: Span) =>
  !/[\p{P}\p{L}]/u.test(text.slice(left.end, right.start).replaceAll(BRACKETED, ''))

const wordsWithin = (text: string, { start, end }: Span) =>
  wordsOf(text).filter((w) => start <= w.start && w.end <= end && w.tag !== 'x')

/** A clause's words beside its dates. */
function undated(clause: Clause, text: string): Word[] {
  const dates = figures(clause.text).filter(({ kind }) => kind === 'date')
  return wordsWithin(text, clause).filter(
    ({ start, end }) =>
      !dates.some((d) => clause.start + d.start < end && start < clause.start + d.end),
  )
}

function isTime(clause: Clause, text: string): boolean {
  const words = undated(clause, text)
  const timed = words.length < wordsWithin(text, clause).length || words.some(isTimeWord)
  return timed && words.every((word) => isTimeWord(word) || /^[mqf]/u.test(word.tag))
}

const isTimeWord = (word: Word) => word.tag.startsWith('t') || governs('time', [word])

/** 其中7项居全省前列 speaks of a part; what follows speaks of the whole again. */
function namesSubject(clause: Clause, text: string): boolean {
  const words = undated(clause, text)
  return !clause.leads && !governs('part', words) && subjectOf(words, governs) === 'full'
}
