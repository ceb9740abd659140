/**
 * How much a line shares with pieces of a page, by the runs of two to four characters that few pieces
 * have. `affinity(line, piece)` is 1 when the piece has all of the line's.
 */
export interface Affinity {
  (line: string, piece: number): number
}

/** What a pair that no piece has counts against a line, beside a pair that one piece has. */
const UNSEEN = 0.3
const LETTERS = /[^\p{L}\p{N}]/gu

/** Prepares pieces of text for comparing lines with them. */
export function affinities(pieces: readonly string[]): Affinity {
  const grams = pieces.map((piece) => gramsOf(piece))
  const frequency = new Map<string, number>()
  for (const set of grams)
    for (const gram of set) frequency.set(gram, (frequency.get(gram) ?? 0) + 1)
  const weight = (gram: string) => {
    const n = frequency.get(gram)
    if (n === undefined) return gram.length === 2 ? UNSEEN * Math.log(1 + pieces.length) : 0
    return Math.log(1 + pieces.length / n) / n
  }
  return (line, piece) => {
    const set = grams[piece]!
    let shared = 0
    let total = 0
    for (const gram of gramsOf(line)) {
      const w = weight(gram)
      total += w
      if (set.has(gram)) shared += w
    }
    return total === 0 ? 0 : shared / total
  }
}

/** Pairs of neighbouring letters, and longer runs as pairs of pairs. */
function gramsOf(text: string): Set<string> {
  const grams = new Set<string>()
  for (const run of text.split(/[^\p{L}\p{N}.%]+/u)) {
    const letters = run.replace(LETTERS, (mark) => (mark === '.' || mark === '%' ? mark : ''))
    for (let i = 2; i <= letters.length; i++) {
      grams.add(letters.slice(i - 2, i))
      if (i >= 3) grams.add(letters.slice(i - 3, i))
      if (i >= 4) grams.add(letters.slice(i - 4, i))
    }
  }
  return grams
}
