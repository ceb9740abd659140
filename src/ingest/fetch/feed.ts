import { DomHandler, DomUtils, Parser } from 'htmlparser2'
import { chinaDay } from '../../china-time.ts'

type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number]

/** What a feed says of one of its articles. */
export interface FeedItem {
  readonly url: string
  /** The day in China on which it was published, YYYY-MM-DD, where that is said in a way that can be read. */
  readonly published: string | null
}

/** A page may be told to be a feed, and the other way round; how it begins tells. */
const FEED =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*|<!DOCTYPE[^>[]*(?:\[(?:(?!\]\s*>)[^])*\]\s*)?>\s*|<\?(?:(?!\?>)[^])*\?>\s*)*<(?:rss|feed|rdf:rdf)[\s>]/iu

/** Whether a text is an RSS or Atom feed. */
export const isFeed = (text: string) => FEED.test(text.slice(0, LOOKED_AT))

const LOOKED_AT = 20_000

/** Feeds have some ten; for one that is deeper the parser takes as often longer for each tag. */
const MOST_DEPTH = 200

/** @throws RangeError when tags stand in each other for ever. */
class FeedHandler extends DomHandler {
  override onopentag(name: string, attribs: Record<string, string>) {
    if (this.tagStack.length > MOST_DEPTH) throw new RangeError('The feed is too deep.')
    super.onopentag(name, attribs)
  }
}

/**
 * The articles among the first items of a feed, RSS of any version or Atom, in its order and each once; `base` is where it
 * was found. What has no address on the web is left out. Entities that a feed defines are not resolved.
 * @throws RangeError when it is too deep to be a feed.
 */
export function readFeed(text: string, base: string, most: number): FeedItem[] {
  const handler = new FeedHandler()
  new Parser(handler, { xmlMode: true }).end(text)
  const items = new Map<string, FeedItem>()
  for (const element of DomUtils.getElementsByTagName(isItem, handler.root, true, most)) {
    const url = addressIn(linkOf(element), base)
    if (url !== null && !items.has(url)) items.set(url, { url, published: publishedOf(element) })
  }
  return [...items.values()]
}

const isItem = (name: string) => /^(?:\w+:)?(?:item|entry)$/iu.test(name)

const childrenOf = (item: Element) => item.children.filter((child) => DomUtils.isTag(child))

/** Atom's stands in an attribute, and one of several is the article's; RSS's is a text, or its permanent id. */
function linkOf(item: Element): string {
  const links = childrenOf(item).filter(({ name }) => /^(?:atom:)?link$/iu.test(name))
  const ofAtom = links.find(
    ({ attribs }) => attribs['href'] && (attribs['rel'] ?? 'alternate') === 'alternate',
  )
  const ofRss = links.find((link) => DomUtils.textContent(link).trim() !== '')
  const id = childrenOf(item).find(
    ({ name, attribs }) =>
      /^guid$/iu.test(name) &&
      attribs['ispermalink'] !== 'false' &&
      attribs['isPermaLink'] !== 'false',
  )
  return (
    (ofRss && DomUtils.textContent(ofRss)) ??
    ofAtom?.attribs['href'] ??
    (id ? DomUtils.textContent(id) : '')
  )
}

/** Longer ones are taken by no server, and leave no room beside a page for where it is from. */
const MOST_LETTERS = 2_048

/** An address of the web without what names a place on its page; null of anything else. */
export function addressIn(text: string, base?: string): string | null {
  const given = text.trim()
  if (given === '') return null
  const url = URL.parse(given, base)
  if (!url || !/^https?:$/u.test(url.protocol) || url.username !== '' || url.password !== '')
    return null
  url.hash = ''
  return url.href.length > MOST_LETTERS ? null : url.href
}

const DATES =
  /^(?:pubdate|dc:date|published|dc:created|dcterms:created|dcterms:issued|updated|date)$/iu

function publishedOf(item: Element): string | null {
  const dates = childrenOf(item).filter(({ name }) => DATES.test(name))
  // The day it was published goes before the day it was changed.
  const last = (element: Element) => Number(/^updated$/iu.test(element.name))
  return (
    dates
      .toSorted((a, b) => last(a) - last(b))
      .map((element) => dayIn(DomUtils.textContent(element)))
      .find((day) => day !== null) ?? null
  )
}

/** Of a moment with its zone the day that China had; of one without, as Chinese papers write it, the day as it is written. */
const ZONE = /(?:Z|GMT|UTC?|[A-Z]{3,4}|[+-]\d{2}:?\d{2})\s*$/u
const WRITTEN_DAY = /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/u

export function dayIn(text: string): string | null {
  const given = text.trim()
  const [, year, month = '', day = ''] = WRITTEN_DAY.exec(given) ?? []
  const isWritten = year !== undefined && !(ZONE.test(given) && !Number.isNaN(Date.parse(given)))
  const moment = Date.parse(
    isWritten
      ? `${year}-${pad(month)}-${pad(day)}T12:00+08:00`
      : ZONE.test(given)
        ? given
        : `${given} +0800`,
  )
  return Number.isNaN(moment) || moment < EARLIEST ? null : chinaDay(moment)
}

const pad = (figure: string) => figure.padStart(2, '0')

/** What is older than the web is a date that was never set. */
const EARLIEST = Date.parse('1990-01-01')
