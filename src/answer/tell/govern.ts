import type { Enclosed, Structure } from '../../language/clauses.ts'
import type { Governors } from '../../language/governors.ts'
import { isCounting, readSentence, wordsIn } from '../../language/read-sentence.ts'
import type { ReadSentence } from '../../language/read-sentence.ts'
import { wordsOf } from '../../language/words.ts'
import type { Span } from '../../traced.ts'
import { type Picked, MODALITIES, RELATIONS, respectively } from './relations.ts'

/** A sentence being told. */
interface Telling extends ReadSentence {
  readonly text: string
  readonly pieces: readonly Span[]
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
  const read = readSentence(text, pieces, governs)
  const { structure, clauses } = read
  const queue = [...picks]
  const telling: Telling = { ...read, text, pieces }
  const sentence: Picked = { ...read, picked: new Set(queue.map((i) => structure.clauseOf[i]!)) }
  const told = new Set<number>()
  const done = new Set<number>()
  for (let i = queue.pop(); i !== undefined; i = queue.pop()) {
    if (told.has(i)) continue
    told.add(i)
    const at = structure.clauseOf[i]!
    queue.push(...withEnclosed(i, telling, governs), ...withinClause(i, at, telling, governs))
    if (done.has(at)) continue
    done.add(at)
    for (const other of Object.values(RELATIONS).flatMap((relation) => relation(at, sentence))) {
      if (!done.has(other)) queue.push(...clauses[other]!.clause.pieces.slice(0, 1))
    }
    queue.push(...respectively(at, sentence))
  }
  return told
}

/** Both marks of a pair: a quoted phrase is told whole, words in a bracket with what it stands behind. */
function withEnclosed(
  i: number,
  { text, structure: { enclosed, clauseOf, clauses } }: Telling,
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
  { text, pieces, structure, clauses }: Telling,
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
