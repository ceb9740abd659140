import { heightOf, middleOf, overlapX, overlapY, widthOf } from './box.ts'
import type { Box } from './box.ts'
import type { Display } from './displays.ts'
import { goesOn, rowsOfBlock, usesIndents } from './edges.ts'
import type { Row } from './edges.ts'
import { inReadingOrder } from './reading-order.ts'
import type { Block } from './xy-cut.ts'

/** A headline with the blocks that it heads, in reading order; or blocks that none heads. */
export interface Story {
  readonly display: Display | null
  readonly blocks: readonly Block[]
}

/** What a block may belong to: a headline, or the block whose text it carries on; and how little speaks for it. */
interface Link {
  readonly to: Display | Block
  readonly cost: number
}

/** Costs; a block goes where it costs least, and stands alone above the last. */
const COSTS = {
  /** Right under a headline; under one in the middle of its columns; beside what is under it; risen to its top; beside one set downwards. */
  under: 0,
  middle: 0.3,
  row: 0.5,
  rowBefore: 0.8,
  risen: 1,
  upright: 0.2,
  /** Under text of the same column; in the next column. */
  below: 1,
  next: 1.3,
  /** What makes these less likely. */
  ruled: 2,
  parted: 0.5,
  elsewhere: 1,
  most: 4.5,
}

/** In sizes of the body's type. */
const LEVEL = 1.5
const ROW_DEPTH = 8
const ADJACENT = 5
const GAP = 1
const CAPTION = 3
/** Blocks overlap in width by a share of the narrower one to stand over one another. */
const OVER = 0.3
/** A headline so much wider than a column is no column's own. */
const WIDER = 1.3

/**
 * Binds the blocks of a page to its headlines: a headline heads the columns under it, those beside
 * these that have none of their own, and what goes on from there.
 */
export function bindStories(
  displays: readonly Display[],
  blocks: readonly Block[],
  drawn: { readonly rules: readonly Box[]; readonly pictures: readonly Box[] },
  em: number,
): Story[] {
  const page = readPage(displays, blocks, drawn, em)
  const links = new Map(blocks.map((block) => [block, chooseLink(page, block)]))
  const byOwner = Map.groupBy(blocks, (block) => ownerOf(block, links))
  const headless = [...byOwner].flatMap(([owner, own]) =>
    isDisplay(owner) ? [] : [{ display: null, blocks: inReadingOrder(own) }],
  )
  const headed = displays.map((display) => ({
    display,
    blocks: inReadingOrder(byOwner.get(display) ?? []),
  }))
  return [...headless, ...headed]
}

interface Page {
  readonly displays: readonly Display[]
  readonly blocks: readonly Block[]
  readonly rules: readonly Box[]
  readonly pictures: readonly Box[]
  readonly em: number
  readonly rows: ReadonlyMap<Block, readonly Row[]>
  /** Whether an indent begins its paragraphs, and whether rules part its articles and not only columns. */
  readonly indents: boolean
  readonly walls: boolean
}

function readPage(
  displays: readonly Display[],
  blocks: readonly Block[],
  { rules, pictures }: { readonly rules: readonly Box[]; readonly pictures: readonly Box[] },
  em: number,
): Page {
  const rows = new Map(blocks.map((block) => [block, block.table ? [] : rowsOfBlock(block)]))
  const page = { displays, blocks, rules, pictures, em, rows, indents: true, walls: true }
  return { ...page, indents: usesIndents([...rows.values()]), walls: !hasColumnRules(page) }
}

/** Whether rules stand between most columns that stand side by side. */
function hasColumnRules(page: Page): boolean {
  const gutters = page.blocks.flatMap((left) => {
    const right = page.blocks
      .filter((other) => other.left >= left.right && overlapY(left, other) > page.em)
      .toSorted((a, b) => a.left - b.left)[0]
    return right && right.left - left.right < ADJACENT * page.em ? [{ left, right }] : []
  })
  const ruled = gutters.filter(({ left, right }) => hasWall(page, left.right, right.left, right))
  return ruled.length > gutters.length / 2
}

const isDisplay = (thing: Display | Block): thing is Display => 'headline' in thing

/** Follows links to the headline at their end, or to the block that none leads on from. */
function ownerOf(block: Block, links: ReadonlyMap<Block, Display | Block | null>): Display | Block {
  let at: Display | Block = block
  const seen = new Set<Display | Block>()
  while (!isDisplay(at) && !seen.has(at)) {
    seen.add(at)
    const next: Display | Block | null = links.get(at) ?? null
    if (!next) break
    at = next
  }
  return at
}

