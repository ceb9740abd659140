import type { ArticleDate } from '../../corpus.ts'
import { negate } from '../../language/decimal.ts'
import { compareFigures } from '../../language/compare-figures.ts'
import { figures } from '../../language/figures.ts'
import type { Figure } from '../../language/figures.ts'
import { foldWidth } from '../../language/fold.ts'
import { numerals } from '../../language/numerals.ts'

/** Words that are cited, and the date of the article they stand in. */
export interface Cited {
  readonly quote: string
  readonly date: Pick<ArticleDate, 'value'>
}

export interface FigureCheck {
  /** The text with its figures as the quotes print them. */
  readonly text: string
  readonly rewritten: readonly { readonly written: string; readonly printed: string }[]
  /** Numbers of the text as it was given that no quote prints, though one may say the same. */
  readonly unprinted: readonly string[]
  /** Figures that no quote says, in words for whoever wrote them. */
  readonly unsupported: readonly string[]
}

/**
 * Holds every figure of a text against the quotes it cites: one that stands there as printed stays,
 * one that says the same in another form (28600万元 for 2.86亿元) is replaced by what is printed, and any
 * other is unsupported. A year or month may be the article's date, or the year before it where a quote
 * says 去年 or 上年.
 */
export function checkFigures(text: string, cited: readonly Cited[]): FigureCheck {
  const printed = cited.flatMap(({ quote }) => figures(quote))
  const words = cited.map(({ quote }) => foldWidth(quote).text)
  const known = new Set(
    cited.flatMap((c) => [...numerals(c.quote), ...[...yearsOf(c), ...monthOf(c)].map(String)]),
  )
  const unsupported: string[] = []
  const rewritten: { written: string; printed: string }[] = []
  let out = ''
  let from = 0
  for (const figure of figures(text)) {
    const same = bestOf(
      printed.filter((p) => compareFigures(figure, p) === 'same'),
      figure,
    )
    const stands = same
      ? yearStands(figure, same, cited)
      : countsSources(figure, cited) ||
        datedBy(figure, printed, cited) ||
        spelledAlike(figure, words, printed)
    const fall = stands ? null : fallOf(text, figure, printed)
    if (fall) {
      rewritten.push({ written: text.slice(fall.start, figure.end), printed: fall.printed })
      out += text.slice(from, fall.start) + fall.printed
      from = figure.end
      continue
    }
    if (!stands) unsupported.push(figure.printed)
    const replacement = same && stands ? asPrinted(figure, same) : null
    if (replacement === null) continue
    const start = figure.start - hedgeLength(figure)
    rewritten.push({ written: text.slice(start, figure.end), printed: replacement })
    out += text.slice(from, start) + replacement
    from = figure.end
  }
  out += text.slice(from)
  const unknown = (n: string) => !known.has(n)
  const left = numerals(out).filter(unknown)
  return {
    text: out,
    rewritten,
    unprinted: numerals(text).filter(unknown),
    unsupported: unsupported.length > 0 ? unsupported : left,
  }
}

/** Of the printed figures that say the same, the one spelled alike, bound included. */
function bestOf(same: readonly Figure[], figure: Figure): Figure | undefined {
  return (
    same.find((p) => numeralsAgree(figure, p) && boundsAgree(figure, p)) ??
    same.find((p) => numeralsAgree(figure, p)) ??
    same[0]
  )
}

/** A year beside a day or month that is printed without one: another quoted date's, or the article's. */
function yearStands(figure: Figure, same: Figure, cited: readonly Cited[]): boolean {
  if (figure.kind !== 'date' || same.kind !== 'date') return true
  if (figure.year === null || same.year !== null) return true
  const years = cited.flatMap((c) => [
    ...yearsOf(c),
    ...figures(c.quote).flatMap((f) => (f.kind === 'date' && f.year !== null ? [f.year] : [])),
  ])
  return years.includes(figure.year)
}

/**
 * A year or month that no quote prints but the article's date has. A month of the article's goes with
 * the article's year alone; the day must be printed.
 */
