import { isLabelled, readLabels } from '../../labels.ts'
import type { Span } from '../../../traced.ts'
import { LIMITS } from '../limits.ts'
import { NOTHING_GIVEN, plainSource } from '../source-text.ts'
import type { SourceText } from '../source-text.ts'
import { readBody } from './body.ts'
import { type Edition, readEdition } from './edition.ts'
import { isWebFurniture, withoutButtons } from '../../web-furniture.ts'
import { isEmptyHead, removeButtons, removeFurniture, unlinkFiles } from './furniture.ts'
import { readHead } from './head.ts'
import { headlineOf } from './headline.ts'
import { removeHidden } from './hidden.ts'
import { fold } from './letters.ts'
import { parsePage } from './parse.ts'
import { renderNodes } from './render.ts'

/** Lines over an article in which its date, paper and author are looked for. */
const OVER = 12
/** A line of so many letters is text; a shorter one may stand in a menu as well. */
const TEXT = 20
/** Prose has a sentence's end; a page with links and less prose than this is a list of them. */
const PROSE = 40
const LINKS = 8

/** The page shows nothing but links to articles. */
export class PageOfLinks extends Error {
  override readonly name = 'PageOfLinks'
}

/**
 * The article of a saved web page as text: its headline marked as in Markdown, the line with its
 * date, paper and author, its body, a row's cells parted by tabs, links by their words; without what
 * the page hides and what it shows around its article.
 * @throws PageOfLinks when there is no article on it.
 */
export async function readPage(html: string, depth = LIMITS.depth): Promise<SourceText> {
  const document = await parsePage(html, depth)
  const head = readHead(document)
  removeHidden(document)
  const edition = readEdition(document)
  if (edition) return ofEdition(edition, head.url)
  const linked = [...document.querySelectorAll('body a')].length
  const headline = headlineOf(document, head) ?? overLabels(linesOf(document))
  const isHeadline = (text: string) => headline !== null && fold(text) === fold(headline)
  removeButtons(document)
  unlinkFiles(document)
  const whole = linesOf(document)
  removeFurniture(document, isHeadline)
  const { text, links } = await readBody(document)
  const lines = text.split('\n').filter((line) => !isWebFurniture(line))
  const prose = lines.filter((line) => /[。！？；]/u.test(line)).join('').length
  if (linked >= LINKS && prose < PROSE && fold(text).length < PROSE * 10 && !readsAsTable(text))
    throw new PageOfLinks('the page has links and no article')
  const { above, over, under } = labelsAround(whole, lines, isHeadline)
  const { date, source, site, url } = head
  // Who issued a document says more than whose site it stands on.
  const issued = over.some((line) => readLabels(line)!.has('issuer'))
  const publication = source ?? (issued ? null : site)
  const around = new Set([...over, ...under].map(fold))
  const body = articleLines(text, links, isHeadline, above).filter(
    (line) => !around.has(fold(line)),
  )
  if (body.length === 0) {
    if (linked >= LINKS) throw new PageOfLinks('the page has links and no article')
    return plainSource('')
  }
  return plainSource(compose(headline, over.map(withoutButtons), [...body, ...under]), {
    kind: { kind: 'web', reason: '网页文件' },
    unpaged: true,
    given: { ...NOTHING_GIVEN, date, publication, url },
  })
}

const linesOf = (document: Document) =>
  renderNodes([document.body], { parted: true }).text.split('\n').filter(Boolean)

const SHORTEST_HEADLINE = 4
const LONGEST_HEADLINE = 60

/** The headline of a page that marks none: the line right over the one with its date and paper. */
function overLabels(lines: readonly string[]): string | null {
  const at = lines.findIndex((line) => {
    const labels = readLabels(line)
    return labels !== null && (labels.has('published') || labels.has('publication'))
  })
  const line = bare(lines[at - 1] ?? '')
  const isHeadline =
    line.length >= SHORTEST_HEADLINE &&
    line.length <= LONGEST_HEADLINE &&
    !/[。；\t]/u.test(line) &&
    !isWebFurniture(line)
  return isHeadline ? line : null
}

/** An article of a digital edition: what its page marks, and nothing else. */
function ofEdition(
  { headline, kicker, body, date, publication, author }: Edition,
  url: string | null,
): SourceText {
  const { text } = renderNodes([body])
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !isWebFurniture(line))
  const over = [...kicker, ...(author === null ? [] : [author])]
  return plainSource(compose(headline, over, lines), {
    kind: { kind: 'web', reason: '报纸的数字版' },
    unpaged: true,
    given: { ...NOTHING_GIVEN, date, publication, url },
  })
}

const readsAsTable = (text: string) => (text.match(/\t/g)?.length ?? 0) > 4

/** What labels an article, line by line: over its body, and under it, where its editor is named. */
interface Around {
  readonly over: readonly string[]
  readonly under: readonly string[]
  /** What the page shows over its headline. */
  readonly above: ReadonlySet<string>
}

