import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LIMITS } from './limits.ts'
import type { Limits } from './limits.ts'
import type { Sheet } from './pdf/box.ts'
import { compose } from './pdf/compose.ts'
import { readSheet } from './pdf/sheet.ts'
import type { SourceText } from './source-text.ts'

/**
 * A PDF's text in reading order, with where each page begins: article by article under its headline
 * where a page has columns, else as it runs. Chinese fonts that embed no table of characters are read
 * through the predefined CMaps.
 * @throws Error when it is no PDF, is locked, or has no text; the message says which.
 */
export async function pdfText(
  bytes: Uint8Array,
  { pages: most }: Limits = LIMITS,
): Promise<SourceText> {
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
    if (document.numPages > most)
      throw new Error(`it has ${document.numPages} pages, more than ${most}; part it`)
    const sheets: Sheet[] = []
    for (let page = 1; page <= document.numPages; page++) {
      const proxy = await document.getPage(page)
      sheets.push(await readSheet(proxy))
      proxy.cleanup()
    }
    return compose(sheets)
  } finally {
    await loading.destroy()
  }
}

/** In pixels: a larger picture is not looked at, only a caption under it would be missed. */
const LARGEST_IMAGE = 4_000_000
