/**
 * Tells whether two texts are one article, scraped twice or reprinted: a bottom-k sketch of their
 * shingles (Broder 1997, "On the resemblance and containment of documents").
 */
import { fnv1a } from '../fnv1a.ts'

/** Characters of a shingle: long enough that set phrases of the trade do not count as likeness. */
const SHINGLE = 8
/** Shingles kept: resemblance is estimated to within about ± 0.1. */
const KEPT = 96
/** Shorter texts are alike too easily, and are never taken for one another. */
const SHORTEST = 60
/** From this estimated resemblance on two texts are one article: an edited reprint, or another scan with its slips. */
export const ALIKE = 0.6

/** The smallest shingle hashes of a text, ascending; none of a text too short to tell. */
export type Sketch = readonly number[]

/** Letters and figures alone: spaces, punctuation and width differ between scrapes. */
export const lettersOf = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')

/** Sketches what `lettersOf` gives. */
export function sketch(text: string): Sketch {
  const letters = lettersOf(text)
  if (letters.length < SHORTEST) return []
  const hashes = new Uint32Array(letters.length - SHINGLE + 1)
  for (let i = 0; i < hashes.length; i++) hashes[i] = hash(letters, i)
  hashes.sort()
  const smallest: number[] = []
  for (const value of hashes) {
    if (value !== smallest.at(-1)) smallest.push(value)
    if (smallest.length === KEPT) break
  }
  return smallest
}

/** Whether two sketches are of one article. */
export const alike = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  likeness(a, b) >= ALIKE

/** The share of common hashes among the smallest of both sketches, from 0 to 1. */
export function likeness(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length === 0 || b.length === 0) return 0
  const size = Math.min(KEPT, a.length, b.length)
  let common = 0
  for (let i = 0, j = 0, seen = 0; seen < size; seen++) {
    const [x, y] = [a[i]!, b[j]!]
    if (x <= y) i++
    if (y <= x) j++
    if (x === y) common++
  }
  return common / size
}

/** A shingle's hash, spread over 32 bits. */
function hash(text: string, from: number): number {
  const raw = fnv1a(text, from, from + SHINGLE)
  const h = Math.imul(raw ^ (raw >>> 16), 0x85ebca6b)
  return (h ^ (h >>> 13)) >>> 0
}