/** Lines that label the article: between its headline and its body, else right behind its body. */
function labelsAround(
  whole: readonly string[],
  body: readonly string[],
  isHeadline: (text: string) => boolean,
): Around {
  const inBody = new Set(body.map(fold))
  const isText = (line: string) =>
    inBody.has(fold(line)) && bare(line).length > TEXT && readLabels(line) === null
  const end = whole.findIndex(isText)
  if (end < 0) return { over: [], under: [], above: new Set() }
  const start = whole.slice(0, end).findLastIndex((line) => isHeadline(bare(line)))
  const labels = (lines: readonly string[]) => lines.filter((line) => readLabels(line) !== null)
  // A day alone over the headline is today's, and one behind the text is a signature's.
  const table = labels(whole.slice(Math.max(0, start - OVER), start + 1)).filter(isLabelled)
  const before = [...table, ...labels(whole.slice(Math.max(start + 1, end - OVER), end))]
  const last = whole.findLastIndex(isText)
  const after = labels(whole.slice(last + 1, last + 1 + OVER)).filter(isLabelled)
  const isEditor = (line: string) => readLabels(line)!.has('editor')
  const dated = before.some((line) => readLabels(line)!.has('published'))
  return {
    over: [...before, ...(dated ? [] : after.filter((line) => !isEditor(line)))],
    under: after.filter(isEditor),
    above: new Set(whole.slice(0, Math.max(0, start)).map((line) => fold(bare(line)))),
  }
}

/** Lines over which a document's title may be set. */
const TITLE_LINES = 5

const bare = (line: string) => line.replace(/^#+ /, '')

/** A line of the body, and where it stands in what was rendered. */
interface Placed {
  readonly line: string
  readonly from: number
}

/** Share of a line that links carry, from which it is a link and no text. */
const LINKED = 0.6

/**
 * The lines that are the article's: not its headline again nor what stands over it, nothing that a
 * page prints around an article, nothing behind the editor's name or a pager, and no links or heads
 * behind its last sentence.
 */
function articleLines(
  text: string,
  links: readonly Span[],
  isHeadline: (text: string) => boolean,
  above: ReadonlySet<string>,
): string[] {
  let from = 0
  const placed = text.split('\n').map((line) => {
    const at = from
    from += line.length + 1
    return { line, from: at }
  })
  const begins = placed.findIndex(({ line }) => isProse(line))
  const again = titleAgain(placed.slice(0, Math.max(0, begins)), isHeadline)
  const pager = placed.findIndex(({ line }, i) => begins >= 0 && i > begins && isPager(line))
  const own = placed
    .slice(0, pager < 0 ? placed.length : pager)
    .filter(
      ({ line }, i) =>
        line.trim() !== '' &&
        !isHeadline(bare(line)) &&
        !isWebFurniture(line) &&
        !(i < begins && above.has(fold(bare(line)))) &&
        !again.has(i),
    )
  const editor = own.findLastIndex(({ line }) => readLabels(line)?.has('editor'))
  const after = own
    .slice(editor + 1)
    .filter(({ line }) => isProse(line) || line.includes('\t')).length
  const signed =
    editor > 0 && after <= own.slice(0, editor).filter(({ line }) => isProse(line)).length / 2
  const kept = signed ? own.slice(0, editor + 1) : own
  const last = kept.findLastIndex(
    (each) => (isProse(each.line) && !isLinked(each, links)) || each.line.includes('\t'),
  )
  // A head behind the last sentence is the article's when no links, days or other heads follow.
  const behind = kept.slice(last + 1)
  const isList =
    behind.some((each) => isLinked(each, links) || readLabels(each.line) !== null) ||
    behind.filter(({ line }) => line.startsWith('#')).length > 1
  const end = kept.findIndex(
    (each, i) => i > last && (isLinked(each, links) || (isList && each.line.startsWith('#'))),
  )
  return withoutEdges(kept.slice(0, end < 0 ? kept.length : end).map(({ line }) => line)).map(
    (line) => (readLabels(line) ? withoutButtons(line) : line),
  )
}

/** Where a document prints its title, over several lines, under the page's own. */
function titleAgain(
  lines: readonly Placed[],
  isHeadline: (text: string) => boolean,
): ReadonlySet<number> {
  const shown = [...lines.keys()].filter((i) => lines[i]!.line.trim() !== '')
  for (const [first] of shown.entries()) {
    for (let count = 2; count <= TITLE_LINES; count++) {
      const at = shown.slice(first, first + count)
      if (isHeadline(at.map((i) => bare(lines[i]!.line)).join(''))) return new Set(at)
    }
  }
  return new Set()
}

/** Without what says nothing at either end: a pager's or a counter's figures, heads with nothing under them. */
function withoutEdges(lines: readonly string[]): string[] {
  const says = (line: string) => /\p{L}/u.test(line) && !isEmptyHead(bare(line))
  return lines.slice(Math.max(0, lines.findIndex(says)), lines.findLastIndex(says) + 1)
}

/** 首页 | 上一页 1 下一页 | 尾页: what follows is no part of the article above. */
const isPager = (line: string) =>
  line.length <= PAGER_LENGTH && /上一?页.*下一?页/u.test(line) && !isProse(line)
const PAGER_LENGTH = 40

const isProse = (line: string) => /[。！？；]/u.test(line)

const isLinked = ({ line, from }: Placed, links: readonly Span[]): boolean => {
  if (/^附件|\.(?:docx?|pdf|xlsx?|wps|zip|rar)\s*$/iu.test(line)) return false
  const linked = links
    .filter(({ start, end }) => start >= from && end <= from + line.length)
    .reduce((sum, { start, end }) => sum + end - start, 0)
  return linked > line.length * LINKED
}

/** Headline, labels and body one after the other, an empty line between blocks and none between rows. */
function compose(
  headline: string | null,
  labels: readonly string[],
  body: readonly string[],
): string {
  const lines = [...(headline === null ? [] : [`# ${headline}`]), ...labels, ...body]
  return lines
    .map((line, i) => {
      const inTable = line.includes('\t') && (lines[i - 1] ?? '').includes('\t')
      return i === 0 ? line : `${inTable ? '\n' : '\n\n'}${line}`
    })
    .join('')
}
