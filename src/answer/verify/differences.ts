import { fitness, labelled } from './attachment.ts'
import { sameUnit } from '../../language/compare-figures.ts'
import { checkFigures } from './check-figures.ts'
import type { Cited } from './check-figures.ts'
import { clauses } from './clauses.ts'
import { bigrams, overlap } from '../../language/content.ts'
import { figures } from '../../language/figures.ts'
import type { Figure } from '../../language/figures.ts'
import { fold, unfold } from '../../language/fold.ts'
import { namesIn } from '../../language/names.ts'
import { wayOf } from './check-direction.ts'
import { negations } from '../../language/negations.ts'
import { findKnown } from '../../retrieval/thesaurus.ts'

/** What a text says and what its source prints instead. */
export interface Difference {
  readonly claimed: string
  readonly printed: string
}

/** A stretch of one text that stands in place of a stretch of another; either may be empty. */
interface Replaced {
  readonly said: { readonly start: number; readonly end: number }
  readonly printed: { readonly start: number; readonly end: number }
}

/** Texts of which so much is alike, in order, are one sentence with words exchanged. */
const VERBATIM = 0.82
/** What is exchanged is a word, a name, a figure; more is another clause. */
const LONGEST_EXCHANGED = 24
/** A sentence with more words exchanged than so is worded anew. */
const MAX_EXCHANGED = 2

/**
 * What a text says otherwise than the words it comes from: its figures that they do not print, each
 * beside the one that stands for it, then exchanged names and negations, then, when nothing smaller
 * differs, the clause.
 */
export function differences(text: string, cited: Cited): Difference[] {
  const found = [...changedFigures(text, cited), ...exchangedWords(text, cited.quote)]
  const distinct = found.filter(
    (d, i) =>
      found.findIndex(
        (o) =>
          o.claimed.includes(d.claimed) &&
          o.printed.includes(d.printed) &&
          (o.claimed !== d.claimed || found.indexOf(o) < i),
      ) < 0,
  )
  return distinct.length > 0 ? distinct : changedClause(text, cited.quote)
}

/**
 * Whether a text repeats a stretch of a source but for one or two words that were exchanged, and not
 * for others that mean the same.
 */
export function exchangesWords(text: string, source: string): boolean {
  const { replaced, alike } = compare(text, source)
  const exchanged = replaced.filter(({ said, printed }) => {
    const a = text.slice(said.start, said.end)
    const b = source.slice(printed.start, printed.end)
    return han(a) >= 2 && han(b) >= 2 && !source.includes(a) && !meanAlike(a, b)
  })
  return alike >= VERBATIM && exchanged.length > 0 && exchanged.length <= MAX_EXCHANGED
}

/** So much of a clause is alike when it repeats another with a word exchanged. */
const REPEATED = 0.72

/** What stands in place of what in a clause that else repeats another. */
export function replacements(
  text: string,
  source: string,
): { readonly said: string; readonly printed: string }[] {
  const { replaced, alike } = compare(text, source)
  if (alike < REPEATED) return []
  return replaced.map(({ said, printed }) => ({
    said: text.slice(said.start, said.end),
    printed: source.slice(printed.start, printed.end),
  }))
}

function changedFigures(text: string, cited: Cited): Difference[] {
  const printed = labelled(cited.quote)
  const said = labelled(text)
  return figures(text).flatMap((figure) => {
    if (checkFigures(figure.printed, [cited]).unsupported.length === 0) return []
    const own = said.find((s) => s.figure.start === figure.start)
    const closest = own
      ? printed
          .filter((p) => sameUnit(p.figure.unit, own.figure.unit))
          .toSorted((a, b) => fitness(own, b) - fitness(own, a))[0]?.figure
      : sameKind(figure, cited.quote)
    const other = closest ?? sameKind(figure, cited.quote)
    return other ? [{ claimed: figure.printed, printed: other.printed }] : []
  })
}

function sameKind(figure: Figure, quote: string): Figure | undefined {
  return figures(quote).find((f) => f.kind === figure.kind && f.printed !== figure.printed)
}

