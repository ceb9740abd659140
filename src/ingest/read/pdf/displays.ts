import { around, middleOf, overlapX, overlapY } from './box.ts'
import type { Box, Line } from './box.ts'

/** A headline's lines, and those over and under it that are set smaller. */
export interface Display extends Box {
  readonly kicker: readonly Line[]
  readonly headline: readonly Line[]
  readonly subtitle: readonly Line[]
  /** Lines between it and its text: who wrote it, where from. */
  readonly byline: readonly Line[]
  readonly size: number
  readonly vertical: boolean
}

/** In sizes of the body's type: from what on a line is a headline's, and might stand with one. */
const HEADLINE = 1.3
const LARGER = 1.07
/** In the larger line's size: lines of one display are no further apart; more than so many are prose. */
const NEAR = 0.9
const HEADLINE_LINES = 6
const LARGER_LINES = 3
/** Characters from which text with a full stop in it is prose set large. */
const PROSE = 40
const SAME_SIZE = 0.05
/** In its own size: how far the words of one headline stand apart. */
const WORDS = 1.3
/** In sizes of the body's type: how far below a headline the text that it stands over is looked at. */
const BELOW = 14
const LEADS = 3

/** What of a page's lines is set as headlines, and the rest. */
export function findDisplays(
  lines: readonly Line[],
  em: number,
  pictures: readonly Box[] = [],
): { displays: Display[]; rest: Line[] } {
  const candidates = lines.filter(({ size, vertical }) => vertical || size >= em * LARGER)
  const rows = uniteWords(candidates, [...lines, ...pictures], em)
  const runs = runsOf(rows, sameSize).filter((run) => !isProse(run, em))
  const large = runs.filter(([line]) => line!.size >= em * HEADLINE)
  const small = runs.filter(([line]) => line!.size < em * HEADLINE && !line!.vertical)
  // Smaller lines count where they touch a headline: over it, under it, not elsewhere.
  const groups = runsOf([...large.flat(), ...small.flat()], () => true).filter((group) =>
    group.some(({ size }) => size >= em * HEADLINE),
  )
  const used = new Set(groups.flat())
  const parts = new Map<Line, readonly Line[]>(rows.map((row) => [row, row.of]))
  const taken = new Set([...used].flatMap((row) => parts.get(row) ?? [row]))
  const rest = lines.filter((line) => !taken.has(line))
  return {
    displays: uniteDisplays(
      groups.map((group) => partDisplay(group)),
      rest,
      em,
    ),
    rest,
  }
}

/** A line of a headline, and the lines whose words it has. */
interface Row extends Line {
  readonly of: readonly Line[]
}

/** Words of one headline, which stand further apart than those of text. */
function uniteWords(candidates: readonly Line[], things: readonly Box[], em: number): Row[] {
  const rows: Row[] = []
  const sorted = candidates.toSorted((a, b) => a.bottom - b.bottom || a.left - b.left)
  for (const line of sorted) {
    const last = rows.at(-1)
    const gap = last ? line.left - last.right : Infinity
    const beside =
      last &&
      !line.vertical &&
      !last.vertical &&
      sameSize(last, line) &&
      overlapY(last, line) > line.size * 0.8 &&
      gap > 0 &&
      gap < line.size * WORDS
    const between = last ? { ...last, left: last.right, right: line.left } : line
    if (beside && !partsColumns(things, around([last, line]), between, em)) {
      const text = `${last.text} ${line.text}`
      rows[rows.length - 1] = { ...last, ...around([last, line]), text, of: [...last.of, line] }
    } else rows.push({ ...line, of: [line] })
  }
  return rows
}

/** Whether two columns begin under a row, one on each side of a gap: then its words are two headlines'. */
function partsColumns(things: readonly Box[], row: Box, gap: Box, em: number): boolean {
  const below = things.filter(
    (thing) =>
      thing.top > row.bottom && thing.top < row.bottom + BELOW * em && overlapX(thing, row) > 0,
  )
  const first = below.reduce((top, thing) => Math.min(top, thing.top), Infinity)
  const leads = below.filter((thing) => thing.top < first + LEADS * em)
  return (
    !leads.some((thing) => thing.left < middleOf(gap) && thing.right > middleOf(gap)) &&
    leads.some((thing) => thing.right <= middleOf(gap)) &&
    leads.some((thing) => thing.left >= middleOf(gap))
  )
}

const sameSize = (a: Line, b: Line) =>
  a.vertical === b.vertical && Math.abs(a.size - b.size) <= SAME_SIZE * Math.max(a.size, b.size)

/** Lines over one another, or beside one another of what is set downwards, from the first. */
function runsOf<L extends Line>(lines: readonly L[], fits: (a: L, b: L) => boolean): L[][] {
  const runs: L[][] = []
  const order = (a: L, b: L) =>
    a.vertical && b.vertical ? b.right - a.right : a.top - b.top || a.left - b.left
  for (const line of lines.toSorted(order)) {
    const run = runs.findLast((own) =>
      own.some((other) => touches(other, line) && fits(other, line)),
    )
    if (run) run.push(line)
    else runs.push([line])
  }
  return runs
}

function touches(a: Line, b: Line): boolean {
  if (a.vertical !== b.vertical) return false
  const reach = NEAR * Math.max(a.size, b.size)
  if (a.vertical) return overlapY(a, b) > 0 && -overlapX(a, b) < reach
  return (overlapX(a, b) > 0 || Math.abs(a.left - b.left) < a.size) && -overlapY(a, b) < reach
}

