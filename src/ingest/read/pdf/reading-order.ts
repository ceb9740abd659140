import { overlapX, widthOf } from './box.ts'
import type { Block } from './xy-cut.ts'

/** Share of the narrower of two blocks that they have in common within one column. */
const SAME_COLUMN = 0.5
const BYLINE_LINES = 2

/**
 * The blocks of one article as they are read: a byline over all others, then column after column;
 * what spans several parts them into bands.
 */
export function inReadingOrder(blocks: readonly Block[]): Block[] {
  if (blocks.length < 2) return [...blocks]
  const spanning = blocks.find((block) => spans(block, blocks))
  if (spanning) {
    const above = blocks.filter((block) => block !== spanning && block.top < spanning.top)
    const below = blocks.filter((block) => block !== spanning && block.top >= spanning.top)
    return [...inReadingOrder(above), spanning, ...inReadingOrder(below)]
  }
  const byline = blocks.find((block) => isByline(block) && isOverAll(block, blocks))
  if (byline) return [byline, ...inReadingOrder(blocks.filter((block) => block !== byline))]
  const columns: Block[][] = []
  for (const block of blocks.toSorted((a, b) => a.left - b.left || a.top - b.top)) {
    const column = columns.find((own) => own.some((other) => shareColumn(other, block)))
    if (column) column.push(block)
    else columns.push([block])
  }
  return columns.flatMap((column) => column.toSorted((a, b) => a.top - b.top))
}

const isByline = ({ lines }: Block) =>
  lines.length <= BYLINE_LINES && !/[，。；：！？”]$/u.test(lines.at(-1)!.text)

const isOverAll = (block: Block, blocks: readonly Block[]) =>
  blocks.every((other) => other === block || block.bottom <= other.top + 1)

const shareColumn = (a: Block, b: Block) =>
  overlapX(a, b) > SAME_COLUMN * Math.min(widthOf(a), widthOf(b))

/** Whether a block stands over or under two others that stand side by side. */
function spans(block: Block, blocks: readonly Block[]): boolean {
  const under = blocks.filter((other) => other !== block && shareColumn(block, other))
  return under.some((a) => under.some((b) => overlapX(a, b) < 0))
}
