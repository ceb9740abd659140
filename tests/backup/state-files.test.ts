import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { NO_STATE, stateFilesIn } from '../../src/backup/state-files.ts'
import { tempFolder } from '../support/temp.ts'

function folderWith(names: readonly string[]): string {
  const folder = tempFolder()
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), '')
  }
  return folder
}

test('whatever is not known to be something else is state, also what nobody has thought of yet', () => {
  const state = [
    'conversations.sqlite',
    'corrections.jsonl',
    'originals/srv/papers/a.txt',
    'tomorrow.sqlite',
    'uploads/b.txt',
    'uploads-waiting/0123456789ab/c.txt',
    'words/thesaurus.txt',
  ]
  const others = [
    'index.sqlite',
    'index.sqlite-wal',
    'conversations.sqlite.damaged-shm',
    'words/thesaurus.txt.fresh',
    'replaced-2026-11-26-030000/conversations.sqlite',
    'restore.unpacking/conversations.sqlite',
  ]
  expect(stateFilesIn(folderWith([...others, ...state]))).toEqual(state)
})

test.each(NO_STATE)('$like is no state', ({ name, like }) => {
  expect(like).toMatch(name)
  expect(stateFilesIn(folderWith([like]))).toEqual([])
})

test.skipIf(process.platform === 'win32')('links are followed, and in no circle', () => {
  const folder = folderWith(['words/a.txt'])
  symlinkSync(folder, join(folder, 'words/round'))
  symlinkSync(folderWith(['b.txt']), join(folder, 'uploads'))
  expect(stateFilesIn(folder)).toEqual(['uploads/b.txt', 'words/a.txt'])
})
