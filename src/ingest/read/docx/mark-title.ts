import type { Block, Look, Paragraph } from './blocks.ts'

/** A title stands among the first paragraphs. */
const FIRST = 8
const LONGEST_LINE = 60
const LONGEST_TITLE = 120

/** What stands above a title: the office's head, the number, which annex it is. */
const ABOVE =
  /文件$|[〔［[（(]\d{4}[〕］\])）]\s*\d+\s*号$|^附[件录表]?\s*[\d一二三四五六七八九十]*\s*[：:]?$/u

/** What stands below it: the note in brackets, a second title, the date. */
const BELOW = /^[（(—―-]|[，、]$|^\d{4}年\d{1,2}月\d{1,2}日$/u

/** Where the text has begun: a numbered section, a sentence. */
const TEXT =
  /^(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十\d]+[章节条]|\d+[.．、])|[。；：.;:]$/u

/**
 * A document's title as one paragraph of level 0, also when it was set in several, and the headings
 * below it. Without a title by style, what stands out most among the first paragraphs is it.
 */
export function markTitle(blocks: readonly Block[]): Block[] {
  const marked: Block[] = []
  for (const block of blocks.some(isTitle) ? blocks : findTitle(blocks)) {
    const before = marked.at(-1)
    if (before && isTitle(before) && isTitle(block) && isOne(before, block)) {
      marked[marked.length - 1] = { ...before, text: `${before.text}\n${block.text}` }
    } else marked.push(block)
  }
  return marked
}

const isOne = (before: Paragraph, block: Paragraph) =>
  before.text.length + block.text.length <= LONGEST_TITLE

const isTitle = (block: Block): block is Paragraph =>
  block.kind === 'paragraph' && block.level === 0

/** The same blocks: the lines of what looks like a title at level 0, at 1 what is set like it below. */
function findTitle(blocks: readonly Block[]): readonly Block[] {
  const usual = usualLook(blocks)
  const lines: Paragraph[] = []
  for (const block of blocks.slice(0, FIRST)) {
    if (block.kind !== 'paragraph' || block.level !== null) break
    if (block.text.length > LONGEST_LINE || TEXT.test(block.text)) break
    lines.push(block)
  }
  const isLine = ({ text, look }: Paragraph) =>
    standsOut(look, usual) && !ABOVE.test(text) && !BELOW.test(text)
  const largest = Math.max(...lines.filter(isLine).map(({ look }) => look.size))
  const from = lines.findIndex((line) => isLine(line) && line.look.size === largest)
  if (from < 0) return blocks
  let to = from
  for (let length = 0; to < lines.length; to++) {
    const line = lines[to]!
    length += line.text.length
    if (!isLine(line) || !isSame(line.look, lines[from]!.look) || length > LONGEST_TITLE) break
  }
  const { look } = lines[from]!
  const isHead = (block: Paragraph) =>
    look.size > usual.size && isSame(block.look, look) && isLine(block) && block.level === null
  return blocks.map((block, i) => {
    if (block.kind !== 'paragraph') return block
    if (i >= from && i < to) return { ...block, level: 0 }
    return i > to && isHead(block) ? { ...block, level: 1 } : block
  })
}

function standsOut(look: Look, usual: Look): boolean {
  return look.size > usual.size || (look.centred && !usual.centred) || (look.bold && !usual.bold)
}

const isSame = (one: Look, other: Look) =>
  one.size === other.size && one.centred === other.centred && one.bold === other.bold

/** How most of a document's characters are set. */
function usualLook(blocks: readonly Block[]): Look {
  const sizes = new Map<number, number>()
  let all = 0
  let centred = 0
  let bold = 0
  for (const block of blocks) {
    if (block.kind !== 'paragraph') continue
    const { length } = block.text
    all += length
    if (block.look.centred) centred += length
    if (block.look.bold) bold += length
    sizes.set(block.look.size, (sizes.get(block.look.size) ?? 0) + length)
  }
  const [size = 0] = [...sizes].toSorted((a, b) => b[1] - a[1])[0] ?? []
  return { centred: centred * 2 > all, bold: bold * 2 > all, size }
}