/** Exchanged stretches, widened to the whole name, figure or negation that they are part of. */
function exchangedWords(text: string, source: string): Difference[] {
  const { replaced, alike } = compare(text, source)
  if (alike < VERBATIM) return []
  const units = { said: wholes(text), printed: wholes(source) }
  return replaced.flatMap(({ said, printed }) => {
    const a = whole(said, units.said) ?? said
    const b = whole(printed, units.printed) ?? printed
    const oneSided = said.start === said.end || printed.start === printed.end
    const [claimed, stands] = oneSided
      ? [around(text, a), around(source, b)]
      : [text.slice(a.start, a.end), source.slice(b.start, b.end)]
    if (claimed === stands || Math.max(claimed.length, stands.length) > LONGEST_EXCHANGED) return []
    if (oneSided && negations(claimed).length === negations(stands).length) return []
    return meanAlike(claimed, stands) ? [] : [{ claimed, printed: stands }]
  })
}

/** A stretch that only one text has is shown with the words beside it, which both have. */
const around = (text: string, { start, end }: Whole) => text.slice(Math.max(0, start - 3), end + 4)

type Whole = { readonly start: number; readonly end: number }

function wholes(text: string): Whole[] {
  return [
    ...figures(text),
    ...namesIn(text),
    ...negations(text).map(({ start, end }) => ({ start, end: Math.min(text.length, end + 2) })),
  ]
}

/** The widest unit that a stretch lies in or cuts, together with the stretch. */
function whole({ start, end }: Whole, units: readonly Whole[]): Whole | null {
  const touched = units.filter((u) => u.start < Math.max(end, start + 1) && u.end > start)
  if (touched.length === 0) return null
  return {
    start: Math.min(start, ...touched.map((u) => u.start)),
    end: Math.max(end, ...touched.map((u) => u.end)),
  }
}

function changedClause(text: string, source: string): Difference[] {
  const printed = clauses(source).map((c) => ({ text: c.text, grams: bigrams(c.text) }))
  const worst = clauses(text)
    .map((clause) => {
      const grams = bigrams(clause.text)
      const best = printed.toSorted((a, b) => overlap(grams, b.grams) - overlap(grams, a.grams))[0]
      return {
        claimed: clause.text,
        printed: best?.text ?? '',
        alike: best ? overlap(grams, best.grams) / Math.max(1, grams.size) : 0,
      }
    })
    .filter((d) => fold(d.claimed).text !== fold(d.printed).text)
    .toSorted((a, b) => a.alike - b.alike)[0]
  return worst ? [{ claimed: worst.claimed, printed: worst.printed }] : []
}

/** Everyday and official words for one thing, as retrieval knows them, and words that go the same way. */
export function meanAlike(a: string, b: string): boolean {
  if (a.includes(b) || b.includes(a)) return true
  const related = findKnown(a).flatMap((known) => known.others)
  return related.some((word) => b.includes(word)) || (wayOf(a) !== null && wayOf(a) === wayOf(b))
}

/**
 * The stretches in which a text differs from the part of a source that it covers, by their longest
 * common subsequence, and how much of the longer of both is alike.
 */
function compare(text: string, source: string): { replaced: Replaced[]; alike: number } {
  const a = fold(text)
  const b = fold(source)
  const matched = align(a.text, b.text)
  const [first] = matched
  const last = matched.at(-1)
  if (!first || !last) return { replaced: [], alike: 0 }
  // What is exchanged at either end stands for as much of the source beside the part that is alike.
  const tail = Math.min(b.text.length, last[1] + a.text.length - last[0])
  const ends = [...matched, [a.text.length, tail] as const]
  let [i, j] = [0, Math.max(0, first[1] - first[0])]
  const replaced: Replaced[] = []
  for (const [nextI, nextJ] of ends) {
    if (nextI > i || nextJ > j) {
      replaced.push({ said: unfold(a, i, nextI), printed: unfold(b, j, nextJ) })
    }
    ;[i, j] = [nextI + 1, nextJ + 1]
  }
  const covered = last[1] - first[1] + 1
  return { replaced, alike: matched.length / Math.max(a.text.length, covered) }
}

/** The places, in both, of a longest common subsequence. */
function align(a: string, b: string): (readonly [number, number])[] {
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  const matched: (readonly [number, number])[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) matched.push([i++, j++])
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++
    else j++
  }
  return matched
}

const han = (text: string) => text.match(/\p{Script=Han}/gu)?.length ?? 0
