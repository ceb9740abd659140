import type { Span } from '../traced.ts'

/** Ends a sentence, with the closing quotes and brackets that follow it; ? and ! within an address or a formula end nothing. */
const END = /(?:[。！？…]|[!?](?![\w=&#%/]))+[”’』」﹄》）)"'\]】]*|\n/gu

/**
 * The sentences of a text, as ranges without the white space around them. A quotation that ends
 * inside a sentence (“……。”他说) does not end it: what follows its closing quote goes on.
 */
export function sentences(text: string): Span[] {
  const spans: Span[] = []
  let from = 0
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length
    if (match[0] !== '\n' && goesOn(match[0], text.slice(end, end + 12))) continue
    push(from, end)
    from = end
  }
  push(from, text.length)
  return spans

  function push(start: number, end: number) {
    spans.push(...within(text, start, end))
  }
}

/** After a closing quote, a speaker and a verb of saying belong to the sentence: ……。”市知识产权局局长介绍，… */
function goesOn(end: string, rest: string): boolean {
  if (!/[”’』」"']/u.test(end)) return false
  return /^\s*[^。！？\n“"]{0,10}?(说|表示|介绍|告诉|坦言|感慨|谈起|谈到|指出|强调|认为|解释|回忆)/u.test(
    rest,
  )
}

/** A longer sentence is quoted by its parts; the contract's bound. */
export const LONGEST_QUOTED = 300
/** A document's title within 《》 is no longer: where nothing closes it, no more is looked through. */
export const LONGEST_TITLE = 100
/** Shorter words stand in too many places to prove anything. White space does not count. */
export const SHORTEST_QUOTED = 6

/**
 * The stretches of a text that can be quoted: its sentences, of one that is very long the parts between
 * `；` or `。”`; or, where it is `lined`, its lines, the short ones with the one before them.
 */
export function quotable(text: string, lined = false): Span[] {
  if (lined) return withShortLines(text)
  return sentences(text).flatMap((sentence) =>
    sentence.end - sentence.start <= LONGEST_QUOTED ? [sentence] : parts(text, sentence),
  )
}

const PART_END = /[；;]|[。！？][”"』」]/gu

function parts(text: string, { start, end }: Span): Span[] {
  const ends = [...text.slice(start, end).matchAll(PART_END)].map(
    ({ index, 0: mark }) => start + index + mark.length,
  )
  const bounds = [start, ...ends.filter((at) => at < end), end]
  return bounds.slice(1).flatMap((to, i) => within(text, bounds[i]!, to))
}

function withShortLines(text: string): Span[] {
  const lines = [...text.matchAll(/[^\n]+/gu)].flatMap(({ index, 0: line }) =>
    within(text, index, index + line.length),
  )
  const joined: Span[] = []
  for (const line of lines) {
    const last = joined.at(-1)
    const short = (span: Span) =>
      text.slice(span.start, span.end).replace(/\s/gu, '').length < SHORTEST_QUOTED
    if (last && (short(line) || short(last)))
      joined[joined.length - 1] = { start: last.start, end: line.end }
    else joined.push(line)
  }
  return joined
}

/** Ornaments of a page before a line: they say nothing, and no quote begins with one. */
const LEADING = /^[\s\p{So}*•·→×@※]+/u

function within(text: string, start: number, end: number): Span[] {
  const part = text.slice(start, end)
  const lead = LEADING.exec(part)?.[0].length ?? 0
  const length = part.slice(lead).trimEnd().length
  return length > 0 ? [{ start: start + lead, end: start + lead + length }] : []
}
