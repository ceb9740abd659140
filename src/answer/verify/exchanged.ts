import { aligned } from './align-clauses.ts'
import { clauses } from './clauses.ts'
import { compareFigures } from '../../language/compare-figures.ts'
import { contentCharacters } from '../../language/content.ts'
import { meanAlike, replacements } from './differences.ts'
import { figures } from '../../language/figures.ts'
import type { Figure } from '../../language/figures.ts'
import { fold } from '../../language/fold.ts'
import { namesIn } from '../../language/names.ts'
import { negations } from '../../language/negations.ts'
import { wayOf } from './check-direction.ts'

/** A word on which what is said turns, and the words it may not be exchanged for. */
interface Pivot {
  readonly start: number
  readonly end: number
  /** What it is exchanged within, as the one character it is masked by. */
  readonly mask: string
  readonly text: string
  readonly figure: Figure | null
}

export interface Exchanged {
  readonly kind: 'figure' | 'name' | 'extent' | 'direction' | 'plan'
  readonly said: string
  readonly printed: string
}

const FIGURE = '\uE000'
const NAME = '\uE008'
const FAMILIES: readonly (readonly [string, Exchanged['kind'], RegExp])[] = [
  ['\uE001', 'extent', /国家级|省级|市级|县级|区级|镇级|村级/gu],
  ['\uE002', 'extent', /全球|全国|全省|全市|全县|全区/gu],
  ['\uE003', 'extent', /以上|以下|以内|之内|以外|之外/gu],
  [
    '\uE004',
    'direction',
    /增长|增加|上升|提高|提升|扩大|上涨|上调|下降|减少|降低|下滑|回落|缩减|压缩|缩短|下跌|下调/gu,
  ],
  ['\uE005', 'plan', /预计|计划|力争|有望|拟|即将|将|已经|已/gu],
  ['\uE006', 'extent', /最高|最低|最多|最少|最大|最小/gu],
  ['\uE007', 'extent', /高于|低于|多于|少于|大于|小于|超过|不足/gu],
  ['\uE009', 'extent', /同比|环比/gu],
  ['\uE00A', 'figure', /今年|去年|前年|上年|明年/gu],
]

/** Fewer letters around its pivots do not show that a clause repeats another. */
const MIN_LETTERS = 4

/**
 * What was exchanged in a text that else repeats its quotes word for word, or null: a figure, a year,
 * a level or region, more for less, a plan for what is done. Each clause is looked for with these
 * words masked; where it stands, they must be the same.
 */
export function exchangedPivot(text: string, quotes: readonly string[]): Exchanged | null {
  // Names are found less surely than words, so they are masked in a second look only.
  return exchangedIn(text, quotes, wordPivots) ?? exchangedIn(text, quotes, namePivots)
}

/**
 * A word put in another's place in a clause that else repeats its quote, or null: 商标授权量 for
 * 专利授权量. What the quotes have elsewhere, or a word that means the same, is none.
 */
export function exchangedWord(
  text: string,
  quotes: readonly string[],
  around: readonly string[],
): { readonly said: string; readonly printed: string } | null {
  const known = lettersOf([...quotes, ...around].join('\n'))
  const exchanged = aligned(text, quotes).flatMap(({ said, source }) =>
    replacements(said, source).filter(
      (r) =>
        isWord(r.said) &&
        isWord(r.printed) &&
        !known.includes(r.said) &&
        !text.includes(r.printed) &&
        !meanAlike(r.said, r.printed),
    ),
  )
  return exchanged[0] ?? null
}

/** A word or two with content of their own, no figure and no negation: those are held by rules of their own. */
const isWord = (text: string) =>
  /^\p{Script=Han}{2,4}$/u.test(text) &&
  contentCharacters(text).length >= 2 &&
  negations(text).length === 0 &&
  figures(text).length === 0

