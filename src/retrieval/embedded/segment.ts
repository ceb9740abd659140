/**
 * A segment: terms and their postings, written once, merged later, as in Lucene. A posting says in
 * which passage (by number) a term stands and how often in each field. Segments are cut into blocks
 * of about 16 KB, so that a search reads only the blocks its terms are in.
 *
 * A block is `count`, then the keys in order, then where each one's postings end, then the postings:
 * the distance from the passage before, as a varint, and one byte of counts.
 */
import { termKey } from './term-key.ts'

/** How often a term stands in each field of a passage. */
export interface FieldCounts {
  readonly headline: number
  readonly heading: number
  readonly body: number
}

/** Passages ascending, and the counts of each, packed by `packCounts`. */
export interface Postings {
  readonly passages: Uint32Array
  readonly counts: Uint8Array
}

const BLOCK_BYTES = 16_384
const NONE: Postings = { passages: new Uint32Array(0), counts: new Uint8Array(0) }

/** One byte: up to 15 times in the body, 3 in the headline, 3 in kicker, subtitle and subhead. */
export function packCounts({ headline, heading, body }: FieldCounts): number {
  return (Math.min(headline, 3) << 6) | (Math.min(heading, 3) << 4) | Math.min(body, 15)
}

export function unpackCounts(counts: number): FieldCounts {
  return { headline: counts >> 6, heading: (counts >> 4) & 3, body: counts & 15 }
}

/** Collects postings of passages given in ascending order. */
export class SegmentBuilder {
  #ids = new Map<number, number>()
  #keys: number[] = []
  #terms = new Uint32Array(1 << 12)
  #passages = new Uint32Array(1 << 12)
  #counts = new Uint8Array(1 << 12)
  size = 0

