import type { Span } from '../../../traced.ts'

const TEXT_NODE = 3
const ELEMENT_NODE = 1

const BLOCK =
  /^(?:p|div|section|article|main|h[1-6]|ul|ol|dl|table|blockquote|figure|figcaption|pre|hr|center|address|details|header|footer|nav|aside|body)$/
const LINE = /^(?:li|tr|td|th|dt|dd|caption|thead|tbody|tfoot)$/
const HEADING = /^h([1-6])$/
const INLINE = /^(?:span|a|em|i|b|strong|label|time|font|small|cite)$/
/** What a page shows to be operated and not to be read. */
const UNREAD =
  /^(?:script|style|noscript|template|iframe|button|select|svg|object|textarea|input|link|meta|title|head)$/

/** What is written so far, and what waits for the next words: breaks, a space, a heading's mark. */
interface Page {
  readonly parts: string[]
  length: number
  endsInDigit: boolean
  breaks: number
  space: boolean
  mark: string
  /** Links whose first words are still to come. */
  readonly opened: { start: number }[]
}

/** What a page shows, and which stretches of it are links. */
export interface Rendered {
  readonly text: string
  readonly links: readonly Span[]
}

/**
 * Nodes as text, white space as a browser shows it: an empty line between blocks, a line for a row,
 * tabs between its cells, Markdown's marks before headings. `parted` puts a space between inline
 * elements side by side, which a page sets apart by its style: a date, a paper, an author.
 */
export function renderNodes(nodes: readonly Node[], { parted = false } = {}): Rendered {
  const page: Page = {
    parts: [],
    length: 0,
    endsInDigit: false,
    breaks: 0,
    space: false,
    mark: '',
    opened: [],
  }
  const links: Span[] = []
  for (const node of nodes) visit(node)
  return { text: page.parts.join(''), links }

  function visit(node: Node): void {
    if (node.nodeType === TEXT_NODE) return say(page, node.textContent ?? '')
    if (!isElement(node)) return
    const name = node.localName
    if (UNREAD.test(name)) return
    if (name === 'br') return breakLine(page, 1)
    if (name === 'table') return visitTable(node)
    visitBlock(node, name)
  }

  function visitBlock(node: Element, name: string): void {
    const breaks = BLOCK.test(name) ? 2 : LINE.test(name) ? 1 : 0
    breakLine(page, breaks)
    const heading = HEADING.exec(name)
    if (heading) page.mark = `${'#'.repeat(Number(heading[1]))} `
    if (name === 'a') visitLink(node)
    else for (const child of node.childNodes) visit(child)
    if (parted && INLINE.test(name)) page.space = true
    if (heading) page.mark = ''
    breakLine(page, breaks)
  }

  /** A table's rows; of one that lays out a page, its cells one under the other. */
  function visitTable(table: Element): void {
    const rows = rowsOf(table)
    if (laysOut(table, rows)) return visitBlock(table, 'table')
    breakLine(page, 2)
    for (const child of table.children)
      if (child.localName === 'caption') visitBlock(child, 'caption')
    /** What a cell above says in a column, and in how many more rows. */
    const spanned = new Map<number, { text: string; rows: number }>()
    for (const cells of rows) {
      breakLine(page, 1)
      write(page, rowOf(cells, spanned))
    }
    breakLine(page, 2)
  }

  /** The words of a row's cells, with those of cells that reach into it from above. */
  function rowOf(
    cells: readonly Element[],
    spanned: Map<number, { text: string; rows: number }>,
  ): string {
    const row: string[] = []
    const fill = () => {
      for (let above = spanned.get(row.length); above; above = spanned.get(row.length)) {
        if (--above.rows === 0) spanned.delete(row.length)
        row.push(above.text)
      }
    }
    for (const cell of cells) {
      fill()
      const { text } = renderNodes([...cell.childNodes], { parted })
      const words = text
        .replaceAll(/^#+ |\n+#+ /g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim()
      const reach = spanOf(cell, 'rowspan') - 1
      for (let across = spanOf(cell, 'colspan'); across > 0; across--) {
        if (reach > 0) spanned.set(row.length, { text: words, rows: reach })
        row.push(words)
      }
    }
    fill()
    return row.join('\t')
  }

  function visitLink(anchor: Element): void {
    const opened = { start: -1 }
    page.opened.push(opened)
    for (const child of anchor.childNodes) visit(child)
    page.opened.splice(page.opened.indexOf(opened), 1)
    if (opened.start !== -1) links.push({ start: opened.start, end: page.length })
  }
}

export const isElement = (node: Node): node is Element => node.nodeType === ELEMENT_NODE

const rowsOf = (table: Element): Element[][] =>
  [...table.querySelectorAll('tr')].map((row) =>
    [...row.children].filter(({ localName }) => /^t[dh]$/.test(localName)),
  )

/** Whether a table only lays out the page, as old pages do: it has one column, or a cell of it holds blocks. */
const laysOut = (table: Element, rows: readonly (readonly Element[])[]) =>
  table.querySelector('table, td p + p, td div + p, td div + div, td h1, td h2, td ul') !== null ||
  rows.every((cells) => cells.length < 2)

/** No table that people read reaches further; a page may claim thousands. */
const WIDEST = 50
const spanOf = (cell: Element, name: string) =>
  Math.min(WIDEST, Math.max(1, Number.parseInt(cell.getAttribute(name) ?? '1', 10) || 1))

function breakLine(page: Page, breaks: number): void {
  if (breaks > 0) page.space = false
  page.breaks = Math.max(page.breaks, breaks)
}

/** Figures of two elements are two figures, also where no white space parts them: 31 and 2人, 10 and its exponent. */
function say(page: Page, words: string): void {
  const collapsed = words.replaceAll(/[ \t\r\n\f]+/g, ' ')
  if (collapsed.startsWith(' ') || (page.endsInDigit && /^\d/.test(collapsed))) page.space = true
  const trimmed = collapsed.replace(/^ | $/g, '')
  if (trimmed === '') return
  write(page, trimmed)
  page.space = collapsed.endsWith(' ')
}

function write(page: Page, words: string): void {
  const atStart = page.length === 0 || page.breaks > 0
  const before = page.length === 0 ? '' : '\n'.repeat(page.breaks)
  const lead = before + (page.space && !atStart && words !== '\t' ? ' ' : '') + page.mark
  for (const link of page.opened) if (link.start === -1) link.start = page.length + lead.length
  page.parts.push(lead, words)
  page.length += lead.length + words.length
  page.endsInDigit = /\d$/.test(words)
  page.breaks = 0
  page.space = false
  page.mark = ''
}
