import { parsePage } from './html/parse.ts'
import { renderNodes } from './html/render.ts'
import { plainSource } from './source-text.ts'
import type { SourceText } from './source-text.ts'

/**
 * A Word document as text: headings marked as in Markdown, a row's cells parted by tabs; no pictures.
 * @throws Error when it is no Word document.
 */
export async function docxText(bytes: Uint8Array): Promise<SourceText> {
  const { default: mammoth } = await import('mammoth')
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(bytes) },
    {
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      externalFileAccess: false,
    },
  )
  const { body } = await parsePage(value)
  return plainSource(renderNodes([body]).text, { kind: { kind: 'document', reason: 'Word 文档' } })
}