function datedBy(figure: Figure, printed: readonly Figure[], cited: readonly Cited[]): boolean {
  if (figure.kind !== 'date' || figure.until !== null || figure.day !== null) return false
  const { year, month } = figure
  const dates = printed.filter((p) => p.kind === 'date')
  const years = [...cited.flatMap(yearsOf), ...dates.map((d) => d.year)]
  if (month === null) return years.includes(year)
  const ofArticle = cited.some(
    (c) => monthOf(c).includes(month) && (year === null || yearsOf(c)[0] === year),
  )
  const ofQuote = dates.some((d) => d.month === month) && (year === null || years.includes(year))
  return ofArticle || ofQuote
}

/** 下降20.1% for a printed -20.1%: the sign is the word, and the figure goes back to its printed form. */
function fallOf(text: string, figure: Figure, printed: readonly Figure[]) {
  if (figure.kind !== 'quantity' || figure.unit !== '%' || figure.value.startsWith('-')) return null
  const word = /(?:下降|减少|降低|下滑|负增长)了?$/u.exec(text.slice(0, figure.start))
  const negative = printed.find(
    (p) => p.kind === 'quantity' && p.unit === '%' && p.value === negate(figure.value),
  )
  return word && negative ? { start: word.index, printed: `为${negative.printed}` } : null
}

/** 两篇报道, 两处: no more than are cited; written in Chinese numerals, it is no figure of theirs. */
function countsSources(figure: Figure, cited: readonly Cited[]): boolean {
  return (
    figure.kind === 'quantity' &&
    /^[篇处种份]$/u.test(figure.unit) &&
    !/\d/.test(figure.printed) &&
    Number(figure.value) >= 2 &&
    Number(figure.value) <= cited.length &&
    /^(?:$|报道|文章|说法|材料|数字|数据|口径|不一|都|均)/u.test(figure.counts)
  )
}

function yearsOf({ quote, date }: Cited): number[] {
  const year = Number(date.value?.split('-')[0])
  if (!year) return []
  return /去年|上年|上一年/.test(foldWidth(quote).text) ? [year, year - 1] : [year]
}

function monthOf({ date }: Cited): number[] {
  const month = Number(date.value?.split('-')[1])
  return month ? [month] : []
}

/** A bare number whose unit stands elsewhere, spelled as in the quote: 1+1>2, 6.3、6.0、6.2个百分点. */
function spelledAlike(
  figure: Figure,
  words: readonly string[],
  printed: readonly Figure[],
): boolean {
  if (figure.kind !== 'quantity' || figure.unit !== '') return false
  const whole = printed.some(
    (p) =>
      p.kind === 'quantity' &&
      p.value === figure.value &&
      p.upper === figure.upper &&
      (figure.bound === 'exact' || figure.bound === p.bound),
  )
  return whole && words.some((w) => w.includes(foldWidth(figure.printed).text))
}

/** What a figure is replaced by, or null when it may stay: the numerals, bound and unit as printed. */
function asPrinted(figure: Figure, same: Figure): string | null {
  if (figure.kind !== 'quantity' && figure.printed === same.printed) return null
  if (figure.kind === 'date' && same.kind === 'date') {
    const parts: readonly string[] = same.printed.match(/\d+/g) ?? []
    const mine = numerals(figure.printed)
    const years = figure.year === null ? [] : [String(figure.year)]
    return mine.length > 0 && mine.every((n) => parts.includes(n) || years.includes(n))
      ? null
      : same.printed
  }
  if (numeralsAgree(figure, same) && boundsAgree(figure, same)) return null
  return same.kind === 'quantity' ? `${same.hedge.replace(LINK, '')}${same.printed}` : same.printed
}

/** What joins a hedge to its figure (最高为) may stand in the text already. */
const LINK = /(?:的?[要需须为是得达]|达到)$/u

/** The hedge goes with the figure when the figure is replaced. */
const hedgeLength = (figure: Figure) => (figure.kind === 'quantity' ? figure.hedge.length : 0)

const boundsAgree = (a: Figure, b: Figure) =>
  a.kind !== 'quantity' || b.kind !== 'quantity' || a.bound === b.bound

function numeralsAgree(a: Figure, b: Figure): boolean {
  const printed = new Set(numerals(b.printed))
  return numerals(a.printed).every((n) => printed.has(n))
}
