import type { DatabaseSync } from 'node:sqlite'
import { isSealed } from './seal.ts'
import { schemaOf, columnsOf, hasSeal } from './tables.ts'
import { isDamage } from './errors.ts'

/**
 * What is wrong with a database, if anything: every page, every index and every sealed row is looked
 * at. Takes 3 ms a megabyte.
 */
export function findDamage(db: DatabaseSync): string | undefined {
  try {
    const found = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check']
    if (found !== 'ok') return String(found)
    const tables = schemaOf(db)
    for (const { type, name } of tables) {
      if (type !== 'table' || !hasSeal(db, name)) continue
      const whole = isSealed(...columnsOf(db, name))
      if (db.prepare(`SELECT 1 FROM ${name} WHERE NOT (${whole}) LIMIT 1`).get())
        return `a row of ${name} is not as it was written`
    }
    if (!tables.some(({ name }) => name === 'made')) return undefined
    const sqlOf = new Map(tables.map(({ name, sql }) => [name, sql]))
    const changed = db
      .prepare('SELECT name, sql FROM made')
      .all()
      .find(({ name, sql }) => sqlOf.get(String(name)) !== sql)
    return changed && `${String(changed['name'])} is not as it was made`
  } catch (error) {
    if (!isDamage(error)) throw error
    return String(error instanceof Error ? error.message : error)
  }
}
