import type { CheerioAPI } from 'cheerio'
import { plainSource } from './source-text.ts'
import type { Given, Link, SourceText } from './source-text.ts'

type Node = NonNullable<ReturnType<CheerioAPI['root']>[number]>['children'][number]

/** What a page shows around its article, or not at all. */
const FURNITURE =
  'script, style, noscript, template, nav, header, footer, aside, iframe, form, button, select, svg, object, [hidden], [aria-hidden=true], [role=navigation], [role=banner], [role=contentinfo], [role=search]'

/** Where an article stands when a page says so. */
const MAIN = 'article, main, [role=main], [itemprop=articleBody]'

const BLOCK =
  /^(?:p|div|section|article|main|h[1-6]|ul|ol|dl|table|blockquote|figure|figcaption|pre|hr|center|address|details)$/
const LINE = /^(?:li|tr|dt|dd|caption|thead|tbody|tfoot)$/
const HEADING = /^h([1-6])$/

/** As the DOM numbers them. */
const TEXT_NODE = 3

/** A list is navigation when most of what it says are links, and several. */
const LINKED_SHARE = 0.7
const LINKED_LEAST = 3

const HEAD = {
  title: ['meta[property="og:title"]', 'meta[name=ArticleTitle]', 'h1', 'title'],
  url: ['link[rel=canonical]', 'meta[property="og:url"]'],
  date: [
    'meta[property="article:published_time"]',
    'meta[name=PubDate]',
    'meta[name=publishdate]',
    'time[datetime]',
  ],
  publication: ['meta[property="og:site_name"]', 'meta[name=ContentSource]', 'meta[name=source]'],
} satisfies Partial<Record<keyof Given, string[]>>

/**
 * The article of a web page as text: headings marked as in Markdown, a row's cells parted by tabs,
 * links by their words; without scripts and navigation.
 */
export async function htmlText(html: string): Promise<SourceText> {
  const { load } = await import('cheerio')
  const $ = load(html)
  const given = givenBy($)
  $(FURNITURE).remove()
  removeLinkLists($)
  const main = $(MAIN)
    .toArray()
    .toSorted((a, b) => $(b).text().length - $(a).text().length)[0]
  const { text, links } = render(main ? [main] : $('body').toArray(), given.url)
  return plainSource(text, { given, links })
}

function givenBy($: CheerioAPI): Given {
  const first = (selectors: readonly string[]) => {
    for (const selector of selectors) {
      const found = $(selector).first()
      const value =
        found.attr('content') ?? found.attr('href') ?? found.attr('datetime') ?? found.text()
      if (value.trim() !== '') return value.trim()
    }
    return null
  }
  return {
    id: null,
    title: first(HEAD.title),
    date: first(HEAD.date),
    place: null,
    publication: first(HEAD.publication),
    url: first(HEAD.url),
  }
}

function removeLinkLists($: CheerioAPI): void {
  for (const element of $('ul, ol, div, table, dl, p').toArray()) {
    const list = $(element)
    const links = list.find('a')
    const linked = links.text().replaceAll(/\s/g, '').length
    const all = list.text().replaceAll(/\s/g, '').length
    if (links.length >= LINKED_LEAST && linked > all * LINKED_SHARE) list.remove()
  }
}

/** Nodes as text; white space as a browser shows it. */
function render(nodes: readonly Node[], base: string | null): { text: string; links: Link[] } {
  let text = ''
  const links: Link[] = []
  const atLeast = (breaks: number) => {
    text = text.replace(/[ \t]+$/, '')
    const trailing = /\n*$/.exec(text)![0].length
    if (text !== '') text += '\n'.repeat(Math.max(0, breaks - trailing))
  }
  const say = (words: string) => {
    const collapsed = words.replaceAll(/[ \t\r\n\f]+/g, ' ')
    text += /(?:^|\s)$/.test(text) ? collapsed.trimStart() : collapsed
  }
  for (const node of nodes) visit(node)
  return { text: text.trimEnd(), links: links.filter(({ start, end }) => end > start) }

  function visit(node: Node): void {
    if (node.nodeType === TEXT_NODE && 'data' in node) return say(node.data)
    if (!('children' in node) || !('name' in node)) return
    const { name } = node
    if (name === 'br') return atLeast(1)
    if (name === 'td' || name === 'th') return visitCell(node.children, node.prev !== null)
    const block = BLOCK.test(name)
    if (block) atLeast(2)
    else if (LINE.test(name)) atLeast(1)
    const heading = HEADING.exec(name)
    if (heading) text += `${'#'.repeat(Number(heading[1]))} `
    const start = text.length
    for (const child of node.children) visit(child)
    if (name === 'a') addLink(node.attribs['href'], start)
    if (block) atLeast(2)
    else if (LINE.test(name)) atLeast(1)
  }

  function visitCell(children: readonly Node[], follows: boolean): void {
    if (follows && !/(?:^|\n)$/.test(text)) text += '\t'
    const cell = render(children, base)
    for (const link of cell.links) {
      links.push({ ...link, start: text.length + link.start, end: text.length + link.end })
    }
    text += cell.text.replaceAll(/\s/g, ' ')
  }

  function addLink(href: string | undefined, start: number): void {
    const url = href === undefined ? null : absolute(href, base)
    if (url) links.push({ start, end: text.trimEnd().length, url })
  }
}

/** A web address, or null for anchors, scripts and addresses that cannot be completed. */
function absolute(href: string, base: string | null): string | null {
  const url = URL.parse(href, base ?? undefined)
  return url && /^https?:$/.test(url.protocol) ? url.href : null
}
