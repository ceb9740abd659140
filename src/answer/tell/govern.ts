import type { Enclosed } from '../../language/clauses.ts'
import type { Governors } from '../../language/governors.ts'
import { type ReadSentence, readSentence } from '../../language/read-sentence.ts'
import { wordsOf } from '../../language/words.ts'
import type { Span } from '../../traced.ts'
import { belonging } from './belonging.ts'
import { NEEDS, type Needs, neededBy } from './needs.ts'
import { type Picked, respectively } from './relations.ts'

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
  picks: ReadonlySet<number> | readonly number[],
  governs: Governors,
  needs: Needs = NEEDS,
): Set<number> {
  const read = readSentence(text, pieces, governs)
  const { structure, clauses } = read
  const telling: Telling = { ...read, text, pieces }
  const sentence: Picked = {
    ...read,
    picked: new Set([...picks].map((i) => structure.clauseOf[i]!)),
  }
  const opening = (clause: number) => clauses[clause]!.clause.pieces[0]!
  const told = new Set<number>()
  let wanted = [...picks]
  while (wanted.length > 0) {
    for (let i = wanted.pop(); i !== undefined; i = wanted.pop()) {
      if (told.has(i)) continue
      told.add(i)
      const at = structure.clauseOf[i]!
      // A list's first and last item have the words for all, and what it counts counts every item.
      wanted.push(
        ...clauses[at]!.clause.pieces,
        ...withEnclosed(i, telling, governs),
        ...respectively(at, sentence),
      )
    }
    const all = new Set([...told].map((i) => structure.clauseOf[i]!))
    // What was added needs its own too: told again, the sentence must come out as it is.
    wanted = [...belonging(all, read), ...neededBy({ ...read, picked: all }, needs)]
      .map(opening)
      .filter((piece) => !told.has(piece))
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
