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
    const part = text.slice(start, end)
    const lead = part.length - part.trimStart().length
    const length = part.trim().length
    if (length > 0) spans.push({ start: start + lead, end: start + lead + length })
  }
}

/** After a closing quote, a speaker and a verb of saying belong to the sentence: ……。”市知识产权局局长介绍，… */
function goesOn(end: string, rest: string): boolean {
  if (!/[”’』」"']/u.test(end)) return false
  return /^\s*[^。！？\n“"]{0,10}?(说|表示|介绍|告诉|坦言|感慨|谈起|谈到|指出|强调|认为|解释|回忆)/u.test(
    rest,
  )
}
