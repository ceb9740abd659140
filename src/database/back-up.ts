import { renameSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { openDatabase } from './open.ts'
import { transaction } from './transaction.ts'
import { schemaOf } from './tables.ts'
import { removeDatabase } from './files.ts'
import { takeHold } from './hold.ts'
import { copyRows } from './copy-rows.ts'

/**
 * Copies tables of a database into a file of their own, in the place of an earlier copy. Where another process
 * that has it open is at it, the copy is that one's.
 */
export function backUp(db: DatabaseSync, file: string, tables: readonly string[]): void {
  const hold = takeHold(`${file}.lock.sqlite`, `process ${process.pid}`)
  if (!hold) return
  const fresh = `${file}.new`
  try {
    removeDatabase(fresh)
    const copy = openDatabase(fresh, { busyMs: 0 })
    try {
      for (const { name, sql } of schemaOf(db)) {
        if (!tables.includes(name)) continue
        copy.exec(sql)
        transaction(copy, () => copyRows(copy, db, name))
      }
    } finally {
      copy.close()
    }
    renameSync(fresh, file)
  } finally {
    hold.release()
  }
}
