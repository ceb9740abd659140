import { heightOf, holds, overlapX, overlapY, widthOf } from './box.ts'
import type { Box, Line } from './box.ts'

/** In points: how near the corners of four rules are that make a frame. */
const CORNER = 4
const ALONG = 0.9
/** A frame around most of a page is the page's edge. */
const MOST = 0.9

/** The lines that stand in a frame and in none within it; the whole page is the last. */
export interface Framed {
  readonly frame: Box | null
  readonly lines: Line[]
}

/** Parts lines by the frames that they stand in; a frame that cuts through a line is none. */
export function byFrame(
  lines: readonly Line[],
  drawn: readonly Box[],
  rules: readonly Box[],
  page: Box,
): Framed[] {
  const area = (box: Box) => widthOf(box) * heightOf(box)
  const frames = [...drawn, ...framesOfRules(rules)]
    .filter((frame) => area(frame) < area(page) * MOST)
    .filter((frame) => !lines.some((line) => cutsThrough(frame, line)))
    .toSorted((a, b) => area(a) - area(b))
  const inside = Map.groupBy(lines, (line) => frames.find((frame) => holds(frame, line)) ?? null)
  return [...frames, null].flatMap((frame) => {
    const own = inside.get(frame)
    return own ? [{ frame, lines: own }] : []
  })
}

const cutsThrough = (frame: Box, line: Line) =>
  overlapX(frame, line) > line.size / 2 &&
  overlapY(frame, line) > line.size / 2 &&
  !holds(frame, line, line.size / 2)

/** Frames that two level and two upright rules make. */
function framesOfRules(rules: readonly Box[]): Box[] {
  const level = rules.filter((rule) => widthOf(rule) > heightOf(rule))
  const upright = rules.filter((rule) => heightOf(rule) > widthOf(rule))
  const frames: Box[] = []
  for (const [i, top] of level.toSorted((a, b) => a.top - b.top).entries()) {
    const bottom = level
      .toSorted((a, b) => a.top - b.top)
      .slice(i + 1)
      .find(
        (rule) =>
          near(rule.left, top.left) && near(rule.right, top.right) && rule.top > top.top + CORNER,
      )
    if (!bottom) continue
    const frame = { left: top.left, right: top.right, top: top.top, bottom: bottom.bottom }
    const isSide = (x: number) =>
      upright.some((rule) => near(rule.left, x) && overlapY(rule, frame) > heightOf(frame) * ALONG)
    if (isSide(frame.left) && isSide(frame.right)) frames.push(frame)
  }
  return frames
}

const near = (a: number, b: number) => Math.abs(a - b) < CORNER
