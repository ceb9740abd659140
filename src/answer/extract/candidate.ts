import type { Passage } from '../../corpus.ts'
import { sentences } from '../../sentences.ts'

/** A stretch of a passage that may answer: a sentence, a clause sequence between semicolons, a line of a head. */
export interface Candidate {
  readonly passage: Passage
  /** UTF-16 offsets in the passage's text. */
  readonly start: number
  readonly end: number
  readonly text: string
  /** What stands before it in its passage and names what it speaks of: the sentence before, the paragraph's opening. */
  readonly before: string
  readonly opening: string
  /** Its place in reading order among all candidates of its article. */
  readonly n: number
}

/** A longer sentence is also offered by its parts between semicolons. */
const LONG = 110

/** Everything in an article's passages, in reading order, that may be quoted as an answer. */
export function candidatesOf(passages: readonly Passage[]): Candidate[] {
  let n = 0
  return passages.flatMap((passage) => {
    const spans =
      passage.part === 'head' || passage.kind === 'table'
        ? lines(passage.text)
        : units(passage.text)
    return spans.map(({ start, end, from }, i): Candidate => ({
      passage,
      start,
      end,
      text: passage.text.slice(start, end),
      before: passage.text.slice(spans[i - 1]?.start ?? 0, start),
      opening: passage.text.slice(from, Math.min(start, from + 60)),
      n: n++,
    }))
  })
}

interface Unit {
  readonly start: number
  readonly end: number
  /** Where its paragraph begins. */
  readonly from: number
}

function lines(text: string): Unit[] {
  return [...text.matchAll(/[^\n]*\S[^\n]*/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    from: match.index,
  }))
}

function units(text: string): Unit[] {
  return sentences(text).flatMap(({ start, end }) => {
    const from = text.lastIndexOf('\n', start - 1) + 1
    if (end - start <= LONG) return [{ start, end, from }]
    return parts(text, start, end).map((part) => ({ ...part, from: Math.min(from, start) }))
  })
}

/** A sentence parted at its semicolons; a quotation in it is not. */
function parts(text: string, start: number, end: number): { start: number; end: number }[] {
  const cuts: number[] = []
  let quoted = 0
  for (let i = start; i < end - 1; i++) {
    if (/[“「『（(]/u.test(text[i]!)) quoted++
    else if (/[”」』）)]/u.test(text[i]!)) quoted--
    else if (/[；;]/u.test(text[i]!) && quoted <= 0) cuts.push(i + 1)
  }
  return [start, ...cuts].map((from, i) => {
    const to = cuts[i] ?? end
    const lead = text.slice(from, to).length - text.slice(from, to).trimStart().length
    return { start: from + lead, end: to }
  })
}
