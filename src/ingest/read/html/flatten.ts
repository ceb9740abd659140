import type { Span } from '../../../traced.ts'

/**
 * A page without the tags of elements that lie deeper than `depth` in one another; their words stay.
 * Pages that never close a tag grow so, and browsers do the same.
 */
export async function flatten(html: string, depth: number): Promise<string> {
  const { Parser } = await import('htmlparser2')
  const dropped: Span[] = []
  let open = 0
  const drop = () => dropped.push({ start: parser.startIndex, end: parser.endIndex + 1 })
  const parser = new Parser({
    onopentag() {
      if (++open > depth) drop()
    },
    onclosetag(_, implied) {
      if (open-- > depth && !implied) drop()
    },
  })
  parser.end(html)
  let from = 0
  const kept = dropped.map(({ start, end }) => {
    const before = html.slice(from, start)
    from = Math.max(from, end)
    return before
  })
  return kept.join('') + html.slice(from)
}
