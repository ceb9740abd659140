import type { Block } from './blocks.ts'

const DEEPEST = 6

/**
 * Blocks as text, an empty line between them: headings marked as in Markdown, one lower below a title,
 * tables by rows with tabs between cells.
 */
export function writeBlocks(blocks: readonly Block[]): string {
  const top = blocks.some((block) => block.kind === 'paragraph' && block.level === 0) ? 1 : 0
  return blocks
    .map((block) => {
      if (block.kind === 'table') return block.rows.map(writeRow).join('\n')
      const { text, level } = block
      return level === null
        ? writeLines(text)
        : `${'#'.repeat(Math.min(level + top, DEEPEST))} ${oneLine(text)}`
    })
    .filter((text) => text !== '')
    .join('\n\n')
}

const writeRow = (cells: readonly string[]) => cells.join('\t').trimEnd()

function writeLines(text: string): string {
  return text
    .split('\n')
    .map(narrow)
    .filter((line) => line !== '')
    .join('\n')
}

/** Spaces as a reader sees them. */
const narrow = (line: string) => line.replaceAll(/[ \t\r\f\u00a0]+/g, ' ').trim()

const HAN = /[\p{Script=Han}\u3000-\u303f\uff01-\uff60]/u

/** A heading's lines in one: Chinese is put together, words are parted by a space. */
function oneLine(text: string): string {
  return text
    .split('\n')
    .map(narrow)
    .reduce((before, line) => {
      const isClosed = HAN.test(before.at(-1) ?? '') && HAN.test(line[0] ?? '')
      return before + (isClosed || before === '' ? '' : ' ') + line
    })
    .trim()
}
