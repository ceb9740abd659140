import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test, vi } from 'vitest'
import { openReaders } from '../../../src/ingest/reading/open-readers.ts'
import { IndexUnavailableError } from '../../../src/retrieval/index-unavailable.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { tempFolder } from '../../support/temp.ts'
import { watching } from '../../support/watching.ts'

vi.setConfig({ testTimeout: 120_000 })

// For all tests: a process takes longer to start than most files to read.
const readers = openReaders('articles')
afterAll(() => readers.close())

const news = (what: string) =>
  `本报讯（记者 王某）10月19日，记者从市${what}局了解到，今年以来，全市已有多家企业办理了${what}业务。` +
  `目前，${what}工作已实现县区全覆盖，形成了政府引导、部门协同的${what}模式，受到企业欢迎。\n\n` +
  `为做好${what}服务，市${what}局优化流程，企业只要在服务大厅申报，就可以当天办结${what}手续，不收取任何费用。\n`

function put(folder: string, name: string, text: string) {
  mkdirSync(join(folder, name, '..'), { recursive: true })
  writeFileSync(join(folder, name), text)
}

test('reads what is there, what comes and what changes, and takes out what goes', async () => {
  const folder = tempFolder()
  put(folder, 'a.txt', news('用水'))
  const { until, sources, told, outcomes } = await watching([folder], { readers })
  await until(async () => (await sources()).join() === 'a.txt')
  put(folder, '2024/b.txt', news('供电'))
  await until(async () => (await sources()).join() === '2024/b.txt,a.txt')
  put(folder, 'a.txt', `${news('用水')}\n企业还可以网上申报，全程免费。\n`)
  await until(() => outcomes.some(({ status }) => status === 'changed'))
  renameSync(join(folder, '2024/b.txt'), join(folder, 'c.txt'))
  await until(async () => (await sources()).join() === 'a.txt,c.txt')
  rmSync(join(folder, 'c.txt'))
  await until(async () => (await sources()).join() === 'a.txt')
  expect(told()).toEqual([
    'a.txt new',
    '2024/b.txt new',
    'a.txt changed',
    '2024/b.txt removed',
    'c.txt moved',
    'c.txt removed',
  ])
})

test('a file in whose place a folder stands is gone, and what is in that is read', async () => {
  const folder = tempFolder()
  for (const name of ['a.txt', 'b.txt']) put(folder, name, news(`用水${name[0]}`))
  const { until, sources } = await watching([folder], { readers })
  await until(async () => (await sources()).join() === 'a.txt,b.txt')
  rmSync(join(folder, 'a.txt'))
  put(folder, 'a.txt/c.txt', news('供电'))
  await until(async () => (await sources()).join() === 'a.txt/c.txt,b.txt')
})

test('takes what changed while nobody watched, and nothing else', async () => {
  const folder = tempFolder()
  put(folder, 'a.txt', news('用水'))
  put(folder, 'b.txt', news('供电'))
  const first = await watching([folder], { readers })
  await first.until(() => first.outcomes.length === 2)
  const second = await watching([folder], { readers, inTurn: (work) => work(first.stores) })
  await second.looked()
  expect(second.told()).toEqual([])
})

test('leaves a file alone while it is written, and what is only written to be renamed', async () => {
  const folder = tempFolder()
  const text = news('用水')
  const { until, outcomes, sources, told } = await watching([folder], {
    readers,
    times: { settleMs: 400, lookMs: 400 },
  })
  put(folder, 'b.txt.part', news('供电'))
  for (let i = 0; i < text.length; i += 10) {
    appendFileSync(join(folder, 'a.txt'), text.slice(i, i + 10))
    await sleep(30)
  }
  await until(async () => (await sources()).length > 0)
  // Read when it was whole: one reading, in which no word is missing.
  expect(told()).toEqual(['a.txt new'])
  renameSync(join(folder, 'b.txt.part'), join(folder, 'b.txt'))
  await until(() => outcomes.length === 2)
  expect(told()).toEqual(['a.txt new', 'b.txt new'])
})

test('tells of a file that fails once, and again when it has changed', async () => {
  const folder = tempFolder()
  put(folder, 'bad.txt', '  \n')
  put(folder, 'picture.jpg', 'JFIF')
  const { until, outcomes, looked, told, state } = await watching([folder], { readers })
  await until(() => outcomes.some(({ status }) => status === 'failed'))
  await looked()
  put(folder, 'a.txt', news('用水'))
  await until(() => outcomes.some(({ status }) => status === 'new'))
  await looked()
  expect(told()).toEqual(['picture.jpg skipped', 'bad.txt failed', 'a.txt new'])
  expect(state()).toMatchObject({ files: 2, failed: 1, waiting: 0 })
  put(folder, 'bad.txt', news('供电'))
  await until(() => outcomes.length === 4)
  expect(told().at(-1)).toBe('bad.txt new')
  expect(state().failed).toBe(0)
})

