import { isEmptyValue } from '../../labels.ts'
import { fold } from './letters.ts'

/** What a page's head says of its article. */
export interface PageHead {
  readonly headlines: readonly string[]
  /** The <title>, with the names of the site in it. */
  readonly title: string | null
  readonly date: string | null
  /** Where the article is from, and whose site the page is of. */
  readonly source: string | null
  readonly site: string | null
  readonly author: string | null
  readonly url: string | null
}

const META = {
  headline: ['og:title', 'ArticleTitle', 'twitter:title', 'headline'],
  date: [
    'article:published_time',
    'PubDate',
    'publishdate',
    'og:release_date',
    'datePublished',
    'weibo:article:create_at',
    'apub:time',
    'firstpublishedtime',
  ],
  publication: ['ContentSource', 'source', 'mediaid', 'og:article:source'],
  site: ['og:site_name', 'SiteName', 'application-name'],
  author: ['author', 'article:author', 'og:article:author'],
}

/** Reads JSON-LD, Open Graph and the other names that pages give their facts. */
export function readHead(document: Document): PageHead {
  const data = jsonLd(document)
  const meta = metaOf(document)
  const of = (names: readonly string[]) =>
    names.flatMap((name) => meta.get(name.toLowerCase()) ?? [])
  const canonical = document.querySelector('link[rel=canonical]')?.getAttribute('href')
  return {
    headlines: [...strings(data?.['headline']), ...of(META.headline)],
    title: document.querySelector('title')?.textContent?.trim() || null,
    date: localDay(first(strings(data?.['datePublished']), of(META.date), wechatMoment(document))),
    source: first(
      texts(document, WECHAT_ACCOUNT),
      of(META.publication).filter((name) => !isEmptyValue(name)),
    ),
    site: first(of(META.site), names(data?.['publisher'])),
    author: first(names(data?.['author']), of(META.author)),
    url: first(canonical ? [canonical] : [], of(['og:url']), strings(data?.['url'])),
  }
}

/** WeChat's pages name the account that published them, and tell the moment in a script, in seconds. */
const WECHAT_ACCOUNT = '#js_name, .profile_nickname'
const WECHAT_SECOND = /\bvar (?:ct|createTimestamp) = ['"](\d{10})['"]/

function wechatMoment(document: Document): string[] {
  if (!document.querySelector(WECHAT_ACCOUNT)) return []
  const script = texts(document, 'script').find((code) => WECHAT_SECOND.test(code))
  const second = Number(WECHAT_SECOND.exec(script ?? '')?.[1])
  return second ? [new Date(second * 1000).toISOString()] : []
}

const texts = (document: Document, selector: string) =>
  [...document.querySelectorAll(selector)].map((element) => element.textContent ?? '')

/** China's clock is eight hours before UTC: 2024-05-06T17:00Z is the 7th. */
const EIGHT_HOURS = 8 * 60 * 60 * 1000

/** A moment with its zone as the day that China's calendar had; anything else as it is. */
function localDay(written: string | null): string | null {
  // As JavaScript prints it in America: 9/3/2020, 8:44:29 AM.
  const [, month = '', day = '', year = ''] =
    /^(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(written ?? '') ?? []
  if (year !== '') return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (written === null || !/T\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$/.test(written)) return written
  const moment = Date.parse(written)
  return Number.isNaN(moment) ? written : new Date(moment + EIGHT_HOURS).toISOString().slice(0, 10)
}

const first = (...found: readonly (readonly string[])[]) =>
  found
    .flat()
    .map((value) => value.trim())
    .find((value) => value !== '') ?? null

function metaOf(document: Document): Map<string, string> {
  const meta = new Map<string, string>()
  for (const element of document.querySelectorAll('meta[content]')) {
    const name = ['property', 'name', 'itemprop']
      .map((key) => element.getAttribute(key))
      .find(Boolean)
    const content = element.getAttribute('content')?.trim()
    if (name && content && !meta.has(name.toLowerCase())) meta.set(name.toLowerCase(), content)
  }
  return meta
}

type Json = Record<string, unknown>

/** The first article that a page describes as JSON-LD; a block that is no JSON says nothing. */
function jsonLd(document: Document): Json | undefined {
  const blocks = [...document.querySelectorAll('script[type="application/ld+json"]')]
  return blocks.flatMap((block) => articlesIn(parse(block.textContent ?? ''))).at(0)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function articlesIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(articlesIn)
  if (!isObject(value)) return []
  const own = strings(value['@type']).some((type) => /Article|Posting|Report/.test(type))
  return own ? [value] : articlesIn(value['@graph'])
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

const strings = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value.flatMap(strings) : []

/** A name alone, or that of a person or an organisation. */
const names = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap(names)
    : isObject(value)
      ? strings(value['name'])
      : strings(value)

/** Ends of the names of sites, which pages print behind a headline in their title. */
const SITE =
  /(?:网|网站|报|报社|频道|客户端|门户|在线|办事处|政府|局|委|厅|中心|公司|集团|栏目|首页|官网|目录|信箱|详情|正文|平台|数字报|电子版|多媒体|台|社|热线|论坛|日报|晚报|博客|号|com|cn|net)$/iu
/** Ends of the names of columns, which are short; a headline may end so: 关于招租厂房的公告. */
const COLUMN = /^.{0,8}(?:新闻|资讯|动态|要闻|公告|公示|公开|专栏)$/u
const PARTED = /(?:(?<!\s)\s+)?(?:[_|｜丨»]|:{2,}|[-–—]{1,2}|--|\s\/\s)\s*/u
const SPACED_LENGTH = 12

/** A page's title without the names of its site: the headline it most likely prints. */
export function withoutSite(title: string, site: string | null): string {
  const parts = title.split(PARTED).filter(Boolean)
  let end = parts.length
  while (end > 1 && isSite(parts[end - 1]!, site)) end--
  // What remains stands as it was written, dashes and all.
  const last = title.lastIndexOf(parts[end - 1] ?? '') + (parts[end - 1] ?? '').length
  const kept = end === parts.length ? title : title.slice(0, last)
  const spaced = /^(.{6,})\s+(\S+)$/u.exec(kept.trim())
  return spaced && spaced[2]!.length <= SPACED_LENGTH && isSite(spaced[2]!, null)
    ? spaced[1]!
    : kept.trim()
}

/** Whether words are the name of a site or of one of its columns, and no headline. */
export const isSite = (part: string, site: string | null) =>
  (site !== null && fold(site).includes(fold(part))) || SITE.test(part) || COLUMN.test(part)
