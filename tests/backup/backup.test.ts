import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { isHalfRestored } from '../../src/backup/half-restored.ts'
import { backupName, checkFolder, keepLatest } from '../../src/backup/kept-backups.ts'
import { createArchive } from '../../src/backup/archive.ts'
import { MANIFEST, type Manifest } from '../../src/backup/manifest.ts'
import { isBackup, openBackup } from '../../src/backup/open-backup.ts'
import { isNoRoom } from '../../src/database/errors.ts'
import {
  type RestoreOptions,
  finishRestore,
  restoreBackup,
} from '../../src/backup/restore-backup.ts'
import { stateFilesIn } from '../../src/backup/state-files.ts'
import { takeBackup } from '../../src/backup/take-backup.ts'
import { openFilledIndex, openStores } from '../../src/cli/open.ts'
import { parseConfig } from '../../src/config.ts'
import { openStateDatabase } from '../../src/stores/sqlite/state-database.ts'
import { NewerError } from '../../src/database/version.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { createRetrieve } from '../../src/retrieval/retrieve.ts'
import { flipIn, strike } from '../support/damage.ts'
import { fillState, stateIn, writePapers } from '../support/state.ts'
import { tempFolder } from '../support/temp.ts'

vi.setConfig({ testTimeout: 60_000 })

let [lived, folder]: string[] = []
const at = (name: string) => join(folder!, name)
beforeAll(async () => {
  lived = mkdtempSync(join(tmpdir(), 'wence-'))
  writePapers(join(lived, 'papers'))
  await fillState(join(lived, 'data'), join(lived, 'papers'))
}, 60_000)
afterAll(() => rmSync(lived!, { recursive: true }))
beforeEach(() => {
  folder = tempFolder()
})

const taken = (data = join(lived!, 'data'), file = at('a.tar')) =>
  takeBackup(file, { dataDirectory: data, ledger: 'ingest.sqlite', version: '0.1.0', now: 1 })
const restored = (more: Partial<RestoreOptions> = {}) =>
  restoreBackup(at('a.tar'), {
    dataDirectory: at('data'),
    ledger: 'ingest.sqlite',
    fillingMark: 'filling',
    replace: false,
    aside: 'replaced-1',
    prepare: async () => {},
    ...more,
  })

/** What is found in the index of a data directory, made again where it is not there, and in what order. */
async function found(data: string) {
  const { index, close } = await openFilledIndex(parseConfig({ WENCE_DATA_DIR: data }))
  try {
    const retrieve = createRetrieve({ index, today: '2023-06-01' })
    const questions = ['接电要承担费用吗？', '专利质押贷款有多少？', '网上申报收费用吗？']
    const rankings = await Promise.all(questions.map((question) => retrieve({ question }, 5)))
    const articles = await Array.fromAsync(index.articles())
    return { rankings, articles: articles.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }
  } finally {
    await close()
  }
}

/** What ingest remembers is told anew where files lie. */
const OTHERS = /^(?:ingest\.sqlite|originals\/)/u
const stateOf = (data: string) => stateIn(data).filter(({ name }) => !OTHERS.test(name))

test('elsewhere all is as it was, and the same is found, though the papers are gone', async () => {
  const [before, state] = [await found(join(lived!, 'data')), stateOf(join(lived!, 'data'))]
  expect(state.length).toBe(7)
  await taken()
  renameSync(join(lived!, 'papers'), join(lived!, 'gone'))
  try {
    await restored()
    expect(stateOf(at('data'))).toEqual(state)
    expect(existsSync(at('data/index.sqlite'))).toBe(false)
    expect(await found(at('data'))).toEqual(before)
  } finally {
    renameSync(join(lived!, 'gone'), join(lived!, 'papers'))
  }
})

test('papers that lie elsewhere later take the place of the copies, and nothing is read again', async () => {
  await taken()
  renameSync(join(lived!, 'papers'), at('mounted'))
  try {
    await restored()
    await found(at('data'))
    expect(readdirSync(at('data'))).toContain('originals')
    const stores = await openStores(parseConfig({ WENCE_DATA_DIR: at('data') }))
    const outcomes = await ingest([at('mounted')], stores)
    expect(outcomes.map(({ status }) => status)).toEqual(Array(4).fill('unchanged'))
    expect(stores.ledger.filesOf('c.jsonl').map(({ path }) => path)).toEqual([
      at('mounted/c.jsonl'),
    ])
    await stores.close()
    expect(stateFilesIn(at('data/originals'))).toEqual([])
  } finally {
    renameSync(at('mounted'), join(lived!, 'papers'))
  }
})

