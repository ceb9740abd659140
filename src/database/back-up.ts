import { renameSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { openDatabase } from './open.ts'
import { transaction } from './transaction.ts'
import { schemaOf } from './tables.ts'
import { removeDatabase } from './files.ts'
import { copyRows } from './copy-rows.ts'

/** Copies tables of a database into a file of their own, in the place of an earlier copy. */
export function backUp(db: DatabaseSync, file: string, tables: readonly string[]): void {
  const fresh = `${file}.new`
  removeDatabase(fresh)
  const copy = openDatabase(fresh, { busyMs: 0 })
  for (const { name, sql } of schemaOf(db)) {
    if (!tables.includes(name)) continue
    copy.exec(sql)
    transaction(copy, () => copyRows(copy, db, name))
  }
  copy.close()
  renameSync(fresh, file)
}
