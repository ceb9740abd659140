import type { Publication } from '../../corpus.ts'
import type { Item, Segmented } from '../item.ts'

const KIND = '(?:日报|晚报|早报|晨报|时报|商报|都市报|周刊|周报)'
const NAMED = new RegExp(
  `《([\\p{Script=Han}]{2,6}${KIND})》|([\\p{Script=Han}]{2,4}${KIND})社`,
  'gu',
)
const ALONE = new RegExp(
  `(?<!\\p{Script=Han})([\\p{Script=Han}]{2,6}${KIND})(?!\\p{Script=Han})`,
  'u',
)
const STAFF = /《([^》]{2,12})》\s*(?:特约)?(?:评论员|记者|通讯员)/u
const SOURCE = /(?<!数据|资料)(?:来源|稿源)[：:]\s*([\p{Script=Han}]{2,12})/u
const ISSUE = /^\d{4}[.．]\d{1,2}$|^\d{4}年第\d{1,3}期$|总第\d+期/u
const SHEET =
  /(?:第\s*|(?<![第\s])\s+)?([A-D]?\d{1,3})\s*版|(?<![A-Za-z0-9])([A-D]\d{1,2})(?![A-Za-z0-9])/u
/** Times a paper must be named in a page's text to be taken for the page's own. */
const OFTEN = 2

/** The paper that printed a page: as its masthead or staff name it, else as its text does, else the daily of its city. */
export function publicationOf(page: Segmented, city: readonly string[]): Publication {
  const mastheads = page.furniture.map(({ text }) => text.text)
  const issue = mastheads.find((text) => ISSUE.test(text)) ?? null
  const sheet = mastheads.map((text) => SHEET.exec(text)).find(Boolean)
  const printed = mastheads.map((text) => ALONE.exec(text)?.[1]).find(Boolean)
  const name = printed ?? staffPaper(page) ?? namedPaper(page) ?? cityPaper(page, city)
  return {
    name,
    inferred: name !== null && !printed,
    issue,
    page: sheet?.[1] ?? sheet?.[2] ?? null,
  }
}

/** 柳泉日报讯, 柳泉晚报5月6日讯: a lead that names its paper. */
const LEAD = new RegExp(`^([\\p{Script=Han}]{2,6}${KIND})[^，。]{0,12}?(?:讯|电)`, 'u')

/** The paper of one document or web page: only what its lead names; that it speaks of papers says nothing. */
export function publicationOfDocument({ items }: Segmented): Publication {
  const name = LEAD.exec(items[0]?.body[0]?.text ?? '')?.[1] ?? null
  return { name, inferred: name !== null, issue: null, page: null }
}

/** The paper that an item's own credits say it comes from, before that of its page. */
export function publicationOfItem({ credits }: Item, page: Publication): Publication {
  const name = credits.map(({ text }) => SOURCE.exec(text)?.[1]).find(Boolean)
  return name ? { ...page, name, inferred: false } : page
}

/** 《某刊》特约评论员: the staff of a paper names it. */
const staffPaper = ({ items }: Segmented) =>
  items.flatMap(({ credits }) => credits.map(({ text }) => STAFF.exec(text)?.[1])).find(Boolean)

/** The paper that a page names most, at least twice. */
function namedPaper({ items, furniture }: Segmented): string | undefined {
  const texts = [
    ...items.flatMap(({ body, section }) => (section ? [...body, section] : body)),
    ...furniture.map(({ text }) => text),
  ]
  const names = texts.flatMap(({ text }) =>
    [...text.matchAll(NAMED)].map((match) => match[1] ?? match[2]!),
  )
  const [most] = [...Map.groupBy(names, (name) => name).values()].toSorted(
    (a, b) => b.length - a.length,
  )
  return most && most.length >= OFTEN ? most[0] : undefined
}

/** A city's party paper is called after it; only a page that says 本报 is a newspaper's. */
function cityPaper({ items }: Segmented, city: readonly string[]): string | null {
  const isPaper = items.some(({ body, credits }) =>
    [...body.slice(0, 1), ...credits].some(({ text }) => text.includes('本报')),
  )
  const name = city[1]?.replace(/市$/u, '')
  return isPaper && name ? `${name}日报` : null
}
