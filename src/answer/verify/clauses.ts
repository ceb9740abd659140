import type { Span } from '../../traced.ts'

/** A clause, and the sentence it belongs to; offsets in the text. */
export interface Clause extends Span {
  readonly text: string
  readonly sentence: Span
}

const SENTENCE_END = /[。！？!?；;\n]/u
const CLAUSE_END = /[，,：:—…]/u

/** The clauses of a text, in order; a plain comma between digits ends none. */
export function clauses(text: string): Clause[] {
  const found: Clause[] = []
  let sentence = 0
  let from = 0
  const open: Span[] = []
  const close = (end: number) => {
    for (const span of open.splice(0)) {
      found.push({
        ...span,
        text: text.slice(span.start, span.end),
        sentence: { start: sentence, end },
      })
    }
    sentence = end
  }
  for (let i = 0; i <= text.length; i++) {
    const char = text[i]
    const ends = char === undefined || SENTENCE_END.test(char)
    const pauses = char !== undefined && CLAUSE_END.test(char) && !withinFigure(text, i)
    if (!ends && !pauses) continue
    if (i > from) open.push({ start: from, end: i })
    from = i + 1
    if (ends) close(i)
  }
  return found
}

/** 1—5月 and 1,500 are one figure. */
function withinFigure(text: string, i: number): boolean {
  return (
    /[\d月年]/.test(text[i - 1] ?? '') && /\d/.test(text[i + 1] ?? '') && !/[，：]/.test(text[i]!)
  )
}