test('keeps what was read of a folder that is emptied or goes away, and takes up its own again', async () => {
  const parent = tempFolder()
  const folder = join(parent, 'in')
  put(folder, 'a.txt', news('用水'))
  put(folder, 'b.txt', news('供电'))
  const { until, looked, sources, state, said } = await watching([folder], { readers })
  await until(async () => (await sources()).length === 2)
  rmSync(join(folder, 'a.txt'))
  rmSync(join(folder, 'b.txt'))
  await until(() => state().heldBack.length > 0)
  await looked()
  expect(state().heldBack).toEqual([{ folder, gone: 2 }])
  expect(said.filter((line) => line.startsWith(`${folder}: 2 files`)).length).toBe(1)
  renameSync(folder, join(parent, 'elsewhere'))
  await until(() => state().missing.length > 0)
  await looked()
  expect(await sources()).toEqual(['a.txt', 'b.txt'])
  put(folder, 'a.txt', news('用水'))
  put(folder, 'c.txt', news('排污'))
  await until(async () => (await sources()).join() === 'a.txt,c.txt')
  expect(state()).toMatchObject({ missing: [], heldBack: [] })
})

test('tells of a folder that is closed, keeps what was read of it, and goes on where it is open', async () => {
  const parent = tempFolder()
  const [shut, open] = [join(parent, 'shut'), join(parent, 'open')]
  put(shut, 'a.txt', news('用水'))
  mkdirSync(open)
  const { until, looked, sources, state } = await watching([shut, open], { readers })
  await until(async () => (await sources()).join() === 'a.txt')
  // A folder that leads to itself is closed to root, too.
  renameSync(shut, join(parent, 'away'))
  symlinkSync(shut, shut)
  await until(() => state().closed.length > 0)
  put(open, 'b.txt', news('供电'))
  await until(async () => (await sources()).join() === 'a.txt,b.txt')
  await looked()
  expect(state()).toMatchObject({
    closed: [{ path: shut, code: 'ELOOP' }],
    missing: [],
    heldBack: [],
    trouble: null,
  })
  unlinkSync(shut)
  renameSync(join(parent, 'away'), shut)
  await until(() => state().closed.length === 0)
  expect(await sources()).toEqual(['a.txt', 'b.txt'])
})

// Root is let in.
test.skipIf(process.getuid?.() === 0).each([0, 0o600])(
  'keeps what was read of a folder with the rights %o',
  async (rights) => {
    const folder = join(tempFolder(), 'in')
    put(folder, 'a.txt', news('用水'))
    put(folder, '2026/b.txt', news('供电'))
    const { until, looked, sources, state } = await watching([folder], { readers })
    await until(async () => (await sources()).join() === '2026/b.txt,a.txt')
    for (const path of [join(folder, '2026'), folder]) {
      chmodSync(path, rights)
      await until(() => state().closed.length > 0)
      await looked()
      expect(state().closed).toEqual([{ path, code: 'EACCES' }])
      expect(await sources()).toEqual(['2026/b.txt', 'a.txt'])
      chmodSync(path, 0o700)
      await until(() => state().closed.length === 0)
    }
  },
)

test('waits for a folder that does not exist yet, and says so once', async () => {
  const folder = join(tempFolder(), 'later')
  const { until, looked, sources, said } = await watching([folder], { readers })
  await looked()
  expect(
    said.filter((line) => line.includes('is not there; it is read as soon as it is')).length,
  ).toBe(1)
  put(folder, 'a.txt', news('用水'))
  await until(async () => (await sources()).join() === 'a.txt')
})

test('of many files some are found before the last is read, and others get the turn between', async () => {
  const folder = tempFolder()
  const random = seededRandom(7)
  const letters = () => String.fromCodePoint(0x4e00 + Math.floor(random() * 3000))
  const sentence = () => `${Array.from({ length: 20 }, letters).join('')}。`
  const towns = Array.from({ length: 60 }, (_, i) => `${i}`)
  for (const town of towns) put(folder, `${town}.txt`, Array.from({ length: 8 }, sentence).join(''))
  let most = 0
  const { until, outcomes, turns, sources } = await watching([folder], {
    readers,
    times: { roundMs: 50 },
  })
  await until(async () => {
    const found = (await sources()).length
    if (found < towns.length) most = Math.max(most, found)
    return found === towns.length
  })
  expect(most).toBeGreaterThan(0)
  expect(turns()).toBeGreaterThan(5)
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['new']))
  expect(outcomes.length).toBe(towns.length)
})

test('an index that is away is tried again, told once, and nothing is lost', async () => {
  const folder = tempFolder()
  for (const town of ['甲', '乙', '丙']) put(folder, `${town}.txt`, news(`${town}河`))
  let isAway = true
  let tries = 0
  const { until, said, sources, told, state } = await watching([folder], {
    readers,
    written: (index) => ({
      ...index,
      async putBatches(...given) {
        tries += 1
        if (isAway) throw new IndexUnavailableError('The index cannot be reached.')
        return index.putBatches(...given)
      },
    }),
  })
  await until(() => tries > 3)
  expect(state().trouble).toMatchObject({ what: 'The index cannot be reached.' })
  expect(told()).toEqual([])
  isAway = false
  await until(async () => (await sources()).length === 3)
  await until(() => state().trouble === null)
  expect(told().toSorted()).toEqual(['丙.txt new', '乙.txt new', '甲.txt new'])
  expect(said.filter((line) => line.startsWith('The index cannot be reached.')).length).toBe(1)
})

test('an index that is made anew is filled again', async () => {
  const folder = tempFolder()
  put(folder, 'a.txt', news('用水'))
  const { until, outcomes, ledger, sources, index } = await watching([folder], {
    readers,
    times: { indexMs: 100 },
  })
  await until(() => outcomes.length === 1)
  await index.remove(['a.txt'])
  // As of an index with another identity.
  ledger.readAgain(join(folder, 'a.txt'))
  await until(async () => (await sources()).join() === 'a.txt')
})
