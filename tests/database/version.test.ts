import { globSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStateDatabase } from '../../src/stores/sqlite/state-database.ts'
import { snapshot, transaction } from '../../src/database/transaction.ts'
import { NewerError } from '../../src/database/version.ts'
import { openDeskDatabase } from '../../src/desk/desk-database.ts'
import { openLedger } from '../../src/ingest/ledger.ts'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { openVectorStore } from '../../src/retrieval/vector-store.ts'
import { tempFolder } from '../support/temp.ts'

const OPENERS: readonly (readonly [string, (file: string) => { close(): unknown }])[] = [
  ['conversations.sqlite', openStateDatabase],
  ['desk.sqlite', openDeskDatabase],
  ['ingest.sqlite', (file) => openLedger(file, null)],
  ['vectors.sqlite', openVectorStore],
  ['index.sqlite', (file) => openEmbeddedIndex(file)],
]

/** The version that a file says it has, after it was said to be another. */
function version(file: string, other?: number): number {
  const db = new DatabaseSync(file)
  if (other !== undefined) db.exec(`PRAGMA user_version = ${other}`)
  const now = Number(db.prepare('PRAGMA user_version').get()?.['user_version'])
  db.close()
  return now
}

test.each(OPENERS)('%s carries its version, and one of a newer is left as it is', (name, open) => {
  const file = join(tempFolder(), name)
  open(file).close()
  const ours = version(file)
  expect(ours).toBeGreaterThan(0)
  version(file, ours + 1)
  const bytes = readFileSync(file)
  expect(() => open(file)).toThrow(NewerError)
  expect(() => open(file)).toThrow(/was made by a newer version .* set WENCE_DATA_DIR to another/u)
  expect(readFileSync(file).equals(bytes)).toBe(true)
})

test.each(OPENERS.slice(0, -1))('%s from before versions is opened and noted', (name, open) => {
  const file = join(tempFolder(), name)
  open(file).close()
  const ours = version(file)
  version(file, 0)
  open(file).close()
  expect(version(file)).toBe(ours)
})

test.each([transaction, snapshot])(
  'what went wrong is thrown, whatever became of the end',
  (run) => {
    const db = new DatabaseSync(':memory:')
    const wrong = () =>
      run(db, () => {
        db.exec('ROLLBACK')
        throw new Error('the cause')
      })
    expect(wrong).toThrow('the cause')
    expect(run(db, () => run(db, () => 1))).toBe(1)
    expect(db.isTransaction).toBe(false)
  },
)

/** What only the kit does: open, begin and end, wait, say whose and which version a file is. */
const KIT =
  /new DatabaseSync|'(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|VACUUM)\b|PRAGMA (?:busy_timeout|journal_mode|user_version|application_id|wal_checkpoint)/

test('whatever is in a file, one kit opens and keeps it', () => {
  const root = new URL('../../', import.meta.url).pathname
  const using = globSync('src/**/*.ts', { cwd: root }).filter((file) =>
    KIT.test(readFileSync(`${root}${file}`, 'utf8')),
  )
  expect(using.length).toBeGreaterThan(3)
  expect(using.filter((file) => !file.startsWith('src/database/'))).toEqual([])
})
