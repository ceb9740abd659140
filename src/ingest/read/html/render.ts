import type { Span } from '../../../traced.ts'

const TEXT_NODE = 3
const ELEMENT_NODE = 1

const BLOCK =
  /^(?:p|div|section|article|main|h[1-6]|ul|ol|dl|table|blockquote|figure|figcaption|pre|hr|center|address|details|header|footer|nav|aside|body)$/
const LINE = /^(?:li|tr|dt|dd|caption|thead|tbody|tfoot)$/
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
    if (name === 'td' || name === 'th') {
      if (isLone(node)) return visitBlock(node, name)
      return visitCell(node)
    }
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

  function visitCell(cell: Element): void {
    if (cell.previousElementSibling) write(page, '\t')
    const { text, links: inside } = renderNodes([...cell.childNodes], { parted })
    if (text === '') return
    write(page, text.replaceAll(/^#+ |\n+#+ /g, ' ').replaceAll(/\s/g, ' '))
    const from = page.length - text.length
    links.push(...inside.map(({ start, end }) => ({ start: from + start, end: from + end })))
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

/** A cell that holds blocks or is alone in its row lays out a page, as old pages do, and is no cell of a table. */
function isLone(cell: Element): boolean {
  const isAlone = !cell.previousElementSibling && !cell.nextElementSibling
  return isAlone || cell.querySelector('table, p + p, div + p, h1, h2') !== null
}

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
