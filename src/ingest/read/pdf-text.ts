import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { around as boxAround, overlapX, weightedMedian } from './pdf/box.ts'
import type { Line, Sheet } from './pdf/box.ts'
import { findCaptions, findPictures } from './pdf/captions.ts'
import { isDocument, rankTitles, readRunning } from './pdf/document.ts'
import { runOn } from './pdf/flow.ts'
import type { Part } from './pdf/flow.ts'
import { findFurniture, findHead } from './pdf/furniture.ts'
import type { Furniture } from './pdf/furniture.ts'
import { layFlat } from './pdf/lay-flat.ts'
import { sidesOf } from './pdf/grids.ts'
import { linesOf, rowsOf } from './pdf/lines.ts'
import { readStories } from './pdf/newspaper.ts'
import type { Body, Told } from './pdf/newspaper.ts'
import { isRubbish, notesOn } from './pdf/notes.ts'
import { readSheet } from './pdf/sheet.ts'
import { createWriter } from './pdf/writer.ts'
import type { Writer } from './pdf/writer.ts'
import { plainSource } from './source-text.ts'
import type { SourceText } from './source-text.ts'

/** A page's lines, and what of them is no text of an article. */
interface Page {
  readonly sheet: Sheet
  readonly lines: readonly Line[]
  readonly furniture: readonly Furniture[]
}

/**
 * A PDF's text in reading order, with where each page begins: article by article under its headline
 * where a page has columns, else as it runs. Chinese fonts that embed no table of characters are read
 * through the predefined CMaps.
 * @throws Error when it is no PDF, is locked, or has no text; the message says which.
 */
export async function pdfText(bytes: Uint8Array): Promise<SourceText> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const library = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')))
  const loading = getDocument({
    // The library takes the bytes over, so it gets its own.
    data: Uint8Array.from(bytes),
    cMapUrl: join(library, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(library, 'standard_fonts/'),
    disableFontFace: true,
    isEvalSupported: false,
    maxImageSize: LARGEST_IMAGE,
    verbosity: 0,
  })
  try {
    const document = await loading.promise
    const sheets: Sheet[] = []
    for (let page = 1; page <= document.numPages; page++) {
      const proxy = await document.getPage(page)
      sheets.push(await readSheet(proxy))
      proxy.cleanup()
    }
    return textOf(sheets)
  } finally {
    await loading.destroy()
  }
}

/** In pixels: a larger picture is not looked at, only a caption under it would be missed. */
const LARGEST_IMAGE = 4_000_000

/** Characters from which a page shows its own body. */
const TELLING = 200

function textOf(sheets: readonly Sheet[]): SourceText {
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
  return plainSource(written.text, { ...written, notes: notesOn(sheets) })
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
  writer.end()
  for (const { furniture } of pages) writeFurniture(writer, furniture)
  return { ...writer.read(), pages: starts }
}

/** Article by article, page by page. */
function writeNewspaper(pages: readonly Page[], whole: Body) {
  const writer = createWriter()
  const starts = pages.map(({ sheet, lines, furniture }, p) => {
    const length = lines.reduce((sum, { text }) => sum + text.length, 0)
    const body = length >= TELLING ? bodyOf(lines) : whole
    const head = findHead(lines, sheet.rules, body.size)
    const pictures = findPictures(sheet, lines, body.size)
    const captions = findCaptions(lines, pictures, body)
    const taken = new Set([...head, ...captions.flat()])
    const text = lines.filter((line) => !taken.has(line))
    const stories = text.length === 0 ? [] : readStories(text, { ...sheet, pictures }, body)
    const told = tellPictures(stories, captions)
    writer.end()
    const parts = [headPart(head), ...told.articles]
    const [first] = parts.flat()
    const start = first ? writer.nextStart(first) : writer.length()
    for (const article of parts) {
      writer.end()
      for (const part of article) writer.add(part)
    }
    for (const line of told.headlines) writer.addAside(line, '未能归属的标题行')
    for (const caption of told.captions) writer.addAside(inOneLine(caption), '图片说明')
    writeFurniture(writer, furniture)
    return { page: p + 1, start }
  })
  return { ...writer.read(), pages: starts }
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

function writeFurniture(writer: Writer, furniture: readonly Furniture[]): void {
  for (const { what, lines } of furniture) writer.addAside(inOneLine(lines), what)
}
