import { concat, join, slice, trim } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import { COLUMN, DASHED } from '../layout/marker.ts'
import { breaksOff, isClosed } from '../layout/sentence.ts'
import { crossesWord } from '../layout/word-boundary.ts'
import type { DisplayLine } from './draft.ts'
import { longestPiece } from './longest-piece.ts'

/** What the lines set large over one body are. */
export interface Headlines {
  readonly headline: Traced | null
  readonly kicker: Traced | null
  readonly subtitle: Traced | null
  readonly section: Traced | null
  /** Lines that are none of these. */
  readonly captions: readonly Traced[]
  readonly notes: readonly string[]
}

type Adjoins = (left: string, right: string) => boolean

const COLUMN_LENGTH = 14
const LOOSE_COLUMN_LENGTH = 8
/** A Markdown heading so short over another is the name of a page: 经济, 县区. */
const TAG_LENGTH = 4
const KICKER_LENGTH = 8
/** Length of a kicker relative to the headline, and to the longest of its lines. */
const KICKER_SHARE = 0.5
const LINE_SHARE = 0.7
const TITLE_END = /(?:报告|建议|意见|综述|通知|公告)$/u
/** Shortest piece of a headline line whose place in the body tells the lines' order. */
const TELLING = 5
const REVERSED = '标题各行在抽取时次序颠倒，按正文语序排列'

/**
 * Decides which of the lines over a body is the headline and which stand above and below it;
 * `loose` lines speak of the same body but stand elsewhere on the page.
 */
export function nameHeadlines(
  lines: readonly DisplayLine[],
  loose: readonly DisplayLine[],
  body: string,
  adjoins: Adjoins,
): Headlines {
  const captions = lines.filter((line) => isCaption(line))
  const titles = lines.filter((line) => !isCaption(line))
  const dashed = titles.length > 1 ? titles.filter((line) => isDashed(line)) : []
  const upright = titles.filter((line) => !dashed.includes(line))
  const columns =
    upright.length > 1
      ? upright.filter((line, i) => isColumn(line) && !runsOn(upright[i - 1], line, adjoins))
      : []
  const looseColumns = loose.filter((line) => isLooseColumn(line))
  const ranked = rankLines(upright.filter((line) => !columns.includes(line)))
  const heads = inBodyOrder(ranked.heads, body, adjoins)
  const [section, ...spare] = [...columns, ...looseColumns]
  const kickers = [...ranked.above, ...loose.filter((line) => !isLooseColumn(line))]
  return {
    headline: joinTitle(heads, adjoins),
    kicker: joinTitle(kickers, adjoins),
    subtitle: joinTitle([...ranked.below, ...dashed], adjoins),
    section: section?.text ?? null,
    captions: [...captions, ...spare].map(({ text }) => text),
    notes: heads === ranked.heads ? [] : [REVERSED],
  }
}

