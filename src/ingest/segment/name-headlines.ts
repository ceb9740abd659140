import { concat, join, trim } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import { DASHED } from '../layout/marker.ts'
import { breaksOff, isClosed } from '../layout/sentence.ts'
import { crossesWord } from '../layout/word-boundary.ts'
import type { DisplayLine } from './draft.ts'

/** What the lines set large over one body are. */
export interface Headlines {
  readonly headline: Traced | null
  readonly kicker: Traced | null
  readonly subtitle: Traced | null
  readonly section: Traced | null
  /** Lines that are none of these: captions. */
  readonly captions: readonly Traced[]
  readonly notes: readonly string[]
}

const COLUMN =
  /(?:之窗|专栏|视点|进行时|系列谈|纵横|聚焦|论坛|看台|广场|的故事.{0,2}|之声|访谈|时评|快讯|短波|要闻|专版|专题|风采|在线|天地|之约|热线|速递|观察|一线|新闻|特写)\s*[①-⑳\d]*$|^[△▲◇◆○●☆★]/u
const COLUMN_LENGTH = 14
const KICKER_LENGTH = 8
const KICKER_SHARE = 0.5
const TITLE_END = /(?:报告|建议|意见|综述|通知|公告)$/u

/** Decides which line is the headline, which stand above and below it. */
export function nameHeadlines(
  lines: readonly DisplayLine[],
  body: string,
  adjoins: (left: string, right: string) => boolean,
  loose: readonly DisplayLine[] = [],
): Headlines {
  const captions = lines
    .filter(({ text }) => isClosed(text.text) && !/[？！?!]["”]?$/u.test(text.text))
    .map(({ text }) => text)
  const rest = lines.filter(({ text }) => !captions.includes(text))
  const dashed = rest.filter(({ text }) => isDashed(text.text) && rest.length > 1)
  const columns = rest.filter((line) => !dashed.includes(line) && isColumn(line, rest))
  const wide = [...loose].filter(({ text }) => COLUMN.test(text.text) && text.text.length <= 8)
  const main = rest.filter((line) => !dashed.includes(line) && !columns.includes(line))
  const { heads, above, below } = rankLines(main, body)
  const ordered = inBodyOrder(heads, body)
  return {
    headline: joinTitle(
      ordered.map(({ text }) => text),
      adjoins,
    ),
    kicker: joinTitle(
      [...above, ...loose.filter((line) => !wide.includes(line))].map(({ text }) => text),
      adjoins,
    ),
    subtitle: joinTitle(
      [...below, ...dashed].map(({ text }) => text),
      adjoins,
    ),
    section: columns[0]?.text ?? wide[0]?.text ?? null,
    captions: [...captions, ...[...columns, ...wide].slice(1).map(({ text }) => text)],
    notes: ordered.every((line, i) => line === heads[i])
      ? []
      : ['标题各行在抽取时次序颠倒,按正文语序排列'],
  }
}

const isDashed = (text: string) => DASHED.test(text) || /^一(?:探|记|写|访|来自|——)/u.test(text)

function isColumn({ text, level }: DisplayLine, lines: readonly DisplayLine[]): boolean {
  if (
    lines.length < 2 ||
    text.text.replace(/\s/gu, '').length > COLUMN_LENGTH + (level === null ? 0 : 6)
  )
    return false
  return COLUMN.test(text.text)
}

/** With Markdown the level ranks lines; else a short name beside a longer line is the kicker. */
function rankLines(
  lines: readonly DisplayLine[],
  body: string,
): { heads: DisplayLine[]; above: DisplayLine[]; below: DisplayLine[] } {
  if (lines.some(({ level }) => level !== null)) {
    const top = Math.min(...lines.map(({ level }) => level ?? 9))
    const first = lines.findIndex(({ level }) => (level ?? 9) === top)
    const heads = lines.filter(({ level }) => (level ?? 9) === top)
    return {
      heads,
      above: lines.slice(0, first),
      below: lines.slice(first).filter((line) => !heads.includes(line)),
    }
  }
  void body
  if (lines.filter((line) => line.vertical).length > 1)
    return { heads: [...lines], above: [], below: [] }
  const longest = Math.max(...lines.map(({ text }) => lengthOf(text)))
  const blocks = blockLengths(lines)
  const above = lines.filter(
    ({ text }, i) =>
      lengthOf(text) <= KICKER_LENGTH &&
      !TITLE_END.test(text.text) &&
      (lengthOf(text) <= longest * KICKER_SHARE ||
        blocks[i]! <= Math.max(...blocks) * KICKER_SHARE),
  )
  return { heads: lines.filter((line) => !above.includes(line)), above, below: [] }
}

/** For each line, the length of all lines that stand with it without a gap. */
function blockLengths(lines: readonly DisplayLine[]): number[] {
  const starts = lines.map(({ gapBefore }, i) => i === 0 || gapBefore)
  const blockOf = starts.map((_, i) => starts.slice(0, i + 1).filter(Boolean).length)
  return blockOf.map((block) =>
    lines.reduce((sum, { text }, i) => sum + (blockOf[i] === block ? lengthOf(text) : 0), 0),
  )
}

const lengthOf = ({ text }: Traced) => text.replace(/\s/gu, '').length

/** Two lines whose words the body has in one sentence, the other way round, were reversed. */
function inBodyOrder(heads: readonly DisplayLine[], body: string): readonly DisplayLine[] {
  if (heads.length !== 2 || heads.some(({ vertical }) => vertical)) return heads
  const [a, b] = heads.map(({ text }) => longestIn(text.text, body))
  if (!a || !b || a.length < 5 || b.length < 5) return heads
  for (const sentence of body.split(/[。！？\n]/u)) {
    const [x, y] = [sentence.indexOf(a), sentence.indexOf(b)]
    if (x >= 0 && y >= 0) return y < x ? [heads[1]!, heads[0]!] : heads
  }
  return heads
}

/** The longest piece of a line that the body has. */
function longestIn(line: string, body: string): string {
  let longest = ''
  for (let from = 0; from < line.length; from++) {
    let to = from + longest.length + 1
    while (to <= line.length && body.includes(line.slice(from, to)))
      longest = line.slice(from, to++)
  }
  return longest
}

function joinTitle(
  lines: readonly Traced[],
  adjoins: (left: string, right: string) => boolean,
): Traced | null {
  const [first, ...rest] = lines
  if (!first) return null
  return trim(
    rest.reduce((title, line) => {
      const tight =
        breaksOff(title.text) ||
        adjoins(title.text, line.text) ||
        crossesWord(title.text, line.text)
      return tight ? concat([title, line]) : join([title, line], ' ')
    }, first),
  )
}
