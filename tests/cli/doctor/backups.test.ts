import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type LastBackup, noteBackup } from '../../../src/backup/last-backup.ts'
import { backups } from '../../../src/cli/doctor/backups.ts'
import { idsOf, lookWith, textOf } from '../../support/doctor.ts'
import { tempFolder } from '../../support/temp.ts'

const DAY_MS = 24 * 3600_000
const TAKEN: Omit<LastBackup, 'at' | 'missing'> = {
  file: '/backups/wence.tar',
  bytes: 12_000_000,
  seconds: 1,
  version: '1.0.0',
  files: 9,
}

/** A data directory with state, and a backup that was taken so many days ago. */
function taken(daysAgo: number, missing = 0) {
  const folder = tempFolder()
  writeFileSync(join(folder, 'conversations.sqlite'), '')
  const at = new Date(Date.now() - daysAgo * DAY_MS).toISOString()
  noteBackup(folder, { ...TAKEN, at, missing })
  return folder
}
const lookAt = (folder: string) => lookWith(backups, { settings: { WENCE_DATA_DIR: folder } })

test('where there is no state none is missed', async () =>
  expect(await lookWith(backups)).toEqual([]))

test('none was ever taken, or what is noted cannot be read', async () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'conversations.sqlite'), '')
  expect(idsOf(await lookAt(folder))).toEqual(['backups-none'])
  writeFileSync(join(folder, 'backup.json'), 'no JSON')
  expect(idsOf(await lookAt(folder))).toEqual(['backups-none'])
})

test.each([
  [2.9, 'backups-fresh'],
  [3.1, 'backups-old'],
])('%d days ago: %s', async (days, id) => {
  const findings = await lookAt(taken(days))
  expect(idsOf(findings)).toEqual([id])
  expect(textOf(findings, id)).toContain('/backups/wence.tar（12 MB）')
})

test('files that were not there', async () => {
  expect(idsOf(await lookAt(taken(0, 2)))).toEqual(['backups-fresh', 'backups-missing'])
})
