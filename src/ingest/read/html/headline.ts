import { isWebFurniture } from '../../web-furniture.ts'
import { fold } from './letters.ts'
import { isSite, type PageHead, withoutSite } from './head.ts'

const SHORTEST = 4
const LONGEST = 100
/** A head shorter than a third of the page's title is that of a column. */
const LEAST_SHARE = 3
const HEADS =
  'h1, h2, h3, h4, h5, h6, [class*=title], [id*=title], [class*=Title], [id*=Title], [class*=font01], [class*=headline], td strong, td b, founder-title'

/**
 * The headline that a page prints: what it shows as a head and also says in its own title; else its
 * only first-level head; else its title without the names of the site. Null when it has none.
 */
export function headlineOf(document: Document, head: PageHead): string | null {
  const site = head.site ?? head.source
  const said = [...head.headlines, ...(head.title ? [head.title] : [])].map(fold)
  const shown = [...document.body.querySelectorAll(HEADS)]
    .map((element) => clean(element.textContent ?? ''))
    .filter((text) => text.length >= SHORTEST && text.length <= LONGEST && !isWebFurniture(text))
  const both = shown
    .filter((text) => said.some((words) => words.includes(fold(text))) && !isSite(text, site))
    .toSorted((a, b) => b.length - a.length)[0]
  const title = head.headlines[0] ?? head.title
  const bare = title ? withoutSite(clean(title), site) : null
  if (both && fold(both).length * LEAST_SHARE >= fold(bare ?? '').length) return both
  const firsts = [...document.body.querySelectorAll('h1')].map((h) => clean(h.textContent ?? ''))
  if (firsts.length === 1 && firsts[0]!.length >= SHORTEST) return firsts[0]!
  if (bare && bare.length >= SHORTEST && !isSite(bare, site)) return bare
  return shown.toSorted((a, b) => b.length - a.length)[0] ?? null
}

const clean = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
