/** A question that asks two things: 什么时候办，要几天？ */
import { normalize } from '../../../retrieval/tokens.ts'
import type { Span } from '../../../traced.ts'
import { type Asked, askedIn } from '../../../language/kinds.ts'

export interface Part extends Span {
  /** In the question's own words. */
  readonly text: string
  readonly asked: readonly Asked[]
}

/** A yes or no beside a real question (对吧, 有没有) is no part of its own. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['whether', 'confirm', 'several'])
const BETWEEN = /[，,？?；;。！!\s]+|还有|以及|另外/gu

/** A question asks so many things at most. */
const MOST = 4

/** The parts of a question that each ask something; none where only one does. */
export function partsOf(said: string): Part[] {
  const question = normalize(said)
  // Offsets of the normalized question are the asker's where no character became two.
  const words = question.length === said.length ? said : question
  const all = askedIn(question)
  const asked = all.filter(({ kind }) => !SAYS_NOTHING.has(kind.name))
  const bounds = [...question.matchAll(BETWEEN)].map(({ index, 0: mark }) => ({
    start: index,
    end: index + mark.length,
  }))
  const starts = [0, ...bounds.map(({ end }) => end)]
  const ends = [...bounds.map(({ start }) => start), question.length]
  const parts = starts.flatMap((start, i): Part[] => {
    const isIn = (one: Asked) => one.start >= start && one.end <= ends[i]!
    const own = asked.filter(isIn)
    // 怎么有548也有603: it tells why somebody asks.
    const tellsWhy = all.some((one) => isIn(one) && one.kind.name === 'several')
    return own.length > 0 && !tellsWhy
      ? [{ text: words.slice(start, ends[i]), start, end: ends[i]!, asked: own }]
      : []
  })
  return parts.length > 1 ? parts.slice(0, MOST) : []
}
