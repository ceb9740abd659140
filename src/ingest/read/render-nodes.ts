import type { CheerioAPI } from 'cheerio'
import type { Link } from './source-text.ts'

/** A node of a parsed page. */
export type Node = NonNullable<ReturnType<CheerioAPI['root']>[number]>['children'][number]

/** As the DOM numbers them. */
const TEXT_NODE = 3

const BLOCK =
  /^(?:p|div|section|article|main|h[1-6]|ul|ol|dl|table|blockquote|figure|figcaption|pre|hr|center|address|details)$/
const LINE = /^(?:li|tr|dt|dd|caption|thead|tbody|tfoot)$/
const HEADING = /^h([1-6])$/

/** What is written so far, and what waits for the next words: breaks, a space, a heading's mark. */
interface Page {
  readonly parts: string[]
  length: number
  breaks: number
  space: boolean
  mark: string
  /** Links whose first words are still to come. */
  readonly opened: { start: number }[]
}

/**
 * Nodes as text, white space as a browser shows it: an empty line between blocks, a line for a row,
 * tabs between its cells, Markdown's marks before headings; and the web links in it.
 */
export function renderNodes(
  nodes: readonly Node[],
  base: string | null,
): { text: string; links: Link[] } {
  const page: Page = { parts: [], length: 0, breaks: 0, space: false, mark: '', opened: [] }
  const links: Link[] = []
  for (const node of nodes) visit(node)
  return { text: page.parts.join(''), links }

  function visit(node: Node): void {
    if (node.nodeType === TEXT_NODE && 'data' in node) return say(page, node.data)
    if (!('children' in node) || !('name' in node)) return
    const { name, children } = node
    if (name === 'br') return breakLine(page, 1)
    if (name === 'td' || name === 'th') return visitCell(node, children)
    const breaks = BLOCK.test(name) ? 2 : LINE.test(name) ? 1 : 0
    breakLine(page, breaks)
    const heading = HEADING.exec(name)
    if (heading) page.mark = `${'#'.repeat(Number(heading[1]))} `
    if (name === 'a') visitLink(node.attribs['href'], children)
    else for (const child of children) visit(child)
    if (heading) page.mark = ''
    breakLine(page, breaks)
  }

  function visitCell(cell: Node, children: readonly Node[]): void {
    if (hasCellBefore(cell)) write(page, '\t')
    const { text, links: inside } = renderNodes(children, base)
    if (text === '') return
    write(page, text.replaceAll(/\s/g, ' '))
    const from = page.length - text.length
    links.push(
      ...inside.map((link) => ({ ...link, start: from + link.start, end: from + link.end })),
    )
  }

  function visitLink(href: string | undefined, children: readonly Node[]): void {
    const opened = { start: -1 }
    page.opened.push(opened)
    for (const child of children) visit(child)
    page.opened.splice(page.opened.indexOf(opened), 1)
    const url = absolute(href, base)
    if (url && opened.start !== -1) links.push({ start: opened.start, end: page.length, url })
  }
}

function breakLine(page: Page, breaks: number): void {
  if (breaks > 0) page.space = false
  page.breaks = Math.max(page.breaks, breaks)
}

function say(page: Page, words: string): void {
  const collapsed = words.replaceAll(/[ \t\r\n\f]+/g, ' ')
  if (collapsed.startsWith(' ')) page.space = true
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
  page.breaks = 0
  page.space = false
  page.mark = ''
}

function hasCellBefore(cell: Node): boolean {
  for (let node = cell.prev; node; node = node.prev) if ('name' in node) return true
  return false
}

/** A web address, or null for anchors, scripts and addresses that cannot be completed. */
function absolute(href: string | undefined, base: string | null): string | null {
  const url = href === undefined ? null : URL.parse(href, base ?? undefined)
  return url && /^https?:$/.test(url.protocol) ? url.href : null
}
