import { normalized } from '../../retrieval/dense-scan.ts'

export const DIMENSIONS = 512

/**
 * A text's characters and pairs of them, each counted at a place of the vector, with a sign: texts that
 * share words are near, as with a model that embeds, and it costs nothing to speak of.
 */
export function hashedVector(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS)
  let before = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    count(vector, code)
    count(vector, before * 0x10000 + code)
    before = code
  }
  return normalized(vector)
}

function count(vector: Float32Array, pair: number): void {
  let hash = Math.imul((pair >>> 0) ^ 0x9e37_79b9, 0x85eb_ca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35)
  hash ^= hash >>> 16
  vector[hash & (DIMENSIONS - 1)]! += hash < 0 ? -1 : 1
}
