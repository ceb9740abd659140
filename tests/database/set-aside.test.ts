import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { removeSetAside } from '../../src/database/set-aside.ts'
import { tempFolder } from '../support/temp.ts'

afterEach(() => void vi.useRealTimers())

test('what was set aside goes after a week, and nothing else does', () => {
  const folder = tempFolder()
  const aside = ['a.sqlite.damaged', 'a.sqlite.damaged-wal', 'a.sqlite.before', 'replaced-1']
  const kept = ['a.sqlite', 'a.sqlite.backup', 'words']
  for (const name of [...aside, ...kept]) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'replaced-1/a.sqlite'), '')
  removeSetAside(folder)
  expect(readdirSync(folder).length).toBe(7)
  vi.useFakeTimers({ now: Date.now() + 8 * 24 * 3600 * 1000 })
  removeSetAside(folder)
  expect(readdirSync(folder).toSorted()).toEqual(kept)
})
