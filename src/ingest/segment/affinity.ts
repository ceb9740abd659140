/**
 * How much a line shares with each of some pieces of text, by the runs of two to four characters
 * that few pieces have: 1 for a piece that has all of the line's.
 */
export type Affinity = (line: string, piece: number) => number

/** What a pair of characters that no piece has counts against a line, beside one that one piece has. */
const UNSEEN = 0.3
const LONGEST = 4

/** Prepares pieces of text for comparing lines with them; costs nothing until the first line comes. */
export function affinities(pieces: readonly string[]): Affinity {
  const holds = finder(pieces)
  const weights = new Map<string, readonly { weight: number; pieces: ReadonlySet<number> }[]>()
  const weigh = (line: string) =>
    gramsOf(line).map((gram) => {
      const found = holds(gram)
      const rare = Math.log(1 + pieces.length / Math.max(1, found.size)) / Math.max(1, found.size)
      const unseen = gram.length === 2 ? UNSEEN : 0
      return { weight: found.size === 0 ? unseen * rare : rare, pieces: found }
    })
  return (line, piece) => {
    const grams = weights.get(line) ?? weigh(line)
    weights.set(line, grams)
    let shared = 0
    let total = 0
    for (const gram of grams) {
      total += gram.weight
      if (gram.pieces.has(piece)) shared += gram.weight
    }
    return total === 0 ? 0 : shared / total
  }
}

/** Every run of two to four letters or digits of a line, once. */
function gramsOf(line: string): string[] {
  const grams = new Set<string>()
  for (const run of line.split(/[^\p{L}\p{N}.%]+/u))
    for (let to = 2; to <= run.length; to++)
      for (let from = Math.max(0, to - LONGEST); from <= to - 2; from++)
        grams.add(run.slice(from, to))
  return [...grams]
}

/** Finds the pieces that hold a gram, by an index of their pairs of characters. */
function finder(pieces: readonly string[]): (gram: string) => ReadonlySet<number> {
  let index: Map<number, Set<number>> | undefined
  return (gram) => {
    index ??= indexPairs(pieces)
    const candidates = index.get(pairAt(gram, 0)) ?? new Set<number>()
    if (gram.length === 2) return candidates
    return new Set([...candidates].filter((piece) => pieces[piece]!.includes(gram)))
  }
}

const pairAt = (text: string, i: number) => text.charCodeAt(i) * 0x10000 + text.charCodeAt(i + 1)

function indexPairs(pieces: readonly string[]): Map<number, Set<number>> {
  const index = new Map<number, Set<number>>()
  for (const [piece, text] of pieces.entries())
    for (let i = 0; i + 1 < text.length; i++) {
      const pair = pairAt(text, i)
      const known = index.get(pair)
      if (known) known.add(piece)
      else index.set(pair, new Set([piece]))
    }
  return index
}
