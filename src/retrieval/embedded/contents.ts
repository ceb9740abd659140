import type { DatabaseSync } from 'node:sqlite'
import { chinaToday } from '../../china-time.ts'
import { applicationOf, versionOf } from '../../database/version.ts'
import { APPLICATION_ID, META, SCHEMA_VERSION } from './file.ts'
import { asWritten, integer, sealed, string } from './rows.ts'

/** What an index's file holds: nothing of it is read that another program or version wrote. */
export type Contents =
  | { readonly status: 'foreign' | 'older' | 'newer' }
  | {
      readonly status: 'ours'
      readonly identity: string
      /** How often it was changed. */
      readonly generation: number
      readonly articles: number
      readonly passages: number
      /** The latest date of an article, `YYYY[-MM[-DD]]`; one that is still to come was misprinted. */
      readonly newest: string | null
    }

/** @throws DamageError, and what SQLite throws. */
export function contentsOf(db: DatabaseSync): Contents {
  if (applicationOf(db) !== APPLICATION_ID) return { status: 'foreign' }
  if (versionOf(db) !== SCHEMA_VERSION)
    return { status: versionOf(db) < SCHEMA_VERSION ? 'older' : 'newer' }
  const read = db.prepare(`SELECT value, ${asWritten(...META)} FROM meta WHERE name = ?`)
  const meta = (name: string) => string(sealed(read.get(name)), 'value')
  const count = (table: string) =>
    integer(db.prepare(`SELECT count(*) AS rows FROM ${table}`).get(), 'rows')
  const newest = db
    .prepare(
      `SELECT max(date) AS newest FROM (SELECT json ->> '$.date.value' AS date FROM articles) WHERE date <= ?`,
    )
    .get(chinaToday())?.['newest']
  return {
    status: 'ours',
    identity: meta('identity'),
    generation: Number(meta('generation')),
    articles: count('articles'),
    passages: count('passages'),
    newest: typeof newest === 'string' ? newest : null,
  }
}
