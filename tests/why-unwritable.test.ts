import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { stateFilesIn } from '../src/backup/state-files.ts'
import { nameOfTry, unwritable, whyUnwritable } from '../src/why-unwritable.ts'
import { tempFolder } from './support/temp.ts'

test('a folder that takes files is left as it was', async () => {
  const folder = tempFolder()
  expect(await whyUnwritable(folder)).toBeUndefined()
  expect(readdirSync(folder)).toEqual([])
})

test('what it tries with is no state, should it stay', () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'kept.json'), '')
  writeFileSync(join(folder, nameOfTry()), '')
  expect(stateFilesIn(folder)).toEqual(['kept.json'])
})

test('one that is gone, or is no folder, says so', async () => {
  const folder = tempFolder()
  rmSync(folder, { recursive: true })
  expect(await whyUnwritable(folder)).toBe('ENOENT')
  expect(unwritable('ENOENT')).toContain('有没有挂上')
  expect(unwritable('EIO')).toContain('EIO')
})

test.runIf(process.getuid?.() !== 0)('one that may not be written to says so', async () => {
  const folder = join(tempFolder(), 'closed')
  mkdirSync(folder, { mode: 0o500 })
  onTestFinished(() => chmodSync(folder, 0o700))
  expect(await whyUnwritable(folder)).toBe('EACCES')
})
