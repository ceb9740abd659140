import { remember } from '../language/remember.ts'
import { fnv1a } from '../fnv1a.ts'

/** Estimated share of common shingles from which on two passages say the same. */
const SAME = 0.8
const SHINGLE = 4
/** One shingle in so many is kept, the same ones in every text. */
const KEPT = 4
/** Shorter texts are the same only letter for letter. */
const SHORTEST = 60

interface Print {
  readonly letters: string
  readonly hashes: ReadonlySet<number>
}

/** The first `limit` of the items, without those that say what one before them says. */
export function dropNearDuplicates<T>(
  items: Iterable<T>,
  textOf: (item: T) => string,
  limit: number,
): T[] {
  const kept: { item: T; print: Print }[] = []
  for (const item of items) {
    if (kept.length >= limit) break
    const print = printOf(textOf(item))
    if (!kept.some((other) => same(print, other.print))) kept.push({ item, print })
  }
  return kept.map(({ item }) => item)
}

function same(a: Print, b: Print): boolean {
  if (a.letters === b.letters) return true
  const [fewer, more] = [
    Math.min(a.hashes.size, b.hashes.size),
    Math.max(a.hashes.size, b.hashes.size),
  ]
  // At best all of the smaller one's are common.
  if (fewer === 0 || fewer / more < SAME) return false
  const common = a.hashes.intersection(b.hashes).size
  return common / (a.hashes.size + b.hashes.size - common) >= SAME
}

/** A sample of the hashes of a text's shingles (Broder 1997); none of a short text. */
const printOf = remember((text: string): Print => {
  const letters = text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')
  const hashes = new Set<number>()
  for (let i = 0; letters.length >= SHORTEST && i + SHINGLE <= letters.length; i++) {
    const raw = fnv1a(letters, i, i + SHINGLE)
    const hash = raw ^ (raw >>> 15)
    if ((hash & (KEPT - 1)) === 0) hashes.add(hash)
  }
  return { letters, hashes }
})
