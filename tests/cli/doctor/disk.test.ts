import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { disk, judge } from '../../../src/cli/doctor/disk.ts'
import { idsOf, lookWith, textOf } from '../../support/doctor.ts'
import { tempFolder } from '../../support/temp.ts'

const at = (folder: string) => ({ settings: { WENCE_DATA_DIR: folder } })

test('a folder that is still to be made is none yet, and is not made', async () => {
  const folder = join(tempFolder(), 'a/b')
  expect(idsOf(await lookWith(disk, at(folder)))).toContain('disk-none')
  expect(idsOf(await lookWith(disk, at(folder)))).toContain('disk-none')
})

test('what lies in it is told, the largest first, each database with its log', async () => {
  const folder = tempFolder()
  mkdirSync(join(folder, 'uploads/2026'), { recursive: true })
  writeFileSync(join(folder, 'uploads/2026/a.txt'), 'x'.repeat(3_000))
  writeFileSync(join(folder, 'index.sqlite'), 'x'.repeat(1_000))
  writeFileSync(join(folder, 'index.sqlite-wal'), 'x'.repeat(9_000))
  expect(textOf(await lookWith(disk, at(folder)), 'disk-sizes')).toBe(
    'index.sqlite 10 kB、uploads 3.0 kB',
  )
})

test('what was set aside is told', async () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'desk.sqlite.damaged'), '')
  writeFileSync(join(folder, 'desk.sqlite'), '')
  expect(textOf(await lookWith(disk, at(folder)), 'disk-set-aside')).toContain(
    'desk.sqlite.damaged',
  )
})

test('a file in its place', async () => {
  const file = join(tempFolder(), 'file')
  writeFileSync(file, '')
  expect(idsOf(await lookWith(disk, at(file)))).toEqual(['disk-no-folder'])
})

// Root reads and writes all there is.
test.skipIf(process.getuid?.() === 0)('what another user has closed is named', async () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'ingest.sqlite'), '')
  chmodSync(join(folder, 'ingest.sqlite'), 0)
  expect(textOf(await lookWith(disk, at(folder)), 'disk-denied')).toContain('ingest.sqlite')
})

const EXT4 = 0xef53
test.each([
  ['disk-room', { free: 5e9, type: EXT4 }, 1e9],
  ['disk-little', { free: 5e9, type: EXT4 }, 8e9],
  ['disk-little', { free: 5e8, type: EXT4 }, 0],
  ['disk-full', { free: 5e7, type: EXT4 }, 0],
  ['disk-shared', { free: 5e9, type: 0x6969 }, 0],
  ['disk-passing', { free: 5e9, type: 0x794c7630 }, 0],
  ['disk-passing', { free: 5e9, type: 0x01021994 }, 0],
  ['disk-no-files', { free: 5e9, type: EXT4, takesFiles: false }, 0],
])('%s: %o', (id, room, taken) => {
  expect(idsOf(judge('/srv/wence', { takesFiles: true, ...room }, taken))).toContain(id)
})
