/** A piece of print on a page, in points from the lower left corner; `y` is its base line. */
export interface Fragment {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Pieces on one base line that stand together. */
interface Segment {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly y: number
  readonly height: number
}

/** In heights of the print: what parts words of a line, columns of a page, and blocks of a column. */
const WORD_GAP = 0.25
const SEGMENT_GAP = 1.2
const GUTTER = 0.8
const BLOCK_GAP = 1.3

/** A segment so much wider than half its block spans the columns below it. */
const SPANNING = 0.6

/** Cells are short, and stand on the base lines of their labels; lines of prose fill their columns. */
const CELL_CHARACTERS = 9
const LINE_CHARACTERS = 5
const FILLED = 0.9
const FILLED_SHARE = 0.5
const ALIGNED_SHARE = 0.7

/**
 * The lines of a page as a person reads them: column after column, what spans the columns before
 * them, blocks parted by an empty line, a table's cells by tabs. By recursive cuts along empty
 * stripes (Nagy and Seth 1984).
 */
export function pageOrder(fragments: readonly Fragment[]): string[] {
  const segments = segmentsOf(fragments.filter(({ text }) => text.trim() !== ''))
  return segments.length === 0 ? [] : ordered(segments)
}

function ordered(block: readonly Segment[]): string[] {
  if (block.length === 1) return [block[0]!.text]
  const gutter = findGutter(block)
  if (gutter !== null) {
    const [left, right] = partition(block, ({ right: edge }) => edge <= gutter)
    if (isTable(left, right)) return rows(block)
    return [...ordered(left), '', ...ordered(right)]
  }
  const bands = bandsOf(block)
  if (bands.length > 1)
    return bands.flatMap((band, i) => [...(i > 0 ? [''] : []), ...ordered(band)])
  const cut = findCut(block)
  if (cut === null) return rows(block)
  const [above, below] = partition(block, ({ y }) => y >= cut)
  return [...ordered(above), '', ...ordered(below)]
}

/** Pieces into segments: on one base line, and nearer than a column's gutter. */
function segmentsOf(fragments: readonly Fragment[]): Segment[] {
  const segments: Segment[] = []
  const sorted = fragments.toSorted((a, b) => b.y - a.y || a.x - b.x)
  let line: Fragment[] = []
  for (const fragment of sorted) {
    if (
      line.length > 0 &&
      line[0]!.y - fragment.y > Math.min(line[0]!.height, fragment.height) / 2
    ) {
      segments.push(...splitLine(line))
      line = []
    }
    line.push(fragment)
  }
  return [...segments, ...splitLine(line)]
}

function splitLine(line: readonly Fragment[]): Segment[] {
  const segments: Segment[] = []
  for (const { text, x, y, width, height } of line.toSorted((a, b) => a.x - b.x)) {
    const last = segments.at(-1)
    const gap = last ? x - last.right : Infinity
    if (last && gap < SEGMENT_GAP * Math.max(height, last.height)) {
      const space = gap > WORD_GAP * height ? ' ' : ''
      segments[segments.length - 1] = {
        ...last,
        text: last.text + space + text,
        right: Math.max(last.right, x + width),
        height: Math.max(last.height, height),
      }
    } else segments.push({ text, left: x, right: x + width, y, height })
  }
  return segments
}

/** Where an empty stripe from top to bottom parts a block, its widest; or null. */
function findGutter(block: readonly Segment[]): number | null {
  const sorted = block.toSorted((a, b) => a.left - b.left)
  let widest = GUTTER * median(block.map(({ height }) => height))
  let at: number | null = null
  let right = -Infinity
  for (const segment of sorted) {
    if (right !== -Infinity && segment.left - right >= widest) {
      widest = segment.left - right
      at = right
    }
    right = Math.max(right, segment.right)
  }
  return at
}

/** A block cut above and below what spans its columns. */
function bandsOf(block: readonly Segment[]): Segment[][] {
  const left = Math.min(...block.map((s) => s.left))
  const width = Math.max(...block.map((s) => s.right)) - left
  const [wide, narrow] = partition(block, (s) => s.right - s.left > width * SPANNING)
  if (wide.length === 0 || narrow.length < 4 || findGutter(narrow) === null) return [[...block]]
  const bands: Segment[][] = []
  let spans: boolean | null = null
  for (const segment of block.toSorted((a, b) => b.y - a.y)) {
    const isWide = wide.includes(segment)
    if (spans === isWide) bands.at(-1)!.push(segment)
    else bands.push([segment])
    spans = isWide
  }
  return bands
}

/** The base line above the widest empty stripe from left to right; or null. */
function findCut(block: readonly Segment[]): number | null {
  const sorted = block.toSorted((a, b) => b.y - a.y)
  let widest = BLOCK_GAP * median(block.map(({ height }) => height))
  let at: number | null = null
  for (const [i, segment] of sorted.entries()) {
    const next = sorted[i + 1]
    const gap = next ? segment.y - next.y - next.height : 0
    if (next && gap >= widest) {
      widest = gap
      at = segment.y
    }
  }
  return at
}

function isTable(left: readonly Segment[], right: readonly Segment[]): boolean {
  if (isProse(left) && isProse(right)) return false
  const aligned = right.filter((a) => left.some((b) => Math.abs(a.y - b.y) < a.height / 2))
  return (
    aligned.length >= right.length * ALIGNED_SHARE &&
    Math.min(medianLength(left), medianLength(right)) <= CELL_CHARACTERS
  )
}

function isProse(column: readonly Segment[]): boolean {
  const widths = column.map(({ left, right }) => right - left)
  const full = Math.max(...widths) * FILLED
  return (
    medianLength(column) >= LINE_CHARACTERS &&
    widths.filter((width) => width >= full).length >= widths.length * FILLED_SHARE
  )
}

const medianLength = (column: readonly Segment[]) => median(column.map(({ text }) => text.length))

/** Segments line by line, those of one base line parted by a tab. */
function rows(block: readonly Segment[]): string[] {
  const lines: Segment[][] = []
  for (const segment of block.toSorted((a, b) => b.y - a.y || a.left - b.left)) {
    const last = lines.at(-1)
    if (last && last[0]!.y - segment.y < segment.height / 2) last.push(segment)
    else lines.push([segment])
  }
  return lines.map((line) =>
    line
      .toSorted((a, b) => a.left - b.left)
      .map(({ text }) => text.trim())
      .join('\t'),
  )
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter((item) => test(item)), items.filter((item) => !test(item))]
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