function chooseLink(page: Page, block: Block): Display | Block | null {
  const above = nearestAbove(page, block)
  const links = [
    ...linksAbove(page, block, above),
    ...linksInRow(page, block, above),
    ...linksUpright(page, block),
    ...linksBefore(page, block),
  ]
  let best: Link | null = null
  for (const link of links) if (link.cost < (best?.cost ?? COSTS.most)) best = link
  return best?.to ?? null
}

const isOver = (a: Box, b: Box) =>
  overlapX(a, b) > OVER * Math.min(widthOf(a), widthOf(b)) && a.top < b.top

function nearestAbove(page: Page, block: Block): Display | Block | null {
  let nearest: Display | Block | null = null
  for (const other of [...page.displays, ...page.blocks])
    if (
      other !== block &&
      isOver(other, block) &&
      other.bottom <= block.top + page.em * 0.5 &&
      other.bottom > (nearest?.bottom ?? -Infinity)
    )
      nearest = other
  return nearest
}

/** Of the text above in its column, or of the headline above it. */
function linksAbove(page: Page, block: Block, above: Display | Block | null): Link[] {
  if (!above || (isDisplay(above) && above.vertical)) return []
  const gap = (block.top - above.bottom - depthOfPictures(page, above, block)) / page.em
  const ruled = hasRuleBetween(page, above, block)
  if (isDisplay(above))
    return [
      { to: above, cost: COSTS.under + Math.max(0, gap - ROW_DEPTH) / 10 + (ruled ? 0.3 : 0) },
    ]
  const far = Math.min(2, Math.max(0, gap - GAP) / 2)
  const text = textual(page, above, block)
  // The further below, the less it says that a sentence could go on.
  const said = text > 0 ? text / (1 + 2 * far) : text
  return [{ to: above, cost: COSTS.below + far + (ruled ? COSTS.ruled : 0) - said }]
}

/** Of headlines in the row above the block, where nothing stands between. */
function linksInRow(page: Page, block: Block, above: Display | Block | null): Link[] {
  return page.displays.flatMap((display): Link[] => {
    if (display.vertical || isOver(display, block)) return []
    const isAfter = middleOf(display) <= middleOf(block)
    if (above && above.bottom > display.top + page.em / 2) return []
    if (hasBetween(page, display, block)) return []
    const depth = (block.top - display.bottom - depthOfPictures(page, display, block)) / page.em
    if (depth > -0.5 && depth < ROW_DEPTH) {
      const away = Math.max(0, display.left - block.right, block.left - display.right) / page.em
      const side = isAfter ? COSTS.row : COSTS.rowBefore
      const cost = isInMiddle(page, display, block) ? COSTS.middle : side
      return [{ to: display, cost: cost + away / 50 }]
    }
    const rise = Math.abs(block.top - display.top) / page.em
    const foot = footOf(page, display, block)
    const away = block.left - Math.max(display.right, foot?.right ?? 0)
    if (!isAfter || rise > LEVEL || overlapX(display, block) > 0 || away > ADJACENT * page.em)
      return []
    const text = foot ? textual(page, foot, block) : 0
    return [{ to: display, cost: COSTS.risen + rise * 0.3 - text }]
  })
}

/** Whether a headline stands in the middle over the columns of a row of which a block is one. */
function isInMiddle(page: Page, display: Display, block: Block): boolean {
  const isFree = (other: Block) =>
    !page.displays.some((own) => own !== display && !own.vertical && isRightOver(page, own, other))
  const row = page.blocks
    .filter((other) => Math.abs(other.top - block.top) < LEVEL * page.em)
    .toSorted((a, b) => a.left - b.left)
  const at = row.indexOf(block)
  const parted = (i: number) =>
    !isFree(row[i]!) || row[i + 1]!.left - row[i]!.right > ADJACENT * page.em
  let [first, last] = [at, at]
  while (first > 0 && !parted(first - 1)) first--
  while (last + 1 < row.length && isFree(row[last + 1]!)) last++
  // The last column may hold a word or two.
  const width = Math.max(...row.slice(first, last + 1).map((other) => widthOf(other)))
  const right = row[last]!.left + width
  return row
    .slice(first, at + 1)
    .some(
      ({ left }) =>
        Math.abs((left + right) / 2 - middleOf(display)) < LEVEL * page.em &&
        left < display.left - page.em,
    )
}

const isRightOver = (page: Page, display: Display, block: Block) =>
  isOver(display, block) && block.top - display.bottom < ROW_DEPTH * page.em