function exchangedIn(
  text: string,
  quotes: readonly string[],
  pivotsOf: (text: string) => Pivot[],
): Exchanged | null {
  const printed = quotes.map((quote) => masked(quote, pivotsOf(quote)))
  const parts = clauses(text)
  const windows = parts.flatMap((clause, i) => {
    const next = parts[i + 1]
    return next ? [clause.text, text.slice(clause.start, next.end)] : [clause.text]
  })
  for (const window of windows) {
    const said = masked(window, pivotsOf(window))
    if (said.pivots.length === 0 || said.text.length - said.pivots.length < MIN_LETTERS) continue
    const repeated = printed.flatMap((source) => occurrences(said.text, source))
    if (repeated.length === 0) continue
    const different = repeated.map((pivots) =>
      said.pivots.findIndex((p, i) => !same(p, pivots[i]!)),
    )
    if (different.includes(-1)) continue
    const at = different[0]!
    const pivot = said.pivots[at]!
    return { kind: kindOf(pivot), said: pivot.text, printed: repeated[0]![at]!.text }
  }
  return null
}

/** A text's letters, each pivot as one character, and the pivots in order. */
function masked(
  text: string,
  pivots: readonly Pivot[],
): { text: string; pivots: readonly Pivot[] } {
  let out = ''
  let from = 0
  for (const pivot of pivots) {
    out += lettersOf(text.slice(from, pivot.start)) + pivot.mask
    from = pivot.end
  }
  return { text: out + lettersOf(text.slice(from)), pivots }
}

function wordPivots(text: string): Pivot[] {
  const numbers: Pivot[] = figures(text).map((figure) => ({
    start: figure.start - (figure.kind === 'quantity' ? figure.hedge.length : 0),
    end: figure.end,
    mask: FIGURE,
    text: figure.printed,
    figure,
  }))
  const words = FAMILIES.flatMap(([mask, , pattern]) =>
    [...text.matchAll(pattern)].map((m) => ({
      start: m.index,
      end: m.index + m[0].length,
      mask,
      text: m[0],
      figure: null,
    })),
  )
  const free = words.filter((word) => !numbers.some((n) => overlaps(n, word)))
  return [...numbers, ...free].toSorted((a, b) => a.start - b.start)
}

function namePivots(text: string): Pivot[] {
  return namesIn(text)
    .toSorted((a, b) => b.end - b.start - (a.end - a.start))
    .map(({ start, end }) => ({
      start,
      end,
      mask: NAME,
      text: text.slice(start, end),
      figure: null,
    }))
    .reduce<Pivot[]>((kept, p) => (kept.some((k) => overlaps(k, p)) ? kept : [...kept, p]), [])
    .toSorted((a, b) => a.start - b.start)
}

const overlaps = (a: Pivot, b: Pivot) => a.start < b.end && a.end > b.start

const lettersOf = (text: string) => fold(text).text.replace(/[^\p{L}\p{N}]/gu, '')

/** The pivots of a source wherever it repeats a masked text. */
function occurrences(wanted: string, source: ReturnType<typeof masked>): (readonly Pivot[])[] {
  const found: (readonly Pivot[])[] = []
  const count = pivotsIn(wanted)
  for (let at = source.text.indexOf(wanted); at >= 0; at = source.text.indexOf(wanted, at + 1)) {
    const first = pivotsIn(source.text.slice(0, at))
    found.push(source.pivots.slice(first, first + count))
  }
  return found
}

const pivotsIn = (text: string) => text.match(/[\uE000-\uE00A]/gu)?.length ?? 0

function same(a: Pivot, b: Pivot): boolean {
  if (a.figure && b.figure) return compareFigures(a.figure, b.figure) === 'same'
  if (a.text === b.text) return true
  if (a.mask === NAME)
    return a.text.includes(b.text) || b.text.includes(a.text) || sameLetters(a, b)
  const way = wayOf(a.text)
  return kindOf(a) === 'direction' && way !== null && way === wayOf(b.text)
}

const sameLetters = (a: Pivot, b: Pivot) => lettersOf(a.text) === lettersOf(b.text)

function kindOf({ mask }: Pivot): Exchanged['kind'] {
  if (mask === NAME) return 'name'
  return FAMILIES.find(([family]) => family === mask)?.[1] ?? 'figure'
}
