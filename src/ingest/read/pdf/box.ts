/** A place on a page, in points from its upper left corner. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** A piece of print as it was drawn; `size` is that of its type, in points. */
export interface Print extends Box {
  readonly text: string
  readonly size: number
  /** Family and weight, without what a file adds to the name; empty where the file names none. */
  readonly font: string
  readonly bold: boolean
  /** Turned clockwise, as figures and letters are in text that runs downwards. */
  readonly sideways: boolean
  /** Set downwards. */
  readonly vertical: boolean
}

/** A line of print within one column. */
export type Line = Print

/** What stands on a page. */
export interface Sheet {
  readonly width: number
  readonly height: number
  readonly prints: readonly Print[]
  /** Drawn lines, thinner than a character. */
  readonly rules: readonly Box[]
  /** Outlines and coloured grounds. */
  readonly frames: readonly Box[]
  readonly pictures: readonly Box[]
}

export const widthOf = ({ left, right }: Box) => right - left
export const heightOf = ({ top, bottom }: Box) => bottom - top
export const middleOf = ({ left, right }: Box) => (left + right) / 2

/** How much of two boxes' widths, or heights, is common; negative for what lies between them. */
export const overlapX = (a: Box, b: Box) => Math.min(a.right, b.right) - Math.max(a.left, b.left)
export const overlapY = (a: Box, b: Box) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)

/** Whether `a` holds `b`, give or take some points. */
export const holds = (a: Box, b: Box, by = 1) =>
  b.left >= a.left - by &&
  b.right <= a.right + by &&
  b.top >= a.top - by &&
  b.bottom <= a.bottom + by

/** The smallest box around others. */
export function around(boxes: readonly Box[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const box of boxes) {
    left = Math.min(left, box.left)
    top = Math.min(top, box.top)
    right = Math.max(right, box.right)
    bottom = Math.max(bottom, box.bottom)
  }
  return { left, top, right, bottom }
}

/** The value that most of a weight falls on the lower half of; 0 of none. */
export function weightedMedian(
  values: readonly (readonly [value: number, weight: number])[],
): number {
  const sorted = values.toSorted(([a], [b]) => a - b)
  const half = sorted.reduce((sum, [, weight]) => sum + weight, 0) / 2
  let sum = 0
  for (const [value, weight] of sorted) {
    sum += weight
    if (sum >= half) return value
  }
  return 0
}

export const median = (values: readonly number[]) =>
  weightedMedian(values.map((value) => [value, 1]))
