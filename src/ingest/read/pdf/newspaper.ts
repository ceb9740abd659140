import type { Box, Line } from './box.ts'
import { around, heightOf, holds, overlapY } from './box.ts'
import { findDisplays, takeBylines } from './displays.ts'
import type { Display } from './displays.ts'
import { partsOf, runOn } from './flow.ts'
import type { Part } from './flow.ts'
import { ruledTables } from './grids.ts'
import { byFrame } from './page-frames.ts'
import { bindStories } from './stories.ts'
import type { Story } from './stories.ts'
import { xyCut } from './xy-cut.ts'

/** How a page's body is set. */
export interface Body {
  readonly size: number
  readonly font: string
  readonly bold: boolean
}

/** What is drawn on a page around its text. */
export interface Drawn {
  readonly rules: readonly Box[]
  readonly frames: readonly Box[]
  readonly pictures: readonly Box[]
}

/** In sizes of the body's type: headlines whose tops differ less stand side by side. */
const LEVEL = 2
/** A frame so much higher than the headline in it has room for a text. */
const ROOMY = 2.5
/** Characters of a byline on the ground of its headline. */
const GROUND_LENGTH = 40

/** An article of a page: its headline, if it has one, and its text. */
export interface Told {
  readonly head: readonly Part[]
  readonly text: readonly Part[]
  readonly box: Box
}

/** The articles of a page, each with its headline and its text in reading order. */
export function readStories(lines: readonly Line[], drawn: Drawn, body: Body): Told[] {
  const em = body.size
  const { tables, rest } = ruledTables(lines, drawn.rules, drawn.frames)
  const stories: Story[] = []
  const walls = [...drawn.rules]
  const framed = byFrame(rest, drawn.frames, drawn.rules, around(lines))
  for (const [i, { frame, lines: own }] of framed.entries()) {
    const found = findDisplays(own, em, drawn.pictures)
    if (frame && isGround(frame, found.displays, found.rest)) {
      const outer = framed.slice(i + 1).find((other) => !other.frame || holds(other.frame, frame))
      outer!.lines.push(...own)
      continue
    }
    const { displays, rest: text } = takeBylines(found.displays, found.rest, drawn.pictures, em)
    const blocks = [...xyCut(text, drawn.rules, em), ...(frame ? [] : tables)]
    stories.push(...bindStories(displays, blocks, { ...drawn, rules: walls }, em))
    // What stands in a frame parts what is around it.
    if (frame) walls.push(frame)
  }
  return inPageOrder(stories, em).map(({ display, blocks }) => ({
    head: display ? headOf(display) : [],
    text: partsOf(blocks, body),
    box: around(display ? [display, ...blocks] : blocks),
  }))
}

/** Whether a frame is a part of what it stands in: without a headline, or around a headline and no text. */
function isGround(frame: Box, displays: readonly Display[], text: readonly Line[]): boolean {
  const length = text.reduce((sum, line) => sum + line.text.length, 0)
  return (
    displays.length === 0 ||
    (length <= GROUND_LENGTH && heightOf(frame) < heightOf(around([...displays, ...text])) * ROOMY)
  )
}

/** Texts without a headline first, then from top to bottom, side by side from left to right. */
function inPageOrder(stories: readonly Story[], em: number): Story[] {
  const boxOf = ({ display, blocks }: Story): Box => display ?? around(blocks)
  const [headless, headed] = [
    stories.filter(({ display }) => !display),
    stories.filter(({ display }) => display),
  ]
  const rank = (a: Story, b: Story) => {
    const [first, second] = [boxOf(a), boxOf(b)]
    const beside = Math.abs(first.top - second.top) < LEVEL * em || overlapY(first, second) > 0
    return beside ? first.left - second.left : first.top - second.top
  }
  // Stories side by side form rows; sorting by rows keeps the order total.
  const rows: Story[][] = []
  for (const story of headed.toSorted((a, b) => boxOf(a).top - boxOf(b).top)) {
    const first = rows.at(-1)?.[0]
    if (first && boxOf(story).top - boxOf(first).top < LEVEL * em) rows.at(-1)!.push(story)
    else rows.push([story])
  }
  return [
    ...headless.toSorted(rank),
    ...rows.flatMap((row) => row.toSorted((a, b) => boxOf(a).left - boxOf(b).left)),
  ]
}

function headOf({ kicker, headline, subtitle, byline, size, vertical }: Display): Part[] {
  const part = (kind: Part['kind'], lines: readonly Line[]): Part[] =>
    lines.length === 0
      ? []
      : [{ kind, text: joinTitle(lines, vertical), size, open: false, continues: false }]
  return [
    ...part('kicker', kicker),
    ...part('title', headline),
    ...part('subtitle', subtitle),
    ...part('paragraph', byline),
  ]
}

/** A title's lines: together where the first fills its width, as text does, else with a space. */
export function joinTitle(lines: readonly Line[], vertical: boolean): string {
  const box = around(lines)
  return lines.reduce((text, line, i) => {
    const before = lines[i - 1]
    if (!before) return line.text
    const fills = vertical
      ? before.bottom > box.bottom - before.size
      : before.right > box.right - before.size && before.left < box.left + before.size
    return fills ? runOn(text, line.text) : `${text} ${line.text}`
  }, '')
}
