import { compareFigures, sameUnit } from '../../language/compare-figures.ts'
import { bigrams, overlap } from '../../language/content.ts'
import { figures } from '../../language/figures.ts'
import type { Quantity } from '../../language/figures.ts'

/** A quantity with the words before it and after it, as far as the next quantity or the sentence's end. */
export interface Labelled {
  readonly figure: Quantity
  readonly before: ReadonlySet<string>
  readonly after: ReadonlySet<string>
  /** The last word of content before it: 放贷 of 放贷32笔; empty where there is none. */
  readonly beside: string
  /** The text from its sentence on, which tells one sentence from another. */
  readonly sentence: string
  /** The level named in its clause, or last before it in its sentence, and the region in its clause: 省级, 全市. */
  readonly level: string | null
  readonly region: string | null
}

/** A word after a counted figure says what is counted, one before it what is measured; else it may be either. */
const AFTER_WEIGHT = 1.5
const ACROSS_WEIGHT = 0.5
/** How much better another figure's words must fit before a figure counts as misplaced. */
const MARGIN = 1
const TIMES = 1.5
/** Words that fit a figure as well as its own need no comparison. */
const AS_ITSELF = 0.9

/**
 * A figure of the text that its quotes print, but for something else, or null: 审批时间压缩30% where they
 * say 编制成本降低30%，审批时间压缩20%. Found by the words around each figure of the same unit.
 */
export function misplacedFigure(text: string, quotes: readonly string[]): string | null {
  const printed = quotes.flatMap(labelled)
  const misplaced = labelled(text).find((said) => {
    if (changes(text, said.figure)) return false
    const same = printed.filter((p) => compareFigures(said.figure, p.figure) === 'same')
    const others = printed.filter(
      (p) =>
        sameUnit(said.figure.unit, p.figure.unit) &&
        !ofAnother(said, p) &&
        compareFigures(said.figure, p.figure) === 'differs',
    )
    if (same.length > 0 && same.every((p) => ofAnother(said, p))) return true
    if (same.length === 0 || others.length === 0) return false
    if (same.every((p) => !p.before.has(said.beside)) && others.some((p) => sameBeside(said, p))) {
      return true
    }
    const fit = (of: readonly Labelled[]) => Math.max(...of.map((p) => fitness(said, p)))
    // A subject said once for many figures counts for the first: among those of a sentence, what stands right before each decides.
    const beside = same.find((p) => sameBeside(said, p))
    if (beside && others.every((p) => p.sentence === beside.sentence && !sameBeside(said, p))) {
      return false
    }
    // Words between two figures count for both, so the very same words are looked at first.
    if (fit(same) >= AS_ITSELF * fitness(said, said)) return false
    return fit(others) >= Math.max(fit(same) + MARGIN, fit(same) * TIMES)
  })
  return (
    misplaced?.figure.printed ??
    reversed(
      text,
      printed.map((p) => p.figure),
    )
  )
}

/** Every quantity of a text with the words around it. */
export function labelled(text: string): Labelled[] {
  const found: Labelled[] = []
  const all = figures(text).filter((f) => f.kind === 'quantity')
  for (const [i, figure] of all.entries()) {
    const previous = all[i - 1]
    const from = Math.max(previous?.end ?? 0, sentenceStart(text, figure.start))
    const to = Math.min(all[i + 1]?.start ?? text.length, clauseEnd(text, figure.end))
    const before = bigrams(text.slice(from, figure.start))
    found.push({
      figure,
      // 申请223笔16.96亿元: the second figure measures what the first does.
      before: before.size > 0 || from === 0 ? before : (found.at(-1)?.before ?? before),
      after: bigrams(text.slice(figure.end, to)),
      sentence: text.slice(sentenceStart(text, figure.start)),
      beside: [...before].at(-1) ?? '',
      ...scopeOf(text, figure.start),
    })
  }
  return found
}

/** What a figure is of: the level and the region named last before it. */
function scopeOf(text: string, at: number): Pick<Labelled, 'level' | 'region'> {
  const sentence = text.slice(sentenceStart(text, at), at)
  const clause = sentence.slice(
    Math.max(...Array.from('，,', (mark) => sentence.lastIndexOf(mark) + 1)),
  )
  const levels = (of: string) => of.match(/国家级|省级|市级|县级/gu) ?? []
  const after = text.slice(at, clauseEnd(text, at))
  return {
    // 1个是国家级，7个是省级: named right after the figure, or else last before it.
    level: levels(clause).at(-1) ?? levels(after)[0] ?? levels(sentence).at(-1) ?? null,
    region: clause.match(/全球|全国|全省|全市|全县/gu)?.at(-1) ?? null,
  }
}

const sameBeside = (a: Labelled, b: Labelled) => a.beside !== '' && a.beside === b.beside

function ofAnother(a: Labelled, b: Labelled): boolean {
  const differ = (one: string | null, other: string | null) =>
    one !== null && other !== null && one !== other
  return differ(a.level, b.level) || differ(a.region, b.region)
}

/** How well the words around two figures fit: the more, the likelier both measure one thing. */
export function fitness(a: Labelled, b: Labelled): number {
  return (
    overlap(a.before, b.before) +
    (sameUnit(a.figure.unit, '个') ? AFTER_WEIGHT : ACROSS_WEIGHT) * overlap(a.after, b.after) +
    ACROSS_WEIGHT * (overlap(a.before, b.after) + overlap(a.after, b.before))
  )
}

/** 从4个减少到3个: what both measure is said once, only their order can be wrong. */
function changes(text: string, { start, end }: Quantity): boolean {
  return (
    /[从由](?:原来的?|过去的?)?$/u.test(text.slice(0, start)) ||
    /(?:从|由)[^。；]{0,16}[到至为]$/u.test(text.slice(Math.max(0, start - 20), start)) ||
    /^\p{Script=Han}{0,3}(?:减|增|降|升|提)\p{Script=Han}{0,2}[到至为]/u.test(text.slice(end))
  )
}

/** 从3个减少到4个, where the quotes go from 4 to 3. */
function reversed(text: string, printed: readonly Quantity[]): string | null {
  const all = figures(text).filter((f) => f.kind === 'quantity')
  const turned = all.find((a, i) => {
    const b = all[i + 1]
    if (!b || !/[从由]/u.test(text.slice(Math.max(0, a.start - 6), a.start))) return false
    if (!/[到至为]$/u.test(text.slice(0, b.start))) return false
    const first = printed.findIndex((p) => compareFigures(a, p) === 'same')
    const second = printed.findIndex((p) => compareFigures(b, p) === 'same')
    return first >= 0 && second >= 0 && first > second
  })
  return turned?.printed ?? null
}

function sentenceStart(text: string, at: number): number {
  return Math.max(...Array.from('。；！？;\n', (mark) => text.lastIndexOf(mark, at - 1) + 1))
}

function clauseEnd(text: string, at: number): number {
  const length = text.slice(at).search(/[，。；、！？,;\n（）()]/u)
  return length < 0 ? text.length : at + length
}
