/** The exact nearest neighbours by brute force: at a hundred thousand vectors faster than a graph is built. */

/** A vector of unit length; one of zeros stays as it is, and is like nothing. */
export function normalized(vector: ArrayLike<number>): Float32Array {
  let sum = 0
  for (let i = 0; i < vector.length; i++) sum += vector[i]! * vector[i]!
  const length = Math.sqrt(sum) || 1
  return Float32Array.from(vector, (value) => value / length)
}

/**
 * Writes the dot product of a query with each vector of a block to `scores`, from `at` on. The block
 * is flat: `query.length` numbers a vector. Four vectors at a time: their sums do not wait for each
 * other, and each number of the query is read once for all of them.
 */
export function scoreBlock(
  block: Float32Array,
  query: Float32Array,
  scores: Float32Array,
  at: number,
): void {
  const dimensions = query.length
  const rows = block.length / dimensions
  let row = 0
  for (; row + 4 <= rows; row += 4) {
    const first = row * dimensions
    const second = first + dimensions
    const third = second + dimensions
    const fourth = third + dimensions
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (let i = 0; i < dimensions; i++) {
      const q = query[i]!
      a += q * block[first + i]!
      b += q * block[second + i]!
      c += q * block[third + i]!
      d += q * block[fourth + i]!
    }
    scores[at + row] = a
    scores[at + row + 1] = b
    scores[at + row + 2] = c
    scores[at + row + 3] = d
  }
  for (; row < rows; row++) scores[at + row] = dot(block, row * dimensions, query)
}

function dot(block: Float32Array, from: number, query: Float32Array): number {
  let sum = 0
  for (let i = 0; i < query.length; i++) sum += query[i]! * block[from + i]!
  return sum
}

type Scores = Float32Array | Float64Array

/** Of the best score; what is wanted is mostly among those that have half of it. */
const TIERS = [0.5, 0.25, 0]

/**
 * Positions with a score above zero, best first, ties by position; taken out of a heap one after the
 * other as they are asked for, so that a search for fifty never sorts a hundred thousand.
 */
export function* nearest(scores: Scores): Generator<number> {
  let best = 0
  for (let i = 0; i < scores.length; i++) if (scores[i]! > best) best = scores[i]!
  let below = Infinity
  for (const tier of TIERS) {
    yield* bestFirst(scores, tier * best, below)
    below = tier * best
  }
}

/** Positions with a score above zero, from one score on and below another. */
function* bestFirst(scores: Scores, from: number, below: number): Generator<number> {
  const heap: number[] = []
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!
    if (score > 0 && score >= from && score < below) heap.push(i)
  }
  let size = heap.length
  for (let i = (size >> 1) - 1; i >= 0; i--) sink(heap, size, scores, i)
  while (size > 0) {
    yield heap[0]!
    heap[0] = heap[--size]!
    sink(heap, size, scores, 0)
  }
}

function sink(heap: number[], size: number, scores: Scores, from: number): void {
  const item = heap[from]!
  let at = from
  for (;;) {
    let child = 2 * at + 1
    if (child >= size) break
    if (child + 1 < size && before(scores, heap[child + 1]!, heap[child]!)) child++
    if (!before(scores, heap[child]!, item)) break
    heap[at] = heap[child]!
    at = child
  }
  heap[at] = item
}

const before = (scores: Scores, a: number, b: number) =>
  scores[a]! > scores[b]! || (scores[a] === scores[b] && a < b)
