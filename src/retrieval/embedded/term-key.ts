import { fnv1a } from '../../fnv1a.ts'

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
  return LONG + fnv(term) * 0x80000 + (fnv(term, 0x9747b28c) & 0x7ffff)
}

/** Above every exact key, below what a double holds exactly. */
const LONG = 2 ** 51

const fnv = (term: string, seed?: number) => (fnv1a(term, 0, term.length, seed) >>> 0) & 0x7fffffff
