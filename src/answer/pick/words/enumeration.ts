import type { Candidate } from './candidate.ts'

/** One item of what is counted off, and where counting begins. */
const ITEM = /(?:^|[：:，,。；])(?:[一二三四五六七八九][是要]|[①-⑨])/u
/** The next part of an article ends what is counted off in this one. */
const PART = /^(?:（[一二三四五六七八九十]）|[一二三四五六七八九十]、|关于)/u
const FIRST = /(?:^|[：:，,。；])(?:一[是要]|①)/u
/** A list this long is still read on a telephone. */
const WHOLE = 330

/**
 * The whole of what is counted off (一是…二是…三是…) around a candidate, with the words that introduce
 * it, as far as it stands in its passage; null when the candidate is of no such list.
 */
export function enumerationAround(
  candidate: Candidate,
  all: readonly Candidate[],
): { readonly start: number; readonly end: number; readonly text: string } | null {
  const { passage } = candidate
  const within = all.filter((c) => c.passage.id === passage.id)
  const at = within.findIndex((c) => c.start === candidate.start)
  const from = within.slice(0, at + 1).findLastIndex(({ text }) => FIRST.test(text))
  if (from < 0) return null
  const rest = within.slice(from + 1)
  const stop = rest.findIndex(
    ({ text, start }) =>
      FIRST.test(text) || PART.test(text) || (passage.text[start - 1] === '\n' && !ITEM.test(text)),
  )
  const list = [within[from]!, ...(stop < 0 ? rest : rest.slice(0, stop))]
  const last = list.findLastIndex(({ text }) => ITEM.test(text))
  // What follows the last item's first sentence may still belong to it; it is taken while it is short.
  const items = list.slice(0, last + 1)
  if (items.length < 2 || !items.some((c) => c.start === candidate.start)) return null
  const { start } = items[0]!
  const end = items.findLast((c) => c.end - start <= WHOLE)?.end ?? items[0]!.end
  return { start, end, text: passage.text.slice(start, end) }
}
