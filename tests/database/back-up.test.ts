import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { lookInto } from '../../src/database/look-into.ts'
import { openDatabase } from '../../src/database/open.ts'
import { tempFolder } from '../support/temp.ts'

const ROWS = 3_000
const src = (name: string) => JSON.stringify(new URL(`../../src/${name}`, import.meta.url).href)

/** As bot and web server do beside each other. */
const COPIES = `
  import { openDatabase } from ${src('database/open.ts')}
  import { backUp } from ${src('database/back-up.ts')}
  const db = openDatabase(process.argv[1], { busyMs: 5000 })
  for (let n = 0; n < 15; n++) backUp(db, process.argv[1] + '.backup', ['kept'])
`

test('two processes that copy the same database at once leave a whole copy, and nothing else', async () => {
  const folder = tempFolder()
  const file = join(folder, 'a.sqlite')
  const db = openDatabase(file, { busyMs: 5_000 })
  db.exec('CREATE TABLE kept (n INTEGER PRIMARY KEY, words TEXT)')
  const insert = db.prepare('INSERT INTO kept VALUES (?, ?)')
  for (let n = 0; n < ROWS; n++) insert.run(n, '渡口'.repeat(20))
  const ended = await Promise.all(
    [1, 2].map(async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', COPIES, file])
      const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
      return { said, code: Number(code) }
    }),
  )
  expect(ended).toEqual([1, 2].map(() => ({ said: '', code: 0 })))
  const rows = lookInto(`${file}.backup`, (copy) => copy.prepare('SELECT * FROM kept').all().length)
  expect(rows).toBe(ROWS)
  db.close()
  expect(readdirSync(folder).toSorted()).toEqual([
    'a.sqlite',
    'a.sqlite.backup',
    'a.sqlite.backup.lock.sqlite',
  ])
}, 60_000)
