import { LIMITS } from './limits.ts'
import type { Limits } from './limits.ts'
import { plainSource } from './source-text.ts'
import type { SourceText } from './source-text.ts'

/**
 * A Word document as text: headings marked as in Markdown, a row's cells parted by tabs, automatic
 * numbers written out, notes at the end; without pictures, headers and footers.
 * @throws Error when it is no Word document.
 */
export async function docxText(bytes: Uint8Array, limits: Limits = LIMITS): Promise<SourceText> {
  const [{ openPackage }, { readBlocks }, { markTitle }, { writeBlocks }] = await Promise.all([
    import('./docx/open-package.ts'),
    import('./docx/read-blocks.ts'),
    import('./docx/mark-title.ts'),
    import('./docx/write-blocks.ts'),
  ])
  const text = writeBlocks(markTitle(readBlocks(await openPackage(bytes, limits))))
  return plainSource(text, { kind: { kind: 'document', reason: 'Word 文档' }, unpaged: true })
}