/** Whether lines of one size are text set large and no headline. */
function isProse(run: readonly Line[], em: number): boolean {
  const text = run.map((line) => line.text).join('')
  const most = run[0]!.size >= em * HEADLINE ? HEADLINE_LINES : LARGER_LINES
  if (run[0]!.vertical) return run[0]!.size < em * HEADLINE
  return (
    run.length > most || (text.length >= PROSE && /。./u.test(text)) || /[，、；：]$/u.test(text)
  )
}

/** The largest lines are the headline; smaller ones stand over and under it. */
function partDisplay(group: readonly Line[]): Display {
  const size = group.reduce((most, line) => Math.max(most, line.size), 0)
  const headline = group.filter((line) => line.size >= size * (1 - SAME_SIZE))
  const first = headline[0]!
  const rest = group.filter((line) => !headline.includes(line))
  const isOver = (line: Line) => line.top < first.top && !line.vertical
  return {
    ...around(group),
    kicker: rest.filter((line) => isOver(line)),
    headline,
    subtitle: rest.filter((line) => !isOver(line)),
    byline: [],
    size,
    vertical: first.vertical,
  }
}

/** In sizes of the body's type: how near under a headline without a text a smaller one is a part of it. */
const PART_GAP = 4
const SMALLER = 0.9

/** Headlines of one article that white parts: a smaller one right under a larger, over no text of its own. */
function uniteDisplays(
  displays: readonly Display[],
  lines: readonly Line[],
  em: number,
): Display[] {
  const united: Display[] = []
  for (const display of displays.toSorted((a, b) => a.top - b.top)) {
    const over = united.findIndex((other) => isPartOf(display, other, [...displays, ...lines], em))
    if (over < 0) united.push(display)
    else {
      const main = united[over]!
      const more = [...display.kicker, ...display.headline, ...display.subtitle]
      united[over] = {
        ...main,
        ...around([main, display]),
        subtitle: [...main.subtitle, ...more],
      }
    }
  }
  return united
}

function isPartOf(display: Display, main: Display, things: readonly Box[], em: number): boolean {
  const gap = display.top - main.bottom
  return (
    !display.vertical &&
    !main.vertical &&
    display.size < main.size * SMALLER &&
    gap > -em &&
    gap < PART_GAP * em &&
    display.left > main.left - 2 * em &&
    display.right < main.right + 2 * em &&
    !things.some(
      (thing) =>
        thing !== display &&
        thing !== main &&
        overlapX(thing, main) > 0 &&
        thing.bottom > main.bottom &&
        thing.top < display.bottom - em / 2,
    )
  )
}

/** In sizes of the body's type, and in characters: how near a headline a byline stands; its length. */
const BYLINE_GAP = 2
const BYLINE_LENGTH = 40
const BYLINE_LINES = 2
/** How much shorter than the text under it a byline is, and how little of it may stand in a second line. */
const SHORTER = 2
const TURNED_OVER = 6
/** In sizes of the body's type: what begins a paragraph. */
const INDENT = 0.8

/** Gives each headline the short lines that stand between it and the text under it. */
export function takeBylines(
  displays: readonly Display[],
  lines: readonly Line[],
  pictures: readonly Box[],
  em: number,
): { displays: Display[]; rest: Line[] } {
  const taken = new Set<Line>()
  const whole = displays.map((display) => {
    let own = display
    while (!display.vertical && own.byline.length < BYLINE_LINES) {
      const near = [...lines].filter(
        (line) => !taken.has(line) && line.top > own.bottom - em / 2 && overlapX(line, own) > 0,
      )
      const byline = findByline(own, near, pictures, em)
      if (byline.length === 0) break
      for (const line of byline) taken.add(line)
      own = { ...own, ...around([own, ...byline]), byline: [...own.byline, ...byline] }
    }
    return own
  })
  return { displays: whole, rest: lines.filter((line) => !taken.has(line)) }
}

/** The line right under a headline that is shorter than the text below, or runs over into a word of the next. */
function findByline(
  display: Display,
  lines: readonly Line[],
  pictures: readonly Box[],
  em: number,
): Line[] {
  const sorted = lines.toSorted((a, b) => a.top - b.top || a.left - b.left)
  const [line] = sorted
  if (!line || !mayBeByline(line) || line.top - display.bottom > BYLINE_GAP * em) return []
  const [next, ...others] = sorted.filter(
    (other) => other.top > line.bottom - em / 2 && overlapX(other, line) > 0,
  )
  const isOverPicture = pictures.some(
    (picture) =>
      overlapX(picture, line) > 0 &&
      picture.top > line.bottom - em &&
      picture.top < line.bottom + BYLINE_GAP * em,
  )
  if (!next || (next.top - line.bottom > BYLINE_GAP * em && !isOverPicture))
    return isOverPicture ? [line] : []
  const right = Math.max(...[next, ...others.slice(0, 3)].map((other) => other.right))
  // The line may have been set so wide that its words stand apart.
  const row = sorted.filter(
    (other) =>
      overlapY(other, line) > line.size / 2 &&
      other.left >= line.left &&
      other.right < right + em / 2,
  )
  const end = Math.max(...row.map((other) => other.right))
  if (end < right - SHORTER * em) return row
  // What ends as no sentence does before an indented line is no text of the column.
  const [third] = others
  if (third && next.left - third.left > INDENT * em && third.top > next.top) return row
  const isTurnedOver =
    next.text.length <= TURNED_OVER && mayBeByline(next) && next.left < line.left + em / 2
  return isTurnedOver && next.right < right - SHORTER * em ? [line, next] : []
}

const mayBeByline = ({ text, vertical }: Line) =>
  !vertical && text.length <= BYLINE_LENGTH && !/[，。；：！？”]$/u.test(text)