  add(passage: number, terms: ReadonlyMap<string, number>): void {
    for (const [term, counts] of terms) {
      if (this.size === this.#terms.length) this.#grow()
      this.#terms[this.size] = this.#idOf(termKey(term))
      this.#passages[this.size] = passage
      this.#counts[this.size] = counts
      this.size++
    }
  }

  /** Every term with its postings, by key. */
  *entries(): Generator<[key: number, Postings]> {
    const starts = new Uint32Array(this.#keys.length + 1)
    for (let i = 0; i < this.size; i++) starts[this.#terms[i]! + 1]!++
    for (let i = 0; i < this.#keys.length; i++) starts[i + 1]! += starts[i]!
    const passages = new Uint32Array(this.size)
    const counts = new Uint8Array(this.size)
    const next = starts.slice()
    for (let i = 0; i < this.size; i++) {
      const at = next[this.#terms[i]!]!++
      passages[at] = this.#passages[i]!
      counts[at] = this.#counts[i]!
    }
    for (const key of Float64Array.from(this.#keys).toSorted()) {
      const id = this.#ids.get(key)!
      const [from, to] = [starts[id]!, starts[id + 1]!]
      yield [key, { passages: passages.subarray(from, to), counts: counts.subarray(from, to) }]
    }
  }

  #idOf(key: number): number {
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    this.#ids.set(key, this.#keys.length)
    return this.#keys.push(key) - 1
  }

  #grow(): void {
    const length = this.size * 2
    this.#terms = copyInto(new Uint32Array(length), this.#terms)
    this.#passages = copyInto(new Uint32Array(length), this.#passages)
    this.#counts = copyInto(new Uint8Array(length), this.#counts)
  }
}

/** Cuts terms, given by ascending key, into blocks; `first` is a block's first key. */
export function* toBlocks(
  entries: Iterable<readonly [key: number, Postings]>,
): Generator<{ first: number; data: Uint8Array }> {
  let keys: number[] = []
  let ends: number[] = []
  const bytes = new ByteWriter()
  for (const [key, postings] of entries) {
    keys.push(key)
    writePostings(bytes, postings)
    ends.push(bytes.length)
    if (bytes.length + keys.length * 12 < BLOCK_BYTES) continue
    yield { first: keys[0]!, data: encodeBlock(keys, ends, bytes.take()) }
    keys = []
    ends = []
  }
  if (keys.length > 0) yield { first: keys[0]!, data: encodeBlock(keys, ends, bytes.take()) }
}

/** A term's postings in a block; none when it is not there. */
export function findInBlock(block: Uint8Array, key: number): Postings {
  const { keys, ends, bytes } = decodeBlock(block)
  const at = lowerBound(keys, key)
  if (keys[at] !== key) return NONE
  return readPostings(bytes, at === 0 ? 0 : ends[at - 1]!, ends[at]!)
}

/** All terms of a block with their postings. */
export function* blockEntries(block: Uint8Array): Generator<[key: number, Postings]> {
  const { keys, ends, bytes } = decodeBlock(block)
  for (let i = 0; i < keys.length; i++) {
    yield [keys[i]!, readPostings(bytes, i === 0 ? 0 : ends[i - 1]!, ends[i]!)]
  }
}

/** A block's row: segments and the blocks in each both count from 0 or 1, in order. */
export function blockId(segment: number, n: number): number {
  return segment * 2 ** 24 + n
}

/** Which block may hold a key: the last that does not begin after it; -1 when all do. */
export function blockOf(firsts: Float64Array, key: number): number {
  const at = lowerBound(firsts, key)
  return firsts[at] === key ? at : at - 1
}

/** Merges segments' terms, each by ascending key, and drops the passages that are gone. */
export function* mergeEntries(
  segments: readonly Iterator<[key: number, Postings]>[],
  alive: (passage: number) => boolean,
): Generator<[key: number, Postings]> {
  const heads = segments.map((segment) => segment.next())
  for (;;) {
    let key = Infinity
    for (const { done, value } of heads) if (!done && value[0] < key) key = value[0]
    if (key === Infinity) return
    const same: Postings[] = []
    for (const [i, head] of heads.entries()) {
      if (head.done || head.value[0] !== key) continue
      same.push(head.value[1])
      heads[i] = segments[i]!.next()
    }
    const merged = mergePostings(same, alive)
    if (merged.passages.length > 0) yield [key, merged]
  }
}

/** Joins postings of one term, in order of passage, without those that are gone. */
export function mergePostings(
  lists: readonly Postings[],
  alive: (passage: number) => boolean,
): Postings {
  // Where a source is printed again and again, most are gone: those are not sorted.
  const [only, ...more] = lists
    .map((list) => withoutGone(list, alive))
    .filter(({ passages }) => passages.length > 0)
    .toSorted((a, b) => a.passages[0]! - b.passages[0]!)
  if (!only) return NONE
  const all = more.length === 0 ? only : concatenate([only, ...more])
  return isAscending(all.passages) ? all : sortPostings(all)
}

function concatenate(lists: readonly Postings[]): Postings {
  const total = lists.reduce((sum, { passages }) => sum + passages.length, 0)
  const passages = new Uint32Array(total)
  const counts = new Uint8Array(total)
  let n = 0
  for (const list of lists) {
    passages.set(list.passages, n)
    counts.set(list.counts, n)
    n += list.passages.length
  }
  return { passages, counts }
}

function isAscending(numbers: Uint32Array): boolean {
  for (let i = 1; i < numbers.length; i++) if (numbers[i - 1]! > numbers[i]!) return false
  return true
}

function withoutGone(all: Postings, alive: (passage: number) => boolean): Postings {
  const { length } = all.passages
  let n = 0
  while (n < length && alive(all.passages[n]!)) n++
  if (n === length) return all
  const passages = all.passages.slice()
  const counts = all.counts.slice()
  for (let i = n; i < length; i++) {
    if (!alive(passages[i]!)) continue
    passages[n] = passages[i]!
    counts[n++] = counts[i]!
  }
  return { passages: passages.subarray(0, n), counts: counts.subarray(0, n) }
}

/** Segments that were not neighbours interleave: each posting is sorted as one number. */
function sortPostings({ passages, counts }: Postings): Postings {
  const sorted = Float64Array.from(passages, (passage, i) => passage * 256 + counts[i]!).toSorted()
  return {
    passages: Uint32Array.from(sorted, (both) => Math.floor(both / 256)),
    counts: Uint8Array.from(sorted, (both) => both % 256),
  }
}

function encodeBlock(keys: number[], ends: number[], bytes: Uint8Array): Uint8Array {
  const block = new Uint8Array(8 + keys.length * 12 + bytes.length)
  new Uint32Array(block.buffer, 0, 1)[0] = keys.length
  new Float64Array(block.buffer, 8, keys.length).set(keys)
  new Uint32Array(block.buffer, 8 + keys.length * 8, keys.length).set(ends)
  block.set(bytes, 8 + keys.length * 12)
  return block
}

/** A block whose numbers can be viewed in place, which those of a blob out of SQLite cannot always. */
export function aligned(block: Uint8Array): Uint8Array {
  return block.byteOffset % 8 === 0 ? block : block.slice()
}

function decodeBlock(given: Uint8Array) {
  const block = aligned(given)
  const { buffer, byteOffset } = block
  const count = new Uint32Array(buffer, byteOffset, 1)[0]!
  return {
    keys: new Float64Array(buffer, byteOffset + 8, count),
    ends: new Uint32Array(buffer, byteOffset + 8 + count * 8, count),
    bytes: block.subarray(8 + count * 12),
  }
}

function writePostings(bytes: ByteWriter, { passages, counts }: Postings): void {
  let before = 0
  for (let i = 0; i < passages.length; i++) {
    bytes.varint(passages[i]! - before)
    bytes.byte(counts[i]!)
    before = passages[i]!
  }
}

function readPostings(bytes: Uint8Array, from: number, to: number): Postings {
  // A posting takes two bytes at least.
  const passages = new Uint32Array((to - from) >> 1)
  const counts = new Uint8Array((to - from) >> 1)
  let n = 0
  let passage = 0
  for (let at = from; at < to; n++) {
    let byte = bytes[at++]!
    let delta = byte & 0x7f
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = bytes[at++]!
      delta |= (byte & 0x7f) << shift
    }
    passage += delta
    passages[n] = passage
    counts[n] = bytes[at++]!
  }
  return { passages: passages.subarray(0, n), counts: counts.subarray(0, n) }
}

function copyInto<T extends Uint32Array | Uint8Array>(fresh: T, old: T): T {
  fresh.set(old)
  return fresh
}

function lowerBound(keys: Float64Array, key: number): number {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (keys[middle]! < key) low = middle + 1
    else high = middle
  }
  return low
}

class ByteWriter {
  #bytes = new Uint8Array(BLOCK_BYTES * 2)
  length = 0

  byte(value: number): void {
    if (this.length === this.#bytes.length) {
      const wider = new Uint8Array(this.length * 2)
      wider.set(this.#bytes)
      this.#bytes = wider
    }
    this.#bytes[this.length++] = value
  }

  varint(value: number): void {
    let rest = value
    for (; rest > 0x7f; rest >>>= 7) this.byte((rest & 0x7f) | 0x80)
    this.byte(rest)
  }

  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.length)
    this.length = 0
    return taken
  }
}
