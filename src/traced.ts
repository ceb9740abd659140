/**
 * Text in which every character knows where in its source it came from.
 *
 * Repair drops, replaces and joins characters, but never writes one that the source does not have a
 * place for; so a map of one source offset a character is enough to cite any words of a page to the
 * letter.
 */

/** A half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** `origin[i]` is the UTF-16 offset in the source of `text[i]`; both have the same length. */
export interface Traced {
  readonly text: string
  readonly origin: Uint32Array
}

/** A stretch of characters that stand side by side in the source too: [source offset, length]. */
export type Run = readonly [start: number, length: number]

/**
 * Finds the first of some spans that ends behind a place. Both come in order: the spans apart from each
 * other, and the places that are asked for.
 */
export function spanBehind(spans: readonly Span[]): (at: number) => Span | undefined {
  let next = 0
  return (at) => {
    while (next < spans.length && spans[next]!.end <= at) next++
    return spans[next]
  }
}

/** Replaces `text[start, end)` by `text`, which is at most as long: each of its characters comes from the one it covers. */
export interface Edit extends Span {
  readonly text: string
}

/** A source as it stands: every character comes from itself. */
export function trace(source: string): Traced {
  const origin = new Uint32Array(source.length)
  for (let i = 0; i < origin.length; i++) origin[i] = i
  return { text: source, origin }
}

export function slice({ text, origin }: Traced, start: number, end: number = text.length): Traced {
  return {
    text: text.slice(start, end),
    origin: origin.subarray(start, Math.min(end, text.length)),
  }
}

/** What of a text comes from a stretch of its source, where its characters stand in the source's order. */
export function sliceSource(traced: Traced, { start, end }: Span): Traced {
  return slice(traced, firstFrom(traced.origin, start), firstFrom(traced.origin, end))
}

/** The first of ascending offsets that is not before another, by bisection. */
export function firstFrom(origin: Uint32Array, offset: number): number {
  let [from, to] = [0, origin.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (origin[middle]! < offset) from = middle + 1
    else to = middle
  }
  return from
}

export function concat(parts: readonly Traced[]): Traced {
  const origin = new Uint32Array(parts.reduce((length, part) => length + part.text.length, 0))
  let at = 0
  for (const part of parts) {
    origin.set(part.origin, at)
    at += part.text.length
  }
  return { text: parts.map((part) => part.text).join(''), origin }
}

/**
 * Joins with a separator of one character, which comes from the place where the part before it ends.
 * A separator has no character of its own in the source; it counts as white space in every quote.
 */
export function join(parts: readonly Traced[], separator: '\n' | ' '): Traced {
  const filled = parts.filter((part) => part.text.length > 0)
  return concat(
    filled.flatMap((part, i) =>
      i === 0
        ? [part]
        : [{ text: separator, origin: Uint32Array.of(filled[i - 1]!.origin.at(-1)!) }, part],
    ),
  )
}

export function trim(traced: Traced): Traced {
  const start = traced.text.length - traced.text.trimStart().length
  return slice(traced, start, Math.max(start, traced.text.trimEnd().length))
}

/** Splits at every match of a pattern, which is left out; empty parts stay. */
export function split(traced: Traced, pattern: RegExp): Traced[] {
  const parts: Traced[] = []
  let from = 0
  for (const match of traced.text.matchAll(globally(pattern))) {
    parts.push(slice(traced, from, match.index))
    from = match.index + match[0].length
  }
  return [...parts, slice(traced, from)]
}

/**
 * Applies edits, given in order and not overlapping.
 * @throws RangeError when an edit writes more characters than it covers, overlaps or is out of order.
 */
export function edit(traced: Traced, edits: readonly Edit[]): Traced {
  if (edits.length === 0) return traced
  const length = edits.reduce(
    (sum, e) => sum + e.text.length - (e.end - e.start),
    traced.text.length,
  )
  const origin = new Uint32Array(length)
  const text: string[] = []
  let from = 0
  let at = 0
  for (const { start, end, text: replacement } of edits) {
    if (start < from || replacement.length > end - start) {
      throw new RangeError(`Edit ${start}–${end} overlaps another or writes more than it covers`)
    }
    text.push(traced.text.slice(from, start), replacement)
    origin.set(traced.origin.subarray(from, start), at)
    at += start - from
    origin.set(traced.origin.subarray(start, start + replacement.length), at)
    at += replacement.length
    from = end
  }
  text.push(traced.text.slice(from))
  origin.set(traced.origin.subarray(from), at)
  return { text: text.join(''), origin }
}

/** `String.replaceAll` with a pattern; what a match is replaced by is at most as long as the match. */
export function replace(
  traced: Traced,
  pattern: RegExp,
  replacement: string | ((match: RegExpExecArray) => string),
): Traced {
  const edits: Edit[] = []
  for (const match of traced.text.matchAll(globally(pattern))) {
    const text = typeof replacement === 'string' ? replacement : replacement(match)
    if (text !== match[0])
      edits.push({ start: match.index, end: match.index + match[0].length, text })
  }
  return edit(traced, edits)
}

const LETTER = /[\p{L}\p{N}]/u

/**
 * Where a text stands in its source, in reading order. Stretches that only white space, marks or
 * dropped signs part become one span; letters or digits between them are another text's, and part.
 */
export function spansOf({ origin }: Traced, source: string): Span[] {
  const spans: { start: number; end: number }[] = []
  for (const at of origin) {
    const last = spans.at(-1)
    if (last && at >= last.start && at < last.end) continue
    if (last && (at === last.end || (at > last.end && !LETTER.test(source.slice(last.end, at)))))
      last.end = at + 1
    else spans.push({ start: at, end: at + 1 })
  }
  return spans
}

/** The map as runs, for storing. */
export function toRuns(origin: Uint32Array): Run[] {
  const runs: [number, number][] = []
  for (const at of origin) {
    const last = runs.at(-1)
    if (last && last[0] + last[1] === at) last[1]++
    else runs.push([at, 1])
  }
  return runs
}

export function fromRuns(runs: readonly Run[]): Uint32Array {
  const origin = new Uint32Array(runs.reduce((sum, [, length]) => sum + length, 0))
  let i = 0
  for (const [start, length] of runs) for (let k = 0; k < length; k++) origin[i++] = start + k
  return origin
}

const globally = (pattern: RegExp) =>
  pattern.global ? pattern : new RegExp(pattern.source, `${pattern.flags}g`)
