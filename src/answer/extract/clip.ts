import type { Candidate } from './candidate.ts'
import type { Facet } from './facet.ts'
import { holds } from './holds.ts'
import { normalize } from '../../retrieval/tokens.ts'

/** A sentence up to this length is quoted whole. */
const WHOLE = 120
/** Cutting less than this is not worth it. */
const WORTH = 25

/** What a later clause rests on: leaving it out would change what is said. */
const CONDITION =
  /^(?:除|如果?|若|凡|对(?!此|接|标)|针对|在.{2,20}(?:前提|情况|基础)下|只要|只有|仅|符合|经.{1,10}(?:后|审|批)|自.{1,12}起|截至|预计|计划|拟|力争|确保|建议|应|要|将|不|未|无|没)/u
/** What hangs on the clause before it. */
const HANGING =
  /^(?:其中|并|且|而|但|却|以及|从而|使|其|同时|均|也|又|还|则|便|就|因此|由此|即|及|较|同比|环比|增长|居|占|为|高于|低于|增速|位居|达|超|约)/u

/**
 * The stretch of a long sentence that answers: the fewest clauses side by side that keep what it has of
 * the question and what is wanted, with the conditions before them and the clause they hang on.
 */
export function clip({ text }: Candidate, facet: Facet): string {
  if (text.length <= WHOLE) return text
  const clauses = clausesOf(text)
  const worth = clauses.map((clause) => worthOf(clause, facet))
  const all = new Set(worth.flatMap((terms) => [...terms]))
  const need = sum(all, facet) * 0.95
  const wanted = facet.want !== null && holds(facet.want, text)
  let best: readonly [number, number] = [0, clauses.length]
  for (let from = 0; from < clauses.length; from++) {
    for (let to = from + 1; to <= clauses.length; to++) {
      const kept = new Set(worth.slice(from, to).flatMap((terms) => [...terms]))
      if (sum(kept, facet) < need) continue
      const part = clauses.slice(from, to).join('')
      if (wanted && facet.want && !holds(facet.want, part)) continue
      if (part.length < clauses.slice(...best).join('').length) best = [from, to]
      break
    }
  }
  let [from, to] = best
  while (from > 0 && HANGING.test(clauses[from]!.trimStart())) from--
  const condition = clauses.slice(0, from).findIndex((clause) => CONDITION.test(clause.trimStart()))
  if (condition >= 0) from = condition
  // A figure's rank and comparison stand in the clauses right after it.
  while (to < clauses.length && HANGING.test(clauses[to]!.trimStart()) && /\d/u.test(clauses[to]!))
    to++
  const part = clauses.slice(from, to).join('').trim()
  if (text.length - part.length < WORTH || unbalanced(part)) return text
  return part
}

function worthOf(clause: string, { terms }: Facet): Set<number> {
  const normal = normalize(clause)
  return new Set(
    terms.flatMap((term, i) =>
      normal.includes(term.text) || term.others.some((other) => normal.includes(other.text))
        ? [i]
        : [],
    ),
  )
}

function sum(indexes: ReadonlySet<number>, { terms }: Facet): number {
  return [...indexes].reduce((total, i) => total + terms[i]!.weight, 0)
}

/** Clauses with their comma; none is cut within quotes or brackets, nor within a figure. */
function clausesOf(text: string): string[] {
  const parts: string[] = []
  let open = 0
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (/[“「『（(《]/u.test(char)) open++
    else if (/[”」』）)》]/u.test(char)) open = Math.max(0, open - 1)
    const figure = char === ',' && /\d/.test(text[i - 1] ?? '') && /\d/.test(text[i + 1] ?? '')
    if (open === 0 && /[，,；;：:。]/u.test(char) && !figure) {
      parts.push(text.slice(from, i + 1))
      from = i + 1
    }
  }
  if (from < text.length) parts.push(text.slice(from))
  return parts
}

function unbalanced(text: string): boolean {
  const count = (signs: RegExp) => text.match(signs)?.length ?? 0
  return (
    count(/“/gu) !== count(/”/gu) ||
    count(/[（(]/gu) !== count(/[）)]/gu) ||
    count(/《/gu) !== count(/》/gu) ||
    count(/"/gu) % 2 === 1
  )
}
