/**
 * A term as a number: exact for up to three code units, which is every bigram, a hash for longer
 * words. Numbers sort, pack and compare fast; two long words share one in about 2^52 cases.
 */
export function termKey(term: string): number {
  if (term.length <= 3) {
    let key = 0
    for (let i = 0; i < term.length; i++) key = key * 0x10000 + term.charCodeAt(i) + 1
    return key
  }
  return LONG + fnv(term, 0x811c9dc5) * 0x80000 + (fnv(term, 0x9747b28c) & 0x7ffff)
}

/** Above every exact key, below what a double holds exactly. */
const LONG = 2 ** 51

function fnv(term: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193)
  return (hash >>> 0) & 0x7fffffff
}
