import type { Traced } from '../../traced.ts'
import { groupLines, joinLines } from './group.ts'
import type { Group } from './group.ts'
import { hasGap, readPage } from './page.ts'
import type { Paragraph } from './paragraph.ts'

/**
 * Puts the lines of a page into paragraphs: joined where a sentence goes on, inside words, figures
 * and names too; apart where a paragraph, a headline or a list begins.
 */
export function layOut(text: Traced, source: string): Paragraph[] {
  const page = readPage(text, source)
  let at = 0
  return groupLines(page).map((group) => {
    const [from, to] = [at, at + group.lines.length]
    at = to
    return {
      ...toParagraph(group),
      gapBefore: hasGap(page, from),
      gapAfter: hasGap(page, to),
    }
  })
}

function toParagraph({
  lines,
  display,
  roster,
  table,
}: Group): Omit<Paragraph, 'gapBefore' | 'gapAfter'> {
  const text = joinLines(lines)
  const { level, opensBlock, blanks, vertical } = lines[0]!
  return {
    text,
    level,
    display,
    roster,
    opensBlock,
    isolated: blanks >= 2,
    lines: lines.length,
    vertical,
    table,
  }
}
