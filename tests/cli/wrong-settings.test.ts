import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { tempFolder } from '../support/temp.ts'

const SEARCH = fileURLToPath(new URL('../../src/cli/search.ts', import.meta.url))

/** What the program says, a line each, when it is run in a folder. */
function saysIn(folder: string, env: Readonly<Record<string, string>> = {}) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [SEARCH, '补贴'], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  })
  expect([stdout, status]).toEqual(['', 1])
  return stderr.trim().split('\n')
}

test('what may have been meant is told beside what is wrong', () => {
  const folder = tempFolder()
  writeFileSync(join(folder, '.env'), 'BOT_TOKEN=x\nCHAT_MODEL="qwen\nPORT=0x50\n')
  expect(saysIn(folder)).toEqual([
    expect.stringContaining('line 2: CHAT_MODEL has no closing quote'),
    expect.stringContaining('line 1: BOT_TOKEN is no setting of ours'),
    expect.stringContaining('PORT: must be a whole number'),
  ])
})

test('an .env that is a folder is told of', () => {
  const folder = tempFolder()
  mkdirSync(join(folder, '.env'))
  expect(saysIn(folder, { PORT: 'http' })).toEqual([
    expect.stringContaining('.env: this is a folder'),
    expect.stringContaining('PORT: must be'),
  ])
})

test('a file in the place of the data directory is all that is told', () => {
  const folder = tempFolder()
  const file = join(folder, 'hostname')
  writeFileSync(file, 'wence\n')
  expect(saysIn(folder, { WENCE_DATA_DIR: file })).toEqual([
    expect.stringMatching(/hostname: the data directory cannot be read and written/u),
  ])
})
