import type { Traced } from '../../traced.ts'
import type { DisplayGroup, DisplayLine } from './draft.ts'

/** Lines of one group that were set together, and the names under them. */
export interface HeadlineUnit {
  readonly lines: readonly DisplayLine[]
  readonly credits: readonly Traced[]
  readonly group: DisplayGroup
}

/** Parts a group of display lines where a gap stands between them; lines printed downwards stay together. */
export function unitsOf(group: DisplayGroup): HeadlineUnit[] {
  const units: DisplayLine[][] = []
  for (const line of group.lines) {
    const last = units.at(-1)
    if (
      last &&
      !isColumnHead(last.at(-1)!) &&
      (!line.gapBefore || (line.vertical && last.at(-1)!.vertical))
    )
      last.push(line)
    else units.push([line])
  }
  if (units.length === 0) units.push([])
  return units.map((lines, i) => ({
    lines,
    credits: i === units.length - 1 ? group.credits : [],
    group,
  }))
}

/** A line that begins with a sign set before names of columns. */
const isColumnHead = ({ text }: DisplayLine) => /^[△▲◇◆○●☆★]/u.test(text.text)

export const textOf = (unit: HeadlineUnit): string =>
  unit.lines.map(({ text }) => text.text).join(' ')
