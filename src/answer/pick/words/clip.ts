import type { Candidate } from './candidate.ts'
import type { Facet } from './facet.ts'
import { holds } from './holds.ts'
import { normalize } from '../../../retrieval/tokens.ts'
import type { Chosen } from './chosen.ts'
import { type Stretch, within } from './stretch.ts'
import type { WantKind } from './wants.ts'

/** Clauses are cut from a longer sentence only: ordinarily, where several articles are told, where an explanation is asked for. */
const WHOLE = { ordinary: 90, several: 85, explained: 260 } as const
/** Cutting less than this is not worth it. */
const WORTH = 25
/** Figures side by side go together up to this length. */
const TOGETHER = 110

/** What a later clause rests on: leaving it out would change what is said. */
const CONDITION =
  /^(?:除|如果?|若|凡|对(?!此|接|标|照|比)|针对|在.{2,20}(?:前提|情况|基础)下|只要|只有|符合|经.{1,10}(?:后|审|批)|自.{1,12}起|预计|计划|拟|力争|确保)/u
/** What hangs on the clause before it. */
const HANGING =
  /^(?:其中|并|且|而|但|却|以及|从而|使|其|同时|均|也|又|还|则|便|就|因此|由此|即|及|较|同比|环比|增长|居|占|为|高于|低于|增速|位居|达|超|约)/u
const FIGURED = /\d/u
/** Who reports; the source says so, too. */
const LEAD = /^本报讯\s*(?:[（(][^）)\n]{0,40}[）)])?/u
const HEADING =
  /^(?:（[一二三四五六七八九十]{1,2}）|[一二三四五六七八九十]{1,2}[、是要]|[1-9][.．、])?[^，。；：\d]{3,20}(?:，[^，。；：\d]{3,16})?。\s*(?=\S)/u
const EXPLAINS: ReadonlySet<WantKind> = new Set(['meaning', 'how', 'whether', 'reason'])
const COUNTS: ReadonlySet<WantKind> = new Set(['count', 'money', 'share', 'rank', 'duration'])

/**
 * The part of a candidate that is told. Of a long sentence the fewest clauses side by side that
 * keep what it has of the question and what is wanted, with the conditions before them, the clause
 * they hang on, and the figures beside theirs.
 */
export function clip({ candidate, facet, whole }: Chosen, several: boolean): Stretch {
  const kind = facet.want?.kind
  const explained = kind !== undefined && EXPLAINS.has(kind)
  const bound = several ? WHOLE.several : explained ? WHOLE.explained : WHOLE.ordinary
  const limit = kind === 'meaning' ? WHOLE.explained : bound
  if (whole) return candidate
  if (candidate.text.length > limit) return clipped(candidate, facet, limit)
  const start = idleLength(candidate.text, facet)
  return within(candidate, { start, end: candidate.text.length })
}

/** How much in front says nothing: who reports, a heading with no word of the facet that what follows lacks. */
function idleLength(text: string, facet: Facet): number {
  const [heading = ''] = HEADING.exec(text) ?? []
  const told = worthOf(text.slice(heading.length), facet)
  if ([...worthOf(heading, facet)].every((term) => told.has(term)) && heading) return heading.length
  return LEAD.exec(text)?.[0].length ?? 0
}

/** The same of a candidate that is longer than a limit; a shorter one as it is. */
export function clipped(candidate: Candidate, facet: Facet, limit: number): Stretch {
  const { text } = candidate
  if (text.length <= limit) return candidate
  const kind = facet.want?.kind
  const clauses = clausesOf(text)
  let [from, to] = fewest(clauses, text, facet)
  while (from > 0 && HANGING.test(clauses[from]!.trimStart())) from--
  const condition = clauses.slice(0, from).findLastIndex((clause) => /[；;。]$/u.test(clause)) + 1
  if (condition < from && CONDITION.test(clauses[condition]!.trimStart())) from = condition
  const length = () => clauses.slice(from, to).join('').length
  const goesOn = (clause: string | undefined) =>
    clause !== undefined &&
    (HANGING.test(clause.trimStart()) || (kind !== undefined && COUNTS.has(kind))) &&
    FIGURED.test(clause)
  while (goesOn(clauses[to]) && length() < TOGETHER) to++
  const part = clauses.slice(from, to).join('')
  if (text.length - part.trim().length < WORTH || unbalanced(part)) return candidate
  const start = clauses.slice(0, from).join('').length
  return within(candidate, { start, end: start + part.length })
}

/** The fewest clauses side by side with nearly all that the sentence has of the facet. */
function fewest(clauses: readonly string[], text: string, facet: Facet): [number, number] {
  const worth = clauses.map((clause) => worthOf(clause, facet))
  const need = sum(new Set(worth.flatMap((terms) => [...terms])), facet) * 0.95
  const wanted = facet.want !== null && holds(facet.want, text)
  let best: [number, number] = [0, clauses.length]
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
  return best
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
