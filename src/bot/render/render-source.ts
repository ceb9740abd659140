import type { InlineKeyboardButton } from 'grammy/types'
import { circled, sourceLine, tidy } from '../../answer/reply.ts'
import type { Article, Citation } from '../../corpus.ts'
import type { OpenedSource } from '../../conversation/conversation.ts'
import { sourcePath } from '../../conversation/source-address.ts'
import { type Formatted, bold, formatted, joined, quoted, underlined } from './formatted.ts'
import { titled } from './render-answer.ts'
import { splitMessage } from './split-message.ts'
import { isButtonUrl } from './button-url.ts'

/** What a copy button may hold, in UTF-16 units. */
const COPIED_LENGTH = 256

/** A page of an article, in UTF-16 units: two screens of a telephone. */
const PAGE_LENGTH = 1500

/** The passage behind a source, its quote marked. */
export function renderSource({ citation, passage, marks }: OpenedSource): Formatted {
  let at = 0
  const parts = marks.flatMap(({ start, end }) => {
    const before = passage.text.slice(at, start)
    at = end
    return [before, underlined(bold(passage.text.slice(start, end)))]
  })
  const text = formatted(...parts, passage.text.slice(at))
  return joined([formatted(circled(citation.n), ' ', titled(citation)), quoted(text)], '\n')
}

/**
 * A button that copies a quote with its source, as it is put into a paper; where a button does not hold
 * that, the quote or the source alone. Nothing is copied in part.
 */
export function copyButtons(
  citation: Citation,
  address: string | undefined,
): InlineKeyboardButton[] {
  const quote = tidy(citation.quote)
  const source = sourceLine(citation)
  const texts = [
    ['复制引文和出处', [quote, source, address].filter(Boolean).join('\n')],
    ['复制引文和出处', `${quote}\n${source}`],
    ['复制引文', quote],
    ['复制出处', source],
  ] as const
  const fitting = texts.find(([, text]) => text.length <= COPIED_LENGTH)
  return fitting ? [{ text: fitting[0], copy_text: { text: fitting[1] } }] : []
}

/** Our page of an article; with a citation, of its words there; nothing when we have no pages. */
export const sourcePage = (
  publicUrl: string | undefined,
  id: string,
  cited?: Citation,
): string | undefined => publicUrl && `${publicUrl.replace(/\/$/, '')}${sourcePath(id, cited)}`

/** Links to where an article can be read on the web; with a citation, to its words on our page. */
export function linkButtons(
  { id, url }: { id: string; url: string | null },
  publicUrl: string | undefined,
  cited?: Citation,
): InlineKeyboardButton[] {
  const page = sourcePage(publicUrl, id, cited)
  return [
    ...(page ? [{ text: '来源页', url: page }] : []),
    ...(url && isButtonUrl(url) ? [{ text: '原网页', url }] : []),
  ]
}

/** One page of an article; `pages` counts them. */
export function renderArticle(article: Article, page: number): { text: Formatted; pages: number } {
  const pages = splitMessage(
    article.text.split('\n').map((line) => formatted(line)),
    PAGE_LENGTH,
  )
  const shown = pages[Math.min(page, pages.length - 1)] ?? formatted('')
  const { reporters, correspondents, authors } = article.byline
  const byline = [
    reporters.length > 0 && `记者 ${reporters.join(' ')}`,
    correspondents.length > 0 && `通讯员 ${correspondents.join(' ')}`,
    authors.length > 0 && `作者 ${authors.join(' ')}`,
  ].filter((part) => part !== false)
  const head = joined([titled(article), byline.join(' · ')], '\n')
  const foot = pages.length > 1 ? `（第 ${page + 1} 页，共 ${pages.length} 页）` : ''
  return { text: joined([head, quoted(shown), foot], '\n'), pages: pages.length }
}