test('files that lie where they lay are not kept twice', async () => {
  await taken()
  await restored()
  expect(readdirSync(at('data'))).not.toContain('originals')
})

test.each([
  ['cut off', (file: string) => truncateSync(file, statSync(file).size - 3000)],
  ['cut off between two files', (file: string) => truncateSync(file, 512)],
  [
    'of which a bit is turned over',
    (file: string) => strike({ kind: 'flip', file, at: statSync(file).size >> 1, bit: 0 }),
  ],
  ['that is none', (file: string) => writeFileSync(file, 'no archive at all\n')],
])('one %s is refused in a sentence, and nothing is touched', async (_, damage) => {
  await taken()
  damage(at('a.tar'))
  cpSync(join(lived!, 'data'), at('data'), { recursive: true })
  const before = stateIn(at('data'))
  await expect(restored({ replace: true })).rejects.toThrow(
    /a\.tar (?:is damaged|was not written)/u,
  )
  expect(stateIn(at('data'))).toEqual(before)
  expect(isHalfRestored(at('data'))).toBe(false)
  expect(readdirSync(at('data')).filter((name) => name.startsWith('re'))).toEqual([])
})

test('a folder with something in it is refused, or set aside when that is said', async () => {
  await taken()
  mkdirSync(at('data'))
  writeFileSync(at('data/corrections.jsonl'), 'mine\n')
  writeFileSync(at('data/index.sqlite'), '')
  await expect(restored()).rejects.toThrow(/data is not empty: .*--replace/u)
  await restored({ replace: true })
  expect(readFileSync(at('data/replaced-1/corrections.jsonl'), 'utf8')).toBe('mine\n')
  expect(readdirSync(at('data/replaced-1'))).toEqual(['corrections.jsonl'])
  expect(stateOf(at('data'))).toEqual(stateOf(join(lived!, 'data')))
})

test('a folder that somebody uses is refused', async () => {
  await taken()
  const db = openStateDatabase(at('data/conversations.sqlite'))
  await expect(restored({ replace: true })).rejects.toThrow(
    /conversations\.sqlite is in use: stop/u,
  )
  db.close()
  await restored({ replace: true })
})

test('what a newer version took is refused in a sentence', async () => {
  await taken()
  const newer = async () => {
    throw new NewerError('x')
  }
  await expect(restored({ prepare: newer })).rejects.toThrow(
    /a\.tar was taken by version 0\.1\.0, which is newer than this/u,
  )
  expect(readdirSync(at('data'))).toEqual([])
})

test.each([
  [
    'while what was there is set aside',
    () => {
      mkdirSync(at('data/replaced-1/words'), { recursive: true })
      renameSync(at('unpacked'), at('data/restore.replacing'))
      writeFileSync(at('data/corrections.jsonl'), 'mine\n')
    },
  ],
  [
    'while it takes its place',
    () => {
      mkdirSync(at('data'))
      renameSync(at('unpacked'), at('data/restore.placing'))
      renameSync(at('data/restore.placing/desk.sqlite'), at('data/desk.sqlite'))
    },
  ],
])('a restore that was broken off %s is finished', async (_, arrange) => {
  await taken()
  const prepare = async (unpacked: string) => cpSync(unpacked, at('unpacked'), { recursive: true })
  await restored({ dataDirectory: at('other'), prepare })
  arrange()
  expect(isHalfRestored(at('data'))).toBe(true)
  finishRestore(at('data'), 'replaced-2')
  expect(isHalfRestored(at('data'))).toBe(false)
  expect(stateOf(at('data'))).toEqual(stateOf(join(lived!, 'data')))
})

test('a damaged database is not taken, and the earlier backup stays', async () => {
  await taken()
  const before = readFileSync(at('a.tar'))
  cpSync(join(lived!, 'data'), at('data'), { recursive: true })
  flipIn(at('data/conversations.sqlite'), 'id7')
  await expect(taken(at('data'))).rejects.toThrow(/conversations\.sqlite/u)
  expect(readFileSync(at('a.tar')).equals(before)).toBe(true)
  expect(readdirSync(folder!).toSorted()).toEqual(['a.tar', 'data'])
})

test("a backup is nobody else's to read, and known by its beginning", async () => {
  await taken()
  if (process.platform !== 'win32') expect(statSync(at('a.tar')).mode & 0o777).toBe(0o600)
  writeFileSync(at('b.tar'), 'x')
  expect([at('a.tar'), at('b.tar'), at('none.tar')].map(isBackup)).toEqual([true, false, false])
})

