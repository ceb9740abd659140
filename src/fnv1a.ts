const OFFSET_BASIS = 0x811c9dc5
const PRIME = 0x01000193

/**
 * FNV-1a (Fowler, Noll, Vo) over the UTF-16 units of `text[start, end)`, as a signed 32-bit integer
 * without a finish: whoever takes its low bits spreads it first.
 */
export function fnv1a(text: string, start = 0, end = text.length, seed = OFFSET_BASIS): number {
  let hash = seed
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME)
  return hash
}
