/**
 * Vectors in the embedded index's file: blocks of passages that follow each other, written with their
 * source, dropped with it, never changed. A search scores all of them; they are read when the first
 * one comes and stay in memory as far as the budget goes, the rest is read from the file each time.
 */
import type { DatabaseSync } from 'node:sqlite'
import { scoreBlock } from './dense-scan.ts'
import { seal } from '../database/seal.ts'
import { asWritten, bytes, integer, sealed } from './embedded/rows.ts'

/** A block's id is the number of its first passage. */
export const DENSE_SCHEMA = `
  CREATE TABLE vectors (id INTEGER PRIMARY KEY, model TEXT NOT NULL, dimensions INTEGER NOT NULL,
    data BLOB NOT NULL, ${seal('id', 'model', 'dimensions', 'data')});
`

const BLOCK_ROWS = 512
const CACHE_BYTES = 512 << 20

export interface DenseWriter {
  /** To be called before a source's first passage: forgets what one that failed has left. */
  begin(): void
  /** Passages by ascending number; one without a vector is left out. */
  push(passage: number, vector: Float32Array | undefined): void
  /** Writes what is not written yet. */
  flush(): void
  /** Takes out the passages from one number up to another, which is a source's or nobody's. */
  drop(from: number, to: number): void
}

/** Writes vectors of a model over a connection. */
export function createDenseWriter(db: DatabaseSync, model: string): DenseWriter {
  const insert = db.prepare('INSERT INTO vectors VALUES (?, ?, ?, ?)')
  const remove = db.prepare('DELETE FROM vectors WHERE id >= ? AND id < ?')
  let first = 0
  let rows: Float32Array[] = []

  return {
    begin() {
      rows = []
    },
    push(passage, vector) {
      const follows = passage === first + rows.length && vector?.length === rows[0]?.length
      if (!follows || rows.length === BLOCK_ROWS) flush()
      if (!vector) return
      if (rows.length === 0) first = passage
      rows.push(vector)
    },
    flush,
    drop: (from, to) => void remove.run(from, to),
  }

  function flush() {
    const dimensions = rows[0]?.length
    if (dimensions !== undefined) {
      const block = new Float32Array(rows.length * dimensions)
      for (const [i, row] of rows.entries()) block.set(row, i * dimensions)
      insert.run(first, model, dimensions, new Uint8Array(block.buffer))
    }
    rows = []
  }
}

export interface DenseReader {
  /** To be called when the file has changed. */
  refresh(): void
  /**
   * How like each passage's vector is to a query of unit length, by passage number below `end`; 0
   * where there is none. Undefined when no vector has the query's dimensions and the model.
   */
  scores(query: Float32Array, end: number): Float32Array | undefined
}

/** Reads vectors of a model over a connection. */
export function createDenseReader(
  db: DatabaseSync,
  model: string,
  cacheBytes = CACHE_BYTES,
): DenseReader {
  const list = db.prepare('SELECT id, dimensions FROM vectors WHERE model = ? ORDER BY id')
  const read = db.prepare(
    `SELECT data, ${asWritten('id', 'model', 'dimensions', 'data')} FROM vectors WHERE id = ?`,
  )
  const blocks = new Map<number, Float32Array>()
  let cached = 0
  let ids: { id: number; dimensions: number }[] | undefined

  return {
    refresh() {
      ids = undefined
    },
    scores(query, end) {
      ids ??= listed()
      const same = ids.filter(({ dimensions }) => dimensions === query.length)
      if (same.length === 0) return undefined
      const scores = new Float32Array(end)
      for (const { id } of same) scoreBlock(block(id), query, scores, id)
      return scores
    },
  }

  /** Numbers are never given twice, so a block that is still there is the one that was read. */
  function listed() {
    const rows = list.all(model)
    const found = rows.map((row) => ({
      id: integer(row, 'id'),
      dimensions: integer(row, 'dimensions'),
    }))
    const there = new Set(found.map(({ id }) => id))
    for (const [id, data] of blocks) {
      if (there.has(id)) continue
      blocks.delete(id)
      cached -= data.byteLength
    }
    return found
  }

  function block(id: number): Float32Array {
    const known = blocks.get(id)
    if (known) return known
    // A view of floats needs alignment, which a blob out of SQLite has not always.
    const blob = bytes(sealed(read.get(id)), 'data')
    const { buffer, byteOffset, byteLength } = blob.byteOffset % 4 === 0 ? blob : blob.slice()
    const data = new Float32Array(buffer, byteOffset, byteLength / 4)
    if (cached + data.byteLength <= cacheBytes) {
      blocks.set(id, data)
      cached += data.byteLength
    }
    return data
  }
}
