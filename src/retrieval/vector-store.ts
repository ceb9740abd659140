/**
 * What embedding has cost once is never paid for again: vectors by the digest of what was embedded,
 * in a file of their own, which outlives every index.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { isDamage, isSqlite } from '../database/errors.ts'
import { lookInto } from '../database/look-into.ts'
import { openWhole } from '../database/open-whole.ts'
import { isSealed, seal } from '../database/seal.ts'
import { type Step, lastVersion } from '../database/steps.ts'
import { transaction } from '../database/transaction.ts'
import { bytes, integer } from './embedded/rows.ts'

/** A step for each change of what is kept here since the first release; see docs/decisions/0017. */
const STEPS: readonly Step[] = []
export const VERSION = lastVersion(STEPS)

/** A model, and the length of vector asked of it: undefined for its own. */
export interface VectorSpace {
  readonly model: string
  readonly dimensions?: number | undefined
}

export interface VectorStore {
  /** The vectors of texts, in their order; undefined where none is known. */
  get(space: VectorSpace, texts: readonly string[]): (Float32Array | undefined)[]
  /** Keeps vectors of texts, all or none. */
  put(space: VectorSpace, texts: readonly string[], vectors: readonly Float32Array[]): void
  /** How many numbers this space's vectors have; undefined while it has none. */
  length(space: VectorSpace): number | undefined
  close(): void
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS vectors (digest BLOB PRIMARY KEY, vector BLOB NOT NULL,
    ${seal('digest', 'vector')}) STRICT;
  CREATE TABLE IF NOT EXISTS spaces (name TEXT PRIMARY KEY, length INTEGER NOT NULL,
    ${seal('name', 'length')}) STRICT;
`

/**
 * Opens the store in a file, or makes an empty one. A damaged file is kept beside, as `.damaged`, and
 * what can be read of it goes on being used.
 * @throws Error when the file can be neither read nor made.
 */
export function openVectorStore(
  file: string,
  { onNotice = () => {} }: { readonly onNotice?: (notice: string) => void } = {},
): VectorStore {
  // A large file takes seconds to look through; its rows are looked at as they are read.
  let store = open(false)

  return {
    get: (space, texts) =>
      mended(({ select }) =>
        texts.map((text) => {
          const row = select.get(digest(space, text))
          return row && toFloats(bytes(row, 'vector'))
        }),
      ),
    put: (space, texts, vectors) =>
      mended(({ db, insert, insertSpace }) =>
        transaction(db, () => {
          for (const [i, vector] of vectors.entries()) {
            insert.run(digest(space, texts[i]!), new Uint8Array(vector.slice().buffer))
            insertSpace.run(nameOf(space), vector.length)
          }
        }),
      ),
    length: (space) =>
      mended(({ selectSpace }) => {
        const row = selectSpace.get(nameOf(space))
        return row && integer(row, 'length')
      }),
    close: () => store.db.close(),
  }

  /** Does something, and once more with what could be saved when damage is met. */
  function mended<T>(work: (opened: ReturnType<typeof open>) => T): T {
    try {
      return work(store)
    } catch (error) {
      if (!isDamage(error)) throw error
      store.db.close()
      store = open(true)
      return work(store)
    }
  }

  function open(isChecked: boolean) {
    const db = openWhole(file, {
      busyMs: 30_000,
      steps: STEPS,
      schema: SCHEMA,
      isChecked,
      onDamage: (damage) =>
        onNotice(
          `向量库 ${file} 已损坏（${damage}），已改名为 .damaged 保留；读不出的向量将重新计算。`,
        ),
    })
    return {
      db,
      select: db.prepare(
        `SELECT vector FROM vectors WHERE digest = ? AND ${isSealed('digest', 'vector')}`,
      ),
      insert: db.prepare('INSERT OR REPLACE INTO vectors VALUES (?, ?)'),
      selectSpace: db.prepare(
        `SELECT length FROM spaces WHERE name = ? AND ${isSealed('name', 'length')}`,
      ),
      insertSpace: db.prepare('INSERT OR REPLACE INTO spaces VALUES (?, ?)'),
    }
  }
}

/** How many numbers a space's vectors have in the store in a file, which is left as it is; undefined where it does not say. */
export function keptLength(file: string, space: VectorSpace): number | undefined {
  if (!existsSync(file)) return undefined
  try {
    return lookInto(file, (db) => {
      const row = db.prepare('SELECT length FROM spaces WHERE name = ?').get(nameOf(space))
      return row && integer(row, 'length')
    })
  } catch (error) {
    if (isSqlite(error) || isDamage(error)) return undefined
    throw error
  }
}

const nameOf = ({ model, dimensions }: VectorSpace) => `${model}\n${dimensions ?? ''}`

const digest = (space: VectorSpace, text: string) =>
  createHash('sha256')
    .update(`${nameOf(space)}\n${text}`)
    .digest()

const toFloats = (blob: Uint8Array) => new Float32Array(blob.slice().buffer)
