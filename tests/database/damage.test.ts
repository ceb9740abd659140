import { cpSync, existsSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../src/database/open.ts'
import { findLogDamage } from '../../src/database/write-ahead-log.ts'
import { PATIENTS, blowAt, filesOf, flipIn, outcomeOf, prepare, strike } from '../support/damage.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { tempFolder } from '../support/temp.ts'

const BLOWS = 5

describe.each(PATIENTS)('a damaged $name', (patient) => {
  test.each([
    ['closed', false],
    ['killed', true],
  ])(
    'when it was %s, says what it said before, or says what is lost',
    async (_, killed) => {
      const folder = tempFolder()
      const prepared = await prepare(patient, folder, killed)
      const files = filesOf(patient, prepared.left)
      const random = seededRandom(killed ? 12 : 11)
      for (let n = 0; n < BLOWS; n++) {
        const blow = blowAt(files, random)
        const { outcome, error } = await outcomeOf(patient, prepared, blow, join(folder, `${n}`))
        expect([outcome, blow, error]).toEqual([
          expect.stringMatching(/as before|told/),
          blow,
          error,
        ])
      }
      // An index that is made again is read from its files by processes that have to start.
    },
    90_000,
  )

  test('without its first page lives, and tells', async () => {
    const folder = tempFolder()
    const prepared = await prepare(patient, folder, false)
    const file = join(prepared.left, patient.file)
    const blow = { kind: 'flip', file, at: 3, bit: 1 } as const
    const { outcome, notices } = await outcomeOf(patient, prepared, blow, join(folder, 'asked'))
    expect(outcome).toBe('told')
    expect(notices[0]).toContain(patient.file)
  })
})

describe('an index', () => {
  const [index] = PATIENTS

  test('that lost what was committed last is missed by the ledger, also without its shared memory', async () => {
    const folder = tempFolder()
    const { left, whole } = await prepare(index!, folder, true)
    const log = join(left, 'index.sqlite-wal')
    truncateSync(log, Math.floor(statSync(log).size * 0.9))
    rmSync(join(left, 'index.sqlite-shm'))
    const notices: string[] = []
    expect(await index!.ask(left, (notice) => notices.push(notice))).toBe(whole)
    expect(notices).toEqual([expect.stringContaining('已损坏')])
  })

  test('that was found whole is not looked through again, until a bit of it changes', async () => {
    const folder = tempFolder()
    const { left, whole } = await prepare(index!, folder, false)
    const file = join(left, 'index.sqlite')
    await index!.ask(left, () => {})
    expect(readFileSync(`${file}.whole`, 'utf8')).toMatch(/^\d+ \d+$/)
    flipIn(file, '"articleId":"n3"')
    const notices: string[] = []
    expect(await index!.ask(left, (notice) => notices.push(notice))).toBe(whole)
    expect(notices).toEqual([expect.stringContaining(file)])
    expect(existsSync(`${file}.damaged`)).toBe(true)
  })
})

test('a damaged row of conversations is as good as gone, and the others stay', async () => {
  const [, , conversations] = PATIENTS
  const folder = tempFolder()
  const { left, whole } = await prepare(conversations!, folder, false)
  const db = new DatabaseSync(join(left, 'conversations.sqlite'))
  db.function('crc', { deterministic: true }, (_row) => 1)
  db.exec(`UPDATE asked SET answer = '{"no' WHERE id = 'id7'`)
  db.close()
  const notices: string[] = []
  const said = await conversations!.ask(left, (notice) => notices.push(notice))
  expect(notices).toEqual([expect.stringContaining('a row of asked')])
  const rows = (text: string) =>
    z
      .tuple([z.string(), z.array(z.unknown())])
      .rest(z.unknown())
      .parse(JSON.parse(text))[1]
  expect(rows(said)).toEqual(rows(whole).with(7, null))
})

test('a log that was cut off or damaged is known, and one that only ended early is not taken for it', () => {
  const folder = tempFolder()
  const file = join(folder, 'x.sqlite')
  const db = openDatabase(file, { busyMs: 0 })
  db.exec('CREATE TABLE t (text TEXT)')
  const fill = () => {
    for (let n = 0; n < 50; n++) db.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(n * 50))
  }
  const copied = (name: string, ...suffixes: string[]) => {
    for (const suffix of suffixes) cpSync(file + suffix, join(folder, name + suffix))
    return join(folder, name)
  }
  fill()
  expect(findLogDamage(file)).toBeUndefined()
  const flipped = copied('flipped', '', '-wal')
  strike({ kind: 'flip', file: `${flipped}-wal`, at: 9000, bit: 2 })
  expect(findLogDamage(flipped)).toEqual({ isBehind: false })
  const cut = copied('cut', '', '-wal', '-shm')
  truncateSync(`${cut}-wal`, 20_000)
  expect(findLogDamage(cut)).toEqual({ isBehind: false })
  // Begun again from the front: what stands behind is of before.
  db.exec('PRAGMA wal_checkpoint(RESTART)')
  db.exec("INSERT INTO t VALUES ('y')")
  expect(findLogDamage(file)).toBeUndefined()
  // Checkpointed, and then damaged: the database holds more.
  fill()
  db.exec('PRAGMA wal_checkpoint(PASSIVE)')
  const behind = copied('behind', '', '-wal', '-shm')
  strike({ kind: 'flip', file: `${behind}-wal`, at: 9000, bit: 2 })
  expect(findLogDamage(behind)).toEqual({ isBehind: true })
  db.close()
})
