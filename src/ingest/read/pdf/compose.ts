import { plainSource } from '../source-text.ts'
import type { Aside as Span, SourceText } from '../source-text.ts'
import { around as boxAround, overlapX, weightedMedian } from './box.ts'
import type { Line, Sheet } from './box.ts'
import { findCaptions, findPictures } from './captions.ts'
import { isDocument, rankTitles, readRunning } from './document.ts'
import { runOn } from './flow.ts'
import type { Part } from './flow.ts'
import { findFurniture, findHead } from './furniture.ts'
import type { Furniture } from './furniture.ts'
import { sidesOf } from './grids.ts'
import { layFlat } from './lay-flat.ts'
import { linesOf, rowsOf } from './lines.ts'
import { readStories } from './newspaper.ts'
import type { Body, Told } from './newspaper.ts'
import { isRubbish, notesOn } from './notes.ts'
import { createWriter } from './writer.ts'

/** A page's lines, and what of them is no text of an article. */
interface Page {
  readonly sheet: Sheet
  readonly lines: readonly Line[]
  readonly furniture: readonly Furniture[]
}

/** Characters from which a page shows its own body. */
const TELLING = 200

/**
 * The text of a PDF's pages: as it runs where they are a document's, article by article where they
 * are a newspaper's.
 * @throws Error when no page has text.
 */
export function compose(sheets: readonly Sheet[]): SourceText {
  const readable = sheets.map((sheet) => (isRubbish(sheet) ? { ...sheet, prints: [] } : sheet))
  if (readable.every(({ prints }) => prints.length === 0))
    throw new Error('holds pictures of pages and no text; recognise its text first')
  const pages = partFurniture(
    readable.map((sheet) =>
      layFlat(sheet, linesOf(sheet.prints, [...sheet.rules, ...sheet.frames.flatMap(sidesOf)])),
    ),
  )
  const body = bodyOf(pages.flatMap(({ lines }) => lines))
  const written = pages.every(({ lines }) => lines.length === 0)
    ? { text: '', pages: [], asides: [] }
    : isDocument(pages, body)
      ? writeDocument(pages, body)
      : writeNewspaper(pages, body)
  return plainSource(written.text, {
    unpaged: true,
    composed: true,
    ...written,
    notes: notesOn(sheets),
  })
}

/** Takes what runs along the edges of pages out of their lines. */
function partFurniture(pages: readonly { sheet: Sheet; lines: readonly Line[] }[]): Page[] {
  const found = findFurniture(pages)
  return pages.map(({ sheet, lines }, p) => {
    const taken = new Set(found[p]!.flatMap((furniture) => furniture.lines))
    return { sheet, lines: lines.filter((line) => !taken.has(line)), furniture: found[p]! }
  })
}

function bodyOf(lines: readonly Line[]): Body {
  const weight = ({ text }: Line) => text.length
  const all = lines.reduce((sum, line) => sum + weight(line), 0)
  const bold = lines.reduce((sum, line) => sum + (line.bold ? weight(line) : 0), 0)
  const fonts = new Map<string, number>()
  for (const line of lines) fonts.set(line.font, (fonts.get(line.font) ?? 0) + weight(line))
  const [font] = [...fonts].toSorted(([, a], [, b]) => b - a)[0] ?? ['']
  const size = weightedMedian(lines.map((line) => [line.size, weight(line)]))
  return { size, font, bold: bold * 2 > all }
}

/** One text over all pages; what is no part of it at the end, so that a paragraph runs over a page's foot. */
function writeDocument(pages: readonly Page[], body: Body) {
  const writer = createWriter()
  const parts = pages.map(({ sheet, lines }, p) =>
    lines.length === 0 ? [] : readRunning(lines, sheet, body, p === 0),
  )
  const ranked = rankTitles(parts)
  const starts = ranked.map((own, p) => {
    const start = own[0] ? writer.nextStart(own[0]) : writer.length()
    for (const part of own) writer.add(part)
    return { page: p + 1, start }
  })
  for (const { furniture } of pages)
    for (const { what, lines } of furniture) writer.addAside(inOneLine(lines), what)
  return { ...writer.read(), pages: starts }
}

/** What of a page is no part of an article. */
interface Aside {
  readonly text: string
  readonly what: Span['what']
}

/** Article by article, page by page; what a page begins without a headline may carry on the last one's text. */
function writeNewspaper(pages: readonly Page[], whole: Body) {
  const writer = createWriter()
  let asides: Aside[] = []
  const writeAsides = () => {
    for (const { text, what } of asides) writer.addAside(text, what)
    asides = []
  }
  const starts = pages.map((page, p) => {
    const { head, articles, asides: own } = readPage(page, whole)
    const texts = [head, ...articles].filter((parts) => parts.length > 0)
    const [first] = texts
    const goesOn = first !== head && first?.[0]!.kind === 'paragraph'
    if (!goesOn) writeAsides()
    const start = first ? writer.nextStart(first[0]!) : writer.length()
    for (const parts of texts) {
      for (const part of parts) writer.add(part)
      writeAsides()
      writer.end()
    }
    asides = own
    return { page: p + 1, start }
  })
  writeAsides()
  return { ...writer.read(), pages: starts }
}

function readPage({ sheet, lines, furniture }: Page, whole: Body) {
  const length = lines.reduce((sum, { text }) => sum + text.length, 0)
  const body = length >= TELLING ? bodyOf(lines) : whole
  const head = findHead(lines, sheet.rules, body.size)
  const pictures = findPictures(sheet, lines, body.size)
  const captions = findCaptions(lines, pictures, body)
  const taken = new Set([...head, ...captions.flat()])
  const text = lines.filter((line) => !taken.has(line))
  const stories = text.length === 0 ? [] : readStories(text, { ...sheet, pictures }, body)
  const told = tellPictures(stories, captions)
  const asides: Aside[] = [
    ...told.headlines.map((line) => ({ text: line, what: '未能归属的标题行' as const })),
    ...told.captions.map((caption) => ({ text: inOneLine(caption), what: '图片说明' as const })),
    ...furniture.map((own) => ({ text: inOneLine(own.lines), what: own.what })),
  ]
  return { head: headPart(head), articles: told.articles, asides }
}

/** A headline without a text has a caption under it for one, or none. */
function tellPictures(stories: readonly Told[], captions: readonly Line[][]) {
  const free = new Set(captions)
  const headlines: string[] = []
  const articles = stories.flatMap(({ head, text, box }): Part[][] => {
    if (text.length > 0) return [[...head, ...text]]
    const own = [...free].find(
      (caption) => caption[0]!.top > box.bottom && overlapX(boxAround(caption), box) > 0,
    )
    if (own) {
      free.delete(own)
      return [[...head, paragraph(inOneLine(own))]]
    }
    headlines.push(...head.map((part) => part.text))
    return []
  })
  return { articles, headlines, captions: [...free] }
}

const inOneLine = (lines: readonly Line[]) =>
  rowsOf(lines)
    .map((row) => row.map(({ text }) => text).join(' '))
    .reduce((text, row) => runOn(text, row))

const paragraph = (text: string): Part => ({
  kind: 'paragraph',
  text,
  size: 0,
  open: false,
  continues: false,
})

/** A page's head in one line: its paper, its date, its number. */
const headPart = (head: readonly Line[]): Part[] =>
  head.length === 0
    ? []
    : [
        paragraph(
          rowsOf(head)
            .flat()
            .map(({ text }) => text)
            .join(' '),
        ),
      ]
