import { html as template } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** Markup of ours; whatever else stands in a template is escaped. */
export type Html = HtmlEscapedString

/** What may stand in a template: text and numbers are escaped, what is not there is left out. */
export type Part = Html | string | number | false | null | undefined | readonly Part[]

/** Markup with everything in it escaped that is not markup itself: articles, questions and names are data. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const made = template(strings, ...parts)
  if (made instanceof Promise) throw new TypeError('A template holds nothing that is waited for.')
  return made
}
