import { edit } from '../../traced.ts'
import type { Edit, Traced } from '../../traced.ts'

/** Fewer pairs are a way of speaking: 高高兴兴, 家家户户. */
const LEAST_PAIRS = 4
/** A line in which every letter stands twice. */
const DOUBLED = new RegExp(
  `^[ \\t\\u3000]*(?:([^\\s\\d])\\1[ \\u3000]*){${LEAST_PAIRS},}[ \\t\\u3000]*\\r?$`,
  'u',
)

/** Bold that was printed by setting every letter twice: 中中小小企企业业 is 中小企业. */
export function singleLetters(traced: Traced): Traced {
  const edits: Edit[] = []
  let start = 0
  for (const line of traced.text.split('\n')) {
    if (DOUBLED.test(line)) {
      for (const { index } of line.matchAll(/([^\s\d])\1/gu))
        edits.push({ start: start + index + 1, end: start + index + 2, text: '' })
    }
    start += line.length + 1
  }
  return edit(traced, edits)
}
