/**
 * What scoring has to know of every passage, in memory: whether it is there, how long it is, which
 * article it belongs to. Eight bytes a passage on disk, kept with its source.
 */

import type { DatabaseSync } from 'node:sqlite'
import { asWritten, bytes, integer, sealed, string } from './rows.ts'

/** `article` counts within the source; `length` is the body's in terms. */
export interface Norms {
  readonly article: number
  readonly length: number
}

export interface SourceRow {
  readonly path: string
  /** The number of its first passage. */
  readonly first: number
  /** As `PassageTable.encode` writes them, one after the other. */
  readonly norms: Uint8Array
}

/** The columns of its row in the index. */
export const SOURCE = ['id', 'path', 'norms'] as const

const BYTES = 8
const GONE = 0xffffffff

export class PassageTable {
  /** How many passages there are. */
  readonly size: number
  /** The highest number plus one. */
  readonly end: number
  readonly averageLength: number
  readonly averageArticleLength: number
  /** By passage number; `GONE` where there is none. */
  readonly #articles: Uint32Array
  /** Lengths beside the average, by passage number and by article. */
  readonly #relative: Float64Array
  readonly #relativeArticle: Float64Array

  /** Sources by ascending first number. */
  constructor(sources: readonly SourceRow[]) {
    const last = sources.at(-1)
    this.end = last ? last.first + PassageTable.countOf(last.norms.length) : 0
    this.#articles = new Uint32Array(this.end).fill(GONE)
    const lengths = new Uint16Array(this.end)
    const articleLengths: number[] = []
    let size = 0
    let total = 0
    for (const { first, norms } of sources) {
      const base = articleLengths.length
      const view = new DataView(norms.buffer, norms.byteOffset, norms.byteLength)
      for (let i = 0; i < PassageTable.countOf(norms.length); i++) {
        const article = base + view.getUint32(i * BYTES)
        const length = view.getUint16(i * BYTES + 4)
        this.#articles[first + i] = article
        lengths[first + i] = length
        while (articleLengths.length <= article) articleLengths.push(0)
        articleLengths[article]! += length
        size++
        total += length
      }
    }
    this.size = size
    this.averageLength = total / Math.max(size, 1)
    this.averageArticleLength = total / Math.max(articleLengths.length, 1)
    this.#relative = Float64Array.from(lengths, (length) => length / this.averageLength)
    this.#relativeArticle = Float64Array.from(
      articleLengths,
      (length) => length / this.averageArticleLength,
    )
  }

  static encode(norms: readonly Norms[]): Uint8Array {
    const view = new DataView(new ArrayBuffer(norms.length * BYTES))
    for (const [i, { article, length }] of norms.entries()) {
      view.setUint32(i * BYTES, article)
      view.setUint16(i * BYTES + 4, Math.min(length, 0xffff))
    }
    return new Uint8Array(view.buffer)
  }

  static countOf(byteLength: number): number {
    return byteLength / BYTES
  }

  alive(passage: number): boolean {
    return passage < this.end && this.#articles[passage] !== GONE
  }

  /** A number for its article, the same for all its passages and for no other's. */
  articleOf(passage: number): number {
    return this.#articles[passage]!
  }

  get articleCount(): number {
    return this.#relativeArticle.length
  }

  /** Its length beside the average. */
  relativeLength(passage: number): number {
    return this.#relative[passage]!
  }

  relativeArticleLength(article: number): number {
    return this.#relativeArticle[article]!
  }
}

/** All passages that are there. */
export function readTable(db: DatabaseSync): PassageTable {
  const rows = db.prepare(`SELECT *, ${asWritten(...SOURCE)} FROM sources ORDER BY id`).all()
  return new PassageTable(
    rows.map(sealed).map((row) => ({
      path: string(row, 'path'),
      first: integer(row, 'id'),
      norms: bytes(row, 'norms'),
    })),
  )
}
