/**
 * How much a line shares with each of some pieces of text, by the runs of two to four characters
 * that few pieces have: 1 for a piece that has all of the line's.
 */
export type Affinity = (line: string, piece: number) => number

/** What a pair of characters that no piece has counts against a line, beside one that one piece has. */
const UNSEEN = 0.3
const LONGEST = 4

interface Gram {
  readonly weight: number
  readonly pieces: ReadonlySet<number>
}

/** Compares lines with pieces of text. */
export function affinities(pieces: readonly string[], lines: readonly string[]): Affinity {
  const gramsByLine = new Map(lines.map((line) => [line, gramsOf(line)]))
  const holders = findPairs(pieces, [...gramsByLine.values()].flat())
  const holdersOf = (gram: string): ReadonlySet<number> => {
    const candidates = holders.get(pairAt(gram, 0)) ?? new Set<number>()
    if (gram.length === 2) return candidates
    return new Set([...candidates].filter((piece) => pieces[piece]!.includes(gram)))
  }
  const weigh = (gram: string): Gram => {
    const found = holdersOf(gram)
    const times = Math.max(1, found.size)
    const rare = Math.log(1 + pieces.length / times) / times
    const unseen = gram.length === 2 ? UNSEEN * rare : 0
    return { weight: found.size > 0 ? rare : unseen, pieces: found }
  }
  const weighed = new Map([...gramsByLine].map(([line, grams]) => [line, grams.map(weigh)]))
  return (line, piece) => {
    let shared = 0
    let total = 0
    for (const gram of weighed.get(line) ?? []) {
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

const pairAt = (text: string, i: number) => text.charCodeAt(i) * 0x10000 + text.charCodeAt(i + 1)

/** Which pieces hold the first pair of characters of each gram. */
function findPairs(pieces: readonly string[], grams: readonly string[]): Map<number, Set<number>> {
  const holders = new Map<number, Set<number>>()
  for (const gram of grams) holders.set(pairAt(gram, 0), new Set())
  if (holders.size === 0) return holders
  for (const [piece, text] of pieces.entries())
    for (let i = 0; i + 1 < text.length; i++) holders.get(pairAt(text, i))?.add(piece)
  return holders
}
