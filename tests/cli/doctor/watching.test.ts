import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { watching } from '../../../src/cli/doctor/watching.ts'
import { type WatchState, writeWatchState } from '../../../src/ingest/watch/watch-state.ts'
import { idsOf, lookWith, textOf } from '../../support/doctor.ts'
import { tempFolder } from '../../support/temp.ts'

const now = Date.now()
const WELL: WatchState = {
  version: 1,
  pid: 7,
  startedAt: now - 3_600_000,
  aliveAt: now,
  lookedAt: now,
  changedAt: null,
  folders: ['/articles'],
  files: 9,
  waiting: 2,
  failed: 0,
  failures: [],
  missing: [],
  closed: [],
  heldBack: [],
  trouble: null,
  addresses: { listed: 4, pages: 30, failed: 0, askedAt: now },
}

function watched(state: Partial<WatchState>) {
  const folder = tempFolder()
  writeWatchState(folder, { ...WELL, ...state })
  return lookWith(watching, { settings: { WENCE_DATA_DIR: folder } })
}

test('none ever watched, or of a later version', async () => {
  expect(idsOf(await lookWith(watching))).toEqual(['watching-none'])
  const folder = tempFolder()
  writeFileSync(join(folder, 'watch.json'), '{"version":2}')
  const settings = { WENCE_DATA_DIR: folder }
  expect(idsOf(await lookWith(watching, { settings }))).toEqual(['watching-none'])
})

test('it lives', async () => {
  const findings = await watched({})
  expect(textOf(findings, 'watching-alive')).toContain(
    '/articles：9 个文件，2 个在等着读；上次收录是 还没有过',
  )
  expect(findings).toHaveLength(1)
})

test('it has been silent', async () => {
  expect(idsOf(await watched({ aliveAt: now - 180_000 }))).toEqual(['watching-silent'])
})

test('files that failed are named, with why; the first few', async () => {
  const failures = [{ path: '/articles/2026/坏.pdf', why: 'it has no text' }]
  const findings = await watched({ failed: 2, failures })
  expect(textOf(findings, 'watching-failed')).toBe('有 2 个文件读不成：坏.pdf（it has no text） 等')
  expect(textOf(await watched({ failed: 1, failures }), 'watching-failed')).not.toContain('等')
})

test('addresses whose list is gone are nobody’s trouble', async () => {
  const addresses = { ...WELL.addresses, listed: 0, failed: 3 }
  expect(idsOf(await watched({ addresses }))).toEqual(['watching-alive'])
})

test.each<[string, Partial<WatchState>]>([
  ['watching-trouble', { trouble: { what: '磁盘写不进', since: now } }],
  ['watching-missing', { missing: ['/articles/2026'] }],
  ['watching-closed', { closed: [{ path: '/articles/2026', code: 'EACCES' }] }],
  ['watching-held-back', { heldBack: [{ folder: '/articles', gone: 80 }] }],
  ['watching-failed', { failed: 3 }],
  ['watching-addresses', { addresses: { ...WELL.addresses, failed: 1 } }],
])('%s', async (id, state) => {
  expect(idsOf(await watched(state))).toEqual(['watching-alive', id])
})
