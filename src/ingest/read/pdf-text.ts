import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pageOrder } from './page-order.ts'
import type { Fragment } from './page-order.ts'
import { plainSource } from './source-text.ts'
import type { SourceText } from './source-text.ts'

/**
 * A PDF's text in reading order, with where each page begins. Chinese fonts that embed no table of
 * characters are read through the predefined CMaps.
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
    verbosity: 0,
  })
  try {
    const document = await loading.promise
    const pages: { page: number; start: number }[] = []
    let text = ''
    for (let page = 1; page <= document.numPages; page++) {
      const { items } = await (await document.getPage(page)).getTextContent()
      const lines = pageOrder(items.flatMap((item) => ('str' in item ? [fragmentOf(item)] : [])))
      if (text !== '') text += '\n\n'
      pages.push({ page, start: text.length })
      text += lines.join('\n')
    }
    if (text.trim() === '')
      throw new Error('holds pictures of pages and no text; recognise its text first')
    return plainSource(text, { pages })
  } finally {
    await loading.destroy()
  }
}

interface Item {
  readonly str: string
  readonly transform: readonly number[]
  readonly width: number
  readonly height: number
}

function fragmentOf({ str, transform, width, height }: Item): Fragment {
  const [, , skew = 0, scale = 0, x = 0, y = 0] = transform
  return { text: str, x, y, width, height: height || Math.hypot(skew, scale) || 1 }
}