test.each([
  ['a folder in its place', (file: string) => mkdirSync(file)],
  ['nothing there', () => {}],
])('of a paper that was read, with %s, the rest is taken all the same', async (_, arrange) => {
  cpSync(join(lived!, 'data'), at('data'), { recursive: true })
  renameSync(join(lived!, 'papers/a-reprint.jsonl'), at('away'))
  try {
    arrange(join(lived!, 'papers/a-reprint.jsonl'))
    const { manifest } = await taken(at('data'))
    expect(manifest.missing).toEqual([join(lived!, 'papers/a-reprint.jsonl')])
  } finally {
    rmSync(join(lived!, 'papers/a-reprint.jsonl'), { recursive: true, force: true })
    renameSync(at('away'), join(lived!, 'papers/a-reprint.jsonl'))
  }
})

/** Writes an archive that says of itself what somebody likes. */
async function forge(change: (manifest: Manifest) => object, more: readonly string[] = []) {
  await taken()
  const manifest = await openBackup(at('a.tar')).unpack(at('forging'))
  const archive = createArchive(at('a.tar'))
  const files = []
  for (const { name } of manifest.files)
    files.push(
      await archive.addFile(name, at(`forging/${name.replace(/^wence-backup\/(state\/)?/u, '')}`)),
    )
  for (const name of more) files.push(await archive.addFile(name, at('forging/corrections.jsonl')))
  await archive.addText(MANIFEST, JSON.stringify({ ...manifest, files, ...change(manifest) }))
  await archive.close()
}

test('an archive removes and reads nothing beside the data directory, whatever it says', async () => {
  const paper = join(lived!, 'papers/c.jsonl')
  writeFileSync(at('victim'), 'mine')
  await forge(({ originals }) => ({
    originals: { ...originals, 'wence-backup/../../victim': paper },
  }))
  await expect(restored()).rejects.toThrow(/a\.tar is damaged/u)
  expect(readFileSync(at('victim'), 'utf8')).toBe('mine')
})

test.each(['state/../x', 'originals/../../x', 'state/restore.placing/x', 'x', 'state/'])(
  'an archive with %s is refused, and nothing is touched',
  async (name) => {
    await forge(() => ({}), [`wence-backup/${name}`])
    await expect(restored()).rejects.toThrow(/is none of ours/u)
    expect(readdirSync(at('data'))).toEqual([])
  },
)

test('no room is told as that, however deep it is told', () => {
  const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })
  expect(isNoRoom(new Error('damaged', { cause: full }))).toBe(true)
  expect(isNoRoom(new Error('damaged', { cause: new Error('x') }))).toBe(false)
})

test('what the system keeps on a disk of its own is no state, and stays where it is', async () => {
  await taken()
  mkdirSync(at('data/lost+found'), { recursive: true })
  await restored()
  await restored({ replace: true })
  expect(readdirSync(at('data'))).toContain('lost+found')
})

const kept = () => ({ folder: folder!, dataDirectory: '/data' })

test('a folder keeps the backups of one data directory', () => {
  const name = backupName('2026-11-24-030000')
  writeFileSync(at(name), '')
  checkFolder(folder!, '/elsewhere')
  keepLatest({ ...kept(), keep: 1, taken: name })
  checkFolder(folder!, '/data')
  expect(() => checkFolder(folder!, '/elsewhere')).toThrow(/keeps the backups of \/data/u)
})

test('the latest backups of a folder are kept, and whatever else lies there', () => {
  const names = ['2026-11-24-030000', '2026-11-25-030000', '2026-11-26-030000'].map(backupName)
  for (const name of [...names, 'mine.tar', 'wence-old.tar']) writeFileSync(at(name), '')
  mkdirSync(at(backupName('2026-11-20-030000')))
  expect(keepLatest({ ...kept(), keep: 2, taken: names[2]! })).toEqual(names.slice(0, 1))
  expect(readdirSync(folder!).toSorted()).toEqual([
    'mine.tar',
    backupName('2026-11-20-030000'),
    ...names.slice(1),
    'wence-backups-of.txt',
    'wence-old.tar',
  ])
})

test('one that was just taken stays, also where the clock was ahead before', () => {
  const names = ['2026-11-26-030000', '2099-01-01-030000', '2099-01-02-030000'].map(backupName)
  for (const name of names) writeFileSync(at(name), '')
  expect(keepLatest({ ...kept(), keep: 2, taken: names[0]! })).toEqual([names[1]])
  expect(keepLatest({ ...kept(), keep: 1, taken: names[0]! })).toEqual([names[2]])
})
