import type { Publication } from '../../corpus.ts'
import type { Segmented } from '../item.ts'

const PAPER = '[\\p{Script=Han}]{2,6}(?:日报|晚报|早报|晨报|时报|商报|都市报|周刊)'
const NAMED = new RegExp(`《(${PAPER})》|(${PAPER})社`, 'gu')
const COMMENTATOR = /《([^》]{2,12})》\s*(?:特约)?(?:评论员|记者|通讯员)/u
const ISSUE = /^\d{4}[.．]\d{1,2}$|^\d{4}年第\d{1,3}期$/u
const PAGE = /^(?:第?\s*([A-D]?\d{1,3})\s*版|([A-D]\d{1,2}))$/u

/** The paper that printed a page: as it names itself, else the daily of its city. */
export function publicationOf(page: Segmented, city: readonly string[]): Publication {
  const issue = page.furniture.find(({ text }) => ISSUE.test(text.text))?.text.text ?? null
  const sheet = page.furniture.map(({ text }) => PAGE.exec(text.text)).find(Boolean)
  const name = namedPublication(page) ?? dailyOf(page, city)
  return { name, inferred: name !== null, issue, page: sheet?.[1] ?? sheet?.[2] ?? null }
}

function namedPublication({ items, furniture }: Segmented): string | null {
  for (const { credits } of items)
    for (const { text } of credits) {
      const own = COMMENTATOR.exec(text)?.[1]
      if (own) return own
    }
  const text = [
    ...items.flatMap(({ body, section }) => [...body, ...(section ? [section] : [])]),
    ...furniture.map((f) => f.text),
  ]
    .map((part) => part.text)
    .join('\n')
  const times = Map.groupBy(
    [...text.matchAll(NAMED)].map((match) => match[1] ?? match[2]!),
    (name) => name,
  )
  const [first] = [...times].toSorted((a, b) => b[1].length - a[1].length)
  return first && first[1].length >= 2 ? first[0] : null
}

/** A city's party paper is called after it; only a page that says 本报 is a newspaper's. */
function dailyOf({ items }: Segmented, city: readonly string[]): string | null {
  const ours = items.some(({ body, credits }) =>
    [...body.slice(0, 1), ...body.slice(-1), ...credits].some(({ text }) => text.includes('本报')),
  )
  const name = city[1]?.replace(/市$/u, '')
  return ours && name ? `${name}日报` : null
}
