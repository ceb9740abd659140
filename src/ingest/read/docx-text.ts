import { htmlText } from './html-text.ts'
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
  const { given, ...read } = await htmlText(`<body><article>${value}</article></body>`)
  return { ...read, given: { ...given, title: null } }
}
