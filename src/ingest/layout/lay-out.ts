import { concat, join } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import { isCreditedCaption } from './credit.ts'
import type { Label } from './label.ts'
import { labelLines } from './label-lines.ts'
import type { Line } from './line.ts'
import { mayStartAnew, startsAnew } from './marker.ts'
import { carriesOn, hasGap, isFull, readPage } from './page.ts'
import type { Page } from './page.ts'
import type { Paragraph } from './paragraph.ts'
import { isFinished, opensParagraph, opensWithRemainder } from './sentence.ts'
import { crossesWord } from './word-boundary.ts'

/**
 * Puts the lines of a page into paragraphs: joined where a sentence goes on, inside words, figures
 * and names too; apart where a paragraph, a headline or a list begins.
 */
export function layOut(text: Traced, source: string): Paragraph[] {
  const page = readPage(text, source)
  const labels = withinWords(page, labelLines(page))
  const groups: number[][] = []
  for (const i of page.lines.keys()) {
    const last = groups.at(-1)
    if (last && goesOn(page, labels, i, last[0]!)) last.push(i)
    else groups.push([i])
  }
  return groups.map((group) => toParagraph(page, labels[group[0]!]!, group))
}

/** Lines of a text that is too short to show what its lines are. */
const FEW_LINES = 10

/** What stands within a word of running text goes on with it, however narrow it is set. */
function withinWords(page: Page, labels: readonly Label[]): Label[] {
  const mended = [...labels]
  const isMidWord = (i: number) => {
    const [left, right] = [page.lines[i - 1]!.text.text, page.lines[i]!.text.text]
    return !isFinished(left) && (crossesWord(left, right) || opensWithRemainder(right))
  }
  for (let i = 1; i < mended.length; i++)
    if (mended[i] === 'title' && TEXT.has(mended[i - 1]!) && isMidWord(i)) mended[i] = 'on'
  if (mended.length > FEW_LINES) return mended
  for (let i = mended.length - 1; i > 0; i--)
    if (TEXT.has(mended[i]!) && SHORT.has(mended[i - 1]!) && isMidWord(i)) {
      mended[i - 1] = 'begin'
      mended[i] = 'on'
    }
  return mended
}

function toParagraph(page: Page, label: Label, group: readonly number[]): Paragraph {
  const first = group[0]!
  const { level, opensBlock, vertical } = page.lines[first]!
  return {
    text: joinLines(group.map((i) => page.lines[i]!)),
    label,
    level,
    opensBlock,
    gapBefore: hasGap(page, first),
    vertical,
  }
}

/** Labels of lines of running text, and of captions. */
const TEXT: ReadonlySet<Label> = new Set(['lead', 'begin', 'on'])
const CAPTION: ReadonlySet<Label> = new Set(['caption', 'caption on'])
/** And of short lines. */
const SHORT: ReadonlySet<Label> = new Set(['title', 'subhead', 'credit', 'running head'])

/** Whether line `i` is of the paragraph that began with line `first` and reaches up to it. */
function goesOn(page: Page, labels: readonly Label[], i: number, first: number): boolean {
  const [before, line] = [page.lines[i - 1]!, page.lines[i]!]
  const [above, label] = [labels[i - 1]!, labels[i]!]
  if (TEXT.has(above) && label === 'begin') return runsOn(page, i)
  if (TEXT.has(above) && (label === 'on' || label === 'caption on')) return !standsApart(page, i)
  if (CAPTION.has(above) && (label === 'on' || label === 'caption on')) {
    const isEnd = isFinished(before.text.text) || isCreditedCaption(before.text.text)
    return !isEnd || (label === 'caption on' && !hasGap(page, i))
  }
  if (above !== label) return false
  if (label === 'subhead')
    return !hasGap(page, i) || carriesOn(page, before.text.text, line.text.text)
  // In a list of names a line that begins without one is the rest of the office above it.
  return label === 'roster' && !line.named && page.lines[first]!.named
}

/** Whether line `i` is in the middle of a sentence, whatever its label. */
function runsOn(page: Page, i: number): boolean {
  const [left, right] = [page.lines[i - 1]!.text.text, page.lines[i]!.text.text]
  if (isFinished(left) || /[：:]$/u.test(left) || standsApart(page, i)) return false
  if (startsAnew(right) || mayStartAnew(right)) return false
  return (
    (page.style.wrapped && isFull(page, i - 1) && !hasGap(page, i)) || carriesOn(page, left, right)
  )
}

/** Whether line `i` cannot be of one paragraph with the line above it: set in, or where each line is a paragraph. */
function standsApart(page: Page, i: number): boolean {
  const [before, { text, indented, bullet }] = [page.lines[i - 1]!, page.lines[i]!]
  if (indented || bullet) return true
  if (!page.style.wrapped && isFinished(before.text.text)) return true
  if (hasGap(page, i) && opensParagraph(text.text)) return true
  // Figures would become one that no full line shows to be broken there.
  const joinsFigures = /\d$/u.test(before.text.text) && /^\d/u.test(text.text)
  return joinsFigures && !(page.style.wrapped && isFull(page, i - 1))
}

/** One text of several lines; Latin words keep a space. */
const joinLines = (lines: readonly Line[]): Traced =>
  concat(
    lines.map(({ text }, i) => {
      const next = lines[i + 1]?.text
      if (!next || !keepsSpace(text.text, next.text)) return text
      const spaced = join([text, next], ' ')
      const end = text.text.length + 1
      return { text: spaced.text.slice(0, end), origin: spaced.origin.subarray(0, end) }
    }),
  )

const keepsSpace = (left: string, right: string) =>
  /[A-Za-z]$/u.test(left) && /^[A-Za-z]/u.test(right)
