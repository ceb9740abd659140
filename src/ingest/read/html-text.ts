import type { CheerioAPI } from 'cheerio'
import { renderNodes } from './render-nodes.ts'
import { plainSource } from './source-text.ts'
import type { Given, SourceText } from './source-text.ts'

/** What a page shows around its article, or not at all; a form with paragraphs is the whole page, as ASP.NET makes it. */
const FURNITURE =
  'script, style, noscript, template, nav, header, footer, aside, iframe, form:not(:has(p)), button, select, svg, object, [hidden], [aria-hidden=true], [role=navigation], [role=banner], [role=contentinfo], [role=search]'

/** Where an article stands when a page says so. */
const MAIN = 'article, main, [role=main], [itemprop=articleBody]'

/** Less of the page's words than this is a teaser and not its article. */
const MAIN_SHARE = 0.3

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
  const isWhole = main && $(main).text().length >= $('body').text().length * MAIN_SHARE
  const { text, links } = renderNodes(isWhole ? [main] : $('body').toArray(), given.url)
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
