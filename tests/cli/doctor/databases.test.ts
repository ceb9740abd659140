import { readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { databases } from '../../../src/cli/doctor/databases.ts'
import { openStateDatabase } from '../../../src/stores/sqlite/state-database.ts'
import { flipIn } from '../../support/damage.ts'
import { idsOf, lookWith, textOf } from '../../support/doctor.ts'
import { tempFolder } from '../../support/temp.ts'

const FILE = 'conversations.sqlite'
const lookAt = (folder: string, seconds?: number) =>
  lookWith(databases, { settings: { WENCE_DATA_DIR: folder }, ...(seconds && { seconds }) })

/** A database with rows, open as while a bot runs, or closed. */
function filled({ isOpen = false, rows = 10 } = {}) {
  const folder = tempFolder()
  const db = openStateDatabase(join(folder, FILE))
  const keep = db.prepare('INSERT INTO secrets VALUES (?, ?)')
  for (let n = 0; n < rows; n++) keep.run(`secret-${n}`, `value ${n}`)
  if (!isOpen) db.close()
  return { folder, file: join(folder, FILE), db }
}

/** Every file of a folder, and what is in it; in the memory that readers share they note that they read. */
const stateOf = (folder: string) =>
  readdirSync(folder).map((name) => [
    name,
    name.endsWith('-shm') || readFileSync(join(folder, name), 'latin1'),
  ])

test('there are none yet', async () => {
  expect(idsOf(await lookAt(join(tempFolder(), 'none')))).toEqual(['databases-none'])
})

test.each([true, false])(
  'a whole one is told and left without a trace (open: %s)',
  async (isOpen) => {
    const { folder, db } = filled({ isOpen })
    const before = stateOf(folder)
    const findings = await lookAt(folder)
    expect(stateOf(folder)).toEqual(before)
    expect(textOf(findings, 'databases-whole')).toContain(`${FILE} 完好`)
    if (isOpen) db.close()
  },
)

test('what is beside it is no database', async () => {
  const { folder, file } = filled()
  for (const name of ['.damaged', '.backup', '-journal']) writeFileSync(file + name, 'x')
  writeFileSync(join(folder, 'ingest.lock.sqlite'), '')
  expect(idsOf(await lookAt(folder))).toEqual(['databases-whole'])
})

test('a row that is not as it was written', async () => {
  const { folder, file } = filled()
  flipIn(file, 'secret-3')
  expect(textOf(await lookAt(folder), 'databases-damaged')).toMatch(/secrets|index/u)
})

test('a file that is none', async () => {
  const folder = tempFolder()
  writeFileSync(join(folder, FILE), 'no database'.repeat(1_000))
  expect(idsOf(await lookAt(folder))).toEqual(['databases-damaged'])
})

test('a log that was cut off', async () => {
  const { folder, file, db } = filled({ isOpen: true })
  truncateSync(`${file}-wal`, 40)
  expect(textOf(await lookAt(folder), 'databases-damaged')).toContain('日志')
  db.close()
})

test.each([
  [99, 'databases-newer'],
  [0, 'databases-older'],
])('one of version %d: %s', async (version, id) => {
  const { folder, db } = filled({ isOpen: true })
  db.exec(`PRAGMA user_version = ${version}`)
  db.close()
  expect(idsOf(await lookAt(folder))).toEqual([id])
})

test('a log that nobody brings back', async () => {
  const { folder, file, db } = filled({ isOpen: true })
  truncateSync(`${file}-wal`, 65_000_000)
  expect(textOf(await lookAt(folder), 'databases-long-log')).toContain('65 MB')
  db.close()
})

test('one that takes longer than there is', async () => {
  const { folder } = filled()
  expect(idsOf(await lookAt(folder, 0.01))).toEqual(['databases-unfinished'])
})
