/** Shares of common shingles from which on two passages say the same. */
const SAME = 0.8
const SHINGLE = 4

/** Keeps the first of passages that say the same, letter for letter or nearly. */
export function dropNearDuplicates<T>(items: readonly T[], textOf: (item: T) => string): T[] {
  const kept: { item: T; shingles: ReadonlySet<string> }[] = []
  for (const item of items) {
    const shingles = shinglesOf(textOf(item))
    if (!kept.some((other) => resemblance(shingles, other.shingles) >= SAME)) {
      kept.push({ item, shingles })
    }
  }
  return kept.map(({ item }) => item)
}

/** Jaccard similarity; of two texts without shingles it is 0. */
function resemblance(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || Math.min(a.size, b.size) / Math.max(a.size, b.size) < SAME) return 0
  const common = a.intersection(b).size
  return common / (a.size + b.size - common)
}

function shinglesOf(text: string): Set<string> {
  const letters = text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')
  const count = Math.max(letters.length - SHINGLE + 1, 0)
  return new Set(Array.from({ length: count }, (_, i) => letters.slice(i, i + SHINGLE)))
}