/** The last block under a headline of the column that stands right before a block. */
const footOf = (page: Page, display: Display, block: Block): Block | undefined =>
  page.blocks
    .filter(
      (other) =>
        other.top > display.bottom - page.em &&
        other.left > display.left - page.em &&
        other.right <= block.left + page.em / 2 &&
        block.left - other.right < ADJACENT * page.em &&
        overlapY(other, block) > 0 &&
        !page.displays.some((own) => own.top > display.top && isOver(own, other)),
    )
    .toSorted((a, b) => b.bottom - a.bottom)[0]

/** Of a headline set downwards at the side of its columns. */
function linksUpright(page: Page, block: Block): Link[] {
  return page.displays.flatMap((display): Link[] => {
    if (!display.vertical) return []
    const off = Math.abs(block.top - display.top) / page.em
    if (off > 2 || overlapY(display, block) <= 0) return []
    const [from, to] =
      display.left > block.left ? [block.right, display.left] : [display.right, block.left]
    const between = [...page.displays, ...page.blocks].filter(
      (other) =>
        other !== block &&
        other !== display &&
        other.left >= from - page.em / 2 &&
        other.right <= to + page.em / 2 &&
        overlapY(other, display) > 0,
    )
    if (between.some((other) => isDisplay(other) || other.top < display.top - 2 * page.em))
      return []
    const wall = hasWall(page, from, to, block) ? COSTS.ruled : 0
    return [{ to: display, cost: COSTS.upright + off * 0.1 + between.length * 0.1 + wall }]
  })
}

/** Of the column to the left, from whose foot text goes on at the top of the next. */
function linksBefore(page: Page, block: Block): Link[] {
  const before = page.blocks.filter((other) => {
    const gap = (block.left - other.right) / page.em
    return other !== block && gap > -0.5 && gap < ADJACENT && other.left < block.left
  })
  const beside = before.filter((other) => other.top < block.bottom && other.bottom > block.top)
  return before.map((other): Link => {
    const isFoot = !beside.some((lower) => lower.top > other.top && isOver(other, lower))
    const wall = hasWall(page, other.right, block.left, block)
    const cost =
      COSTS.next +
      (beside.includes(other) ? 0 : COSTS.elsewhere) +
      (isFoot ? 0 : COSTS.elsewhere) +
      (hasOwnRegion(page, other) && block.top < other.top - 2 * page.em ? COSTS.elsewhere : 0) +
      (wall ? COSTS.parted : 0)
    return { to: other, cost: cost - textual(page, other, block) }
  })
}

/** Whether an upright rule stands between two columns, beside a block. */
const hasWall = (page: Page, from: number, to: number, block: Block) =>
  page.walls &&
  page.rules.some(
    (rule) =>
      heightOf(rule) > widthOf(rule) &&
      rule.left >= from - 1 &&
      rule.right <= to + 1 &&
      overlapY(rule, block) > 0,
  )

/** Whether a headline over a block is wider than it: its columns begin under it and nowhere above. */
function hasOwnRegion(page: Page, block: Block): boolean {
  const above = nearestAbove(page, block)
  return above !== null && isDisplay(above) && widthOf(above) > widthOf(block) * WIDER
}

/** What the edges of the text say of one block going on in another. */
function textual(page: Page, before: Block, after: Block): number {
  const last = page.rows.get(before)!.at(-1)
  const first = page.rows.get(after)![0]
  if (!last || !first) return 0
  return goesOn(last, page.indents ? first : { ...first, indented: null })
}

/** What pictures and their captions take of the white between two things. */
function depthOfPictures(page: Page, above: Box, block: Box): number {
  const between = page.pictures.filter(
    (picture) =>
      picture.top >= above.bottom - page.em &&
      picture.bottom <= block.top + page.em &&
      overlapX(picture, block) > widthOf(block) / 2,
  )
  return between.reduce((sum, picture) => sum + heightOf(picture) + CAPTION * page.em, 0)
}

const hasRuleBetween = (page: Page, above: Box, block: Box) =>
  page.rules.some(
    (rule) =>
      rule.top >= above.bottom - 2 &&
      rule.bottom <= block.top + 2 &&
      overlapX(rule, block) > widthOf(block) / 2,
  )

/** Whether a headline, text or an upright rule stands between a headline and a block beside it. */
function hasBetween(page: Page, display: Display, block: Block): boolean {
  const [from, to] =
    display.left > block.left ? [block.right, display.left] : [display.right, block.left]
  return [...page.displays, ...page.blocks, ...page.rules].some(
    (other) =>
      other !== display &&
      other !== block &&
      other.left >= from - 1 &&
      other.right <= to + 1 &&
      overlapY(other, display) > Math.min(heightOf(display), heightOf(other)) / 2,
  )
}
