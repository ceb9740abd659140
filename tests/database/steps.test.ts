import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, truncateSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { findDamage } from '../../src/database/find-damage.ts'
import { openWhole } from '../../src/database/open-whole.ts'
import { connect } from '../../src/database/open.ts'
import { seal } from '../../src/database/seal.ts'
import type { Step } from '../../src/database/steps.ts'
import { columnsOf, schemaOf } from '../../src/database/tables.ts'
import { versionOf } from '../../src/database/version.ts'
import { DATABASES } from '../support/databases.ts'
import { tempFolder } from '../support/temp.ts'
import kept from './schemas.json' with { type: 'json' }

const FIXTURES = new URL('fixtures/', import.meta.url)
const RELEASES = readdirSync(FIXTURES)
const NAMES = Object.keys(DATABASES)

/** A database as a release made it. */
function made(release: string, name: string): string {
  const file = join(tempFolder(), `${name}.sqlite`)
  const db = connect(file)
  db.exec(readFileSync(new URL(`${release}/${name}.sql`, FIXTURES), 'utf8'))
  db.close()
  return file
}

function within<T>(file: string, look: (db: DatabaseSync) => T): T {
  const db = connect(file)
  try {
    return look(db)
  } finally {
    db.close()
  }
}

const tablesIn = (db: DatabaseSync) =>
  schemaOf(db).filter(({ type, name }) => type === 'table' && name !== 'made')

/** All rows, of the columns that another database has too. */
const rowsIn = (file: string, columns = within(file, columnsIn)) =>
  within(file, (db) =>
    Object.fromEntries(
      Object.entries(columns).map(([table, of]) => [
        table,
        db.prepare(`SELECT ${of.join()} FROM ${table} ORDER BY ${of.join()}`).all(),
      ]),
    ),
  )
const columnsIn = (db: DatabaseSync) =>
  Object.fromEntries(tablesIn(db).map(({ name }) => [name, columnsOf(db, name)]))

const schemaIn = (file: string) =>
  within(file, (db) =>
    schemaOf(db)
      .map(({ name, sql }) => `${name}: ${sql}`)
      .toSorted(),
  )

async function fresh(name: string): Promise<string> {
  const file = join(tempFolder(), `${name}.sqlite`)
  await DATABASES[name]!(file)
  return file
}

test.each(RELEASES.flatMap((release) => NAMES.map((name) => [release, name] as const)))(
  'what %s kept in %s is there, in the tables of this version',
  async (release, name) => {
    const file = made(release, name)
    const columns = within(file, columnsIn)
    const before = rowsIn(file)
    expect(Object.values(before).every((rows) => rows.length > 0)).toBe(true)
    await DATABASES[name]!(file)
    // Of a step that changes what a row says, say here what.
    expect(rowsIn(file, columns)).toEqual(before)
    expect(within(file, findDamage)).toBeUndefined()
    const another = await fresh(name)
    expect(schemaIn(file)).toEqual(schemaIn(another))
    expect(within(file, versionOf)).toBe(within(another, versionOf))
  },
)

test.each(NAMES)('whoever changes the tables of %s raises its version by a step', async (name) => {
  const file = await fresh(name)
  const digest = createHash('sha256').update(schemaIn(file).join('\n')).digest('hex').slice(0, 16)
  // Not so? Add a step to STEPS, which does what cannot be done by copying columns (else nothing), and
  // write the new version and digest into schemas.json.
  expect(kept).toMatchObject({ [name]: { version: within(file, versionOf), digest } })
})

const SCHEMA = `CREATE TABLE IF NOT EXISTS t (a TEXT PRIMARY KEY, b TEXT, ${seal('a', 'b')})`
const LATER = `CREATE TABLE IF NOT EXISTS t (a TEXT PRIMARY KEY, c TEXT, ${seal('a', 'c')})`
const twice: Step = (db) => db.exec('UPDATE t SET b = b || b')
const renamed: Step = (db) =>
  db.exec(`CREATE TABLE u (a TEXT PRIMARY KEY, c TEXT, ${seal('a', 'c')});
    INSERT INTO u (a, c) SELECT a, b FROM t; DROP TABLE t; ALTER TABLE u RENAME TO t`)

const opened = (file: string, steps: readonly Step[], schema = SCHEMA, onDamage = () => {}) =>
  openWhole(file, { busyMs: 0, steps, schema, onDamage })
const rows = (db: DatabaseSync) => db.prepare('SELECT * FROM t ORDER BY a').all()

function first(): string {
  const file = join(tempFolder(), 'x.sqlite')
  const db = opened(file, [])
  for (let n = 0; n < 500; n++) db.prepare('INSERT INTO t VALUES (?, ?)').run(`a${n}`, `b${n}`)
  db.close()
  return file
}

test('each step is done once, with a copy of how it was before beside it', () => {
  const file = first()
  for (const _ of [1, 2]) {
    const db = opened(file, [twice, renamed], LATER)
    expect(rows(db)[7]).toMatchObject({ a: 'a104', c: 'b104b104' })
    expect(versionOf(db)).toBe(3)
    db.close()
  }
  within(`${file}.before`, (before) => {
    expect([versionOf(before), rows(before)[7]]).toMatchObject([1, { b: 'b104' }])
  })
})

test('a new file is made as it is now, and no step is done', () => {
  const file = join(tempFolder(), 'x.sqlite')
  const db = opened(file, [() => expect.unreachable()])
  expect(versionOf(db)).toBe(2)
  db.close()
  expect(existsSync(`${file}.before`)).toBe(false)
})

test('when a step fails it is told in a sentence, and all is as it was', () => {
  const file = first()
  const fails: Step = (db) => db.exec('UPDATE t SET none = 1')
  expect(() => opened(file, [twice, fails])).toThrow(
    /x\.sqlite could not be brought to .*as it was: no such column/u,
  )
  expect(existsSync(`${file}.damaged`)).toBe(false)
  const db = opened(file, [])
  expect([versionOf(db), rows(db)[7]]).toMatchObject([1, { b: 'b104' }])
  db.close()
})

test('what is rescued of a damaged one is brought forward, too', () => {
  const file = first()
  truncateSync(file, statSync(file).size - 8192)
  let told = false
  const db = opened(file, [twice, renamed], LATER, () => (told = true))
  expect(told).toBe(true)
  expect(rows(db).length).toBeGreaterThan(100)
  for (const { a, c } of rows(db)) expect(c).toBe(`b${String(a).slice(1)}`.repeat(2))
  db.close()
})