/** A sentence with its full stop; headlines end in at most a question mark. */
const isCaption = ({ text: { text } }: DisplayLine) =>
  isClosed(text) && !/[？！?!…]["”]?$/u.test(text)

/** A long dash, or what OCR makes of one. */
const isDashed = ({ text: { text } }: DisplayLine) =>
  DASHED.test(text) || /^一(?:探|记|写|访|来自)/u.test(text)

function isColumn({ text, level }: DisplayLine): boolean {
  const longest = level === null ? COLUMN_LENGTH : COLUMN_LENGTH * 1.5
  const isTag = level !== null && lengthOf(text) <= TAG_LENGTH
  return isTag || (lengthOf(text) <= longest && COLUMN.test(text.text))
}

const isLooseColumn = ({ text }: DisplayLine) =>
  lengthOf(text) <= LOOSE_COLUMN_LENGTH && COLUMN.test(text.text)

interface Ranked {
  readonly heads: readonly DisplayLine[]
  readonly above: readonly DisplayLine[]
  readonly below: readonly DisplayLine[]
}

/** With Markdown the level ranks lines; else a short line beside a longer one is the kicker. */
function rankLines(lines: readonly DisplayLine[]): Ranked {
  if (lines.some(({ level }) => level !== null)) return rankByLevel(lines)
  if (lines.filter(({ vertical }) => vertical).length > 1)
    return { heads: lines, above: [], below: [] }
  const lengths = lines.map(({ text }) => lengthOf(text))
  const blocks = blockLengths(lines)
  const [longest, longestBlock] = [Math.max(...lengths), Math.max(...blocks)]
  const all = lengths.reduce((a, b) => a + b, 0)
  const isShort = (i: number) =>
    lengths[i]! <= KICKER_LENGTH &&
    (blocks[i]! <= longestBlock * KICKER_SHARE ||
      (lengths[i]! <= longest * LINE_SHARE && lengths[i]! <= (all - lengths[i]!) * KICKER_SHARE))
  const isKicker = ({ text: { text } }: DisplayLine, i: number) =>
    (isParallel(text) && !lines.every((line) => isParallel(line.text.text))) ||
    (isShort(i) && !TITLE_END.test(text))
  return {
    heads: lines.filter((line, i) => !isKicker(line, i)),
    above: lines.filter((line, i) => isKicker(line, i)),
    below: [],
  }
}

/** Lines over the first of the highest level are kickers, lines of lower levels below it subtitles. */
function rankByLevel(lines: readonly DisplayLine[]): Ranked {
  const levelOf = ({ level }: DisplayLine) => level ?? Infinity
  const top = Math.min(...lines.map((line) => levelOf(line)))
  const first = lines.findIndex((line) => levelOf(line) === top)
  const heads = lines.filter((line) => levelOf(line) === top)
  return {
    heads,
    above: lines.slice(0, first),
    below: lines.slice(first).filter((line) => !heads.includes(line)),
  }
}

/** Whether a line is of phrases of one length, as 政府引导带动 银企协同联动 over a headline. */
function isParallel(text: string): boolean {
  const phrases = text.split(/\s+/u)
  return (
    phrases.length > 1 &&
    phrases.every(({ length }) => length >= 3 && length === phrases[0]!.length)
  )
}

/** For each line, the length of all lines that stand with it without a gap. */
function blockLengths(lines: readonly DisplayLine[]): number[] {
  let block = 0
  const blocks = lines.map(({ gapBefore }, i) => (gapBefore && i > 0 ? ++block : block))
  const sums: number[] = []
  for (const [i, { text }] of lines.entries())
    sums[blocks[i]!] = (sums[blocks[i]!] ?? 0) + lengthOf(text)
  return blocks.map((own) => sums[own]!)
}

const lengthOf = ({ text }: Traced) => text.replace(/\s/gu, '').length

/** Two lines whose words the body has in one sentence, the other way round, were reversed. */
function inBodyOrder(
  heads: readonly DisplayLine[],
  body: string,
  adjoins: Adjoins,
): readonly DisplayLine[] {
  const [first, second] = heads
  if (!first || !second || heads.length > 2 || first.vertical) return heads
  if (runsOn(first, second, adjoins)) return heads
  const a = longestPiece(first.text.text, body)
  const b = longestPiece(second.text.text, body)
  if (a.length < TELLING || b.length < TELLING) return heads
  const both = body
    .split(/[。！？\n]/u)
    .find((sentence) => sentence.includes(a) && sentence.includes(b))
  return both && both.indexOf(b) < both.indexOf(a) ? [second, first] : heads
}

/** So much of a title's end shows whether its next line goes on with it. */
const END_OF_TITLE = 1000

/** Lines of one title: together where a word or phrase runs on, else with a space. */
function joinTitle(lines: readonly DisplayLine[], adjoins: Adjoins): Traced | null {
  const [first, ...rest] = lines
  if (!first) return null
  const parts = [first.text]
  let end = first.text
  for (const line of rest) {
    const together = (first.vertical && line.vertical) || runsOn({ text: end }, line, adjoins)
    const joined = together ? concat([end, line.text]) : join([end, line.text], ' ')
    parts.push(slice(joined, end.text.length))
    end = slice(joined, -END_OF_TITLE)
  }
  return trim(concat(parts))
}

/** Whether a word or phrase of one line goes on in the next. */
const runsOn = (
  before: Pick<DisplayLine, 'text'> | undefined,
  { text: { text } }: DisplayLine,
  adjoins: Adjoins,
) =>
  before !== undefined &&
  (breaksOff(before.text.text) ||
    adjoins(before.text.text, text) ||
    crossesWord(before.text.text, text))
