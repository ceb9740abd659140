import { lettersIn, proseIn } from './letters.ts'
import { isElement, renderNodes } from './render.ts'
import type { Rendered } from './render.ts'

/** Letters from which what was found is an article: a short notice in Chinese has as many. */
const ENOUGH = 60
/** What has fewer is a scrap, and the article was not found. */
const SCRAP = 20
/** Of a page of few words, menus taken out, what says less than this share of them is a part of the article. */
const SHORT = 800
const PART = 0.35

/**
 * A page's article as text, found by Mozilla's Readability; the whole page where it finds none, as on
 * pages of a few words. The document is used up.
 */
export async function readBody(document: Document): Promise<Rendered> {
  const { Readability } = await import('@mozilla/readability')
  const whole = renderNodes([document.body])
  const all = proseIn(document.body)
  const found = new Readability<Node>(document, {
    charThreshold: ENOUGH,
    keepClasses: true,
    disableJSONLD: true,
    serializer: (node) => node,
  }).parse()
  const content = found?.content
  if (!content || !isElement(content)) return whole
  const letters = lettersIn(content)
  const isPart = all <= SHORT && letters < all * PART
  return letters < SCRAP || isPart ? whole : renderNodes([content])
}
