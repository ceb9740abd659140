import { sentences } from '../../language/sentences.ts'
import { slice, trim } from '../../traced.ts'
import type { Traced } from '../../traced.ts'

const LONGEST = 40
const SHORTEST = 7
/** Share of the ghost's characters that the sentence before it has in the same order. */
const LIKENESS = 0.5
/** It repeats a printed line; what is longer beside the sentence before it is a sentence of the same build. */
const SHARE = 0.6
const NUMERALS = /[\d一二三四五六七八九十百千万亿]+/gu

/**
 * A ghost of OCR: a paragraph that begins with the last words of the one before it once more,
 * garbled. Answers [ghost, rest] or null. A figure of its own shows a sentence that says something:
 * 小型企业最高补5万元。中型企业最高补10万元。
 */
export function partGhost(before: string, text: Traced): [Traced, Traced] | null {
  const end = /[。！？!?]["”’』」）)]*/u.exec(text.text.slice(0, LONGEST))
  if (!end) return null
  const length = end.index + end[0].length
  const ghost = letters(text.text.slice(0, length))
  const sentence = letters(before.slice(sentences(before).at(-1)?.start))
  if (ghost.length < SHORTEST || ghost.length > sentence.length * SHARE) return null
  const tail = sentence.slice(-ghost.length - 3)
  if (!figuresOf(ghost).isSubsetOf(figuresOf(tail))) return null
  if (tail.endsWith(ghost) || commonLength(ghost, tail) < ghost.length * LIKENESS) return null
  return [slice(text, 0, length), trim(slice(text, length))]
}

const figuresOf = (text: string) => new Set(text.match(NUMERALS))

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
