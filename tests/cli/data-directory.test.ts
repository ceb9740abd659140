import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkDataDirectory, doubtsOf } from '../../src/cli/data-directory.ts'
import { tempFolder } from '../support/temp.ts'

test('a folder that is still to be made on a disk of this machine is beyond doubt', () => {
  expect(doubtsOf(join(tempFolder(), 'a/b'))).toEqual([])
})

test('a file in its place is for whoever opens it to tell of', () => {
  const file = join(tempFolder(), 'file')
  writeFileSync(file, '')
  expect(doubtsOf(file)).toEqual([])
})

test.each([
  ['NFS', 0x6969],
  ['SMB', 0xfe534d42],
  ['9P', 0x01021997],
])('%s is told of', (name, type) => {
  expect(doubtsOf('/srv/wence', () => type)).toEqual([
    expect.stringMatching(`/srv/wence is on .*\\(${name}\\).*set WENCE_DATA_DIR`),
  ])
})

// Root reads and writes all there is.
test.skipIf(process.getuid?.() === 0)('a database that another user has closed is named', () => {
  const folder = tempFolder()
  const file = join(folder, 'ingest.sqlite-shm')
  writeFileSync(file, '')
  checkDataDirectory(folder)
  chmodSync(file, 0)
  expect(() => checkDataDirectory(folder)).toThrow(
    `${file} belongs to user ${process.getuid?.()}, and user`,
  )
})
