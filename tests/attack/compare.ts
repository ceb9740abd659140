/** Whether a data directory is whole, and holds what another does. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isDatabase } from '../../src/backup/state-files.ts'
import { findDamage } from '../../src/database/find-damage.ts'
import { lookInto } from '../../src/database/look-into.ts'
import type { Held } from '../support/state.ts'

/** Articles as they are, but for their ids, which are a directory's own. */
export const articlesOf = (json: string): string[] =>
  json
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.stringify({ ...JSON.parse(line), id: '' }))
    .toSorted()

const tablesOf = (held: Held | undefined) => (typeof held?.holds === 'object' ? held.holds : {})

/** Databases in a data directory of which something is not as it was written, and what. */
export const damagedIn = (data: string): string[] =>
  readdirSync(data)
    .filter(isDatabase)
    .flatMap((name) => {
      const damage = lookInto(join(data, name), findDamage)
      return damage === undefined ? [] : [`${name}: ${damage}`]
    })

/** Rows that were there both before and after a backup was taken, and are not in it, by their tables. */
export function missingFrom(
  backup: readonly Held[],
  before: readonly Held[],
  after: readonly Held[],
): string[] {
  const rowsIn = (state: readonly Held[]) =>
    new Set(
      state.flatMap((held) =>
        Object.entries(tablesOf(held)).flatMap(([table, rows]) =>
          rows.map((row) => `${held.name} ${table} ${JSON.stringify(row)}`),
        ),
      ),
    )
  return [...rowsIn(before).intersection(rowsIn(after)).difference(rowsIn(backup))]
}

/** Rows without where a file lies, and of which index, which a restore changes. */
export function placeless(held: Held | undefined): string[] {
  return Object.entries(tablesOf(held))
    .filter(([table]) => table !== 'meta')
    .flatMap(([table, rows]) =>
      rows.map(
        (row) => `${table} ${JSON.stringify(Object.assign({}, row, { path: '', seal: '' }))}`,
      ),
    )
    .toSorted()
}
