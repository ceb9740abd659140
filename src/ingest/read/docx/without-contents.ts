import type { Block } from './blocks.ts'

/** Where contents stood that are not read. */
export interface Contents {
  readonly kind: 'contents'
}

/** The word that is printed above the contents. */
const ABOVE = /^目\s*[录次]$/u

/** The blocks without the places of contents, and the word above them. */
export function withoutContents(parts: readonly (Block | Contents)[]): Block[] {
  const blocks: Block[] = []
  for (const part of parts) {
    const above = blocks.at(-1)
    if (part.kind !== 'contents') blocks.push(part)
    else if (above?.kind === 'paragraph' && ABOVE.test(above.text)) blocks.pop()
  }
  return blocks
}
