import { slice, trim } from '../../traced.ts'
import type { Traced } from '../../traced.ts'

const LONGEST = 40
const SHORTEST = 7
/** Share of the ghost's characters that the sentence before it has in the same order. */
const LIKENESS = 0.5

/**
 * A ghost of OCR: a paragraph that begins with the last words of the one before it once more,
 * garbled. Answers [ghost, rest] or null.
 */
export function partGhost(before: string, text: Traced): [Traced, Traced] | null {
  const end = /[。！？!?]["”’』」）)]*/u.exec(text.text.slice(0, LONGEST))
  if (!end) return null
  const length = end.index + end[0].length
  const ghost = letters(text.text.slice(0, length))
  if (ghost.length < SHORTEST) return null
  const tail = letters(before.slice(-LONGEST * 2)).slice(-ghost.length - 3)
  if (tail.endsWith(ghost) || commonLength(ghost, tail) < ghost.length * LIKENESS) return null
  return [slice(text, 0, length), trim(slice(text, length))]
}

const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')

/** Length of the longest common subsequence. */
function commonLength(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, () => 0)
  for (const x of a) {
    const next = [0]
    for (let k = 0; k < b.length; k++)
      next.push(x === b[k] ? row[k]! + 1 : Math.max(row[k + 1]!, next[k]!))
    row = next
  }
  return row[b.length]!
}
