import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { chinaDay } from '../../../src/china-time.ts'
import { index, stale } from '../../../src/cli/doctor/index-check.ts'
import { openStores } from '../../../src/cli/open.ts'
import { parseConfig } from '../../../src/config.ts'
import { connect } from '../../../src/database/open.ts'
import { digestOf, ingest } from '../../../src/ingest/ingest.ts'
import { openEmbeddedIndex } from '../../../src/retrieval/embedded-index.ts'
import { idsOf, lookWith, textOf } from '../../support/doctor.ts'
import { tempFolder } from '../../support/temp.ts'

const lookAt = (folder: string) => lookWith(index, { settings: { WENCE_DATA_DIR: folder } })

/** A data directory with three articles that were read from two files. */
async function filled() {
  const folder = tempFolder()
  const papers = join(folder, 'papers')
  mkdirSync(papers)
  const line = (date: string, text: string) =>
    JSON.stringify({ title: text.slice(0, 6), text, date })
  const [a, b] = [join(papers, 'a.jsonl'), join(papers, 'b.jsonl')]
  writeFileSync(
    a,
    `${line('2024-05-01', '全市对小微企业接电免收费用，三个工作日办结。')}\n${line('2999-01-01', '年份印错的报道说园区扩建完工。')}\nno line\n`,
  )
  writeFileSync(b, `${line('2024-06-02', '专利质押贷款单笔最高三千万元，全年受理。')}\n`)
  const stores = await openStores(parseConfig({ WENCE_DATA_DIR: folder }))
  await ingest([papers], stores)
  await stores.close()
  return { folder, a, b }
}

function change(file: string, sql: string) {
  const db = connect(file)
  db.exec(sql)
  db.close()
}

test('there is none yet', async () => {
  expect(idsOf(await lookAt(tempFolder()))).toEqual(['index-none'])
})

test('what is in it, and what could not be read', async () => {
  const { folder } = await filled()
  const findings = await lookAt(folder)
  expect(idsOf(findings)).toEqual(['index-filled', 'index-stale', 'index-ledger', 'index-problems'])
  expect(textOf(findings, 'index-filled')).toMatch(
    /^3 篇文章、\d+ 个段落，最新一篇是 2024-06-02 的$/u,
  )
}, 30_000)

test('a file that is gone, one that is to be read again, and a start that was ended', async () => {
  const { folder, a, b } = await filled()
  rmSync(b)
  change(join(folder, 'ingest.sqlite'), `UPDATE files SET digest = '' WHERE path = '${a}'`)
  writeFileSync(join(folder, 'filling'), '')
  const findings = await lookAt(folder)
  expect(idsOf(findings)).toEqual([
    'index-filled',
    'index-stale',
    'index-filling',
    'index-ledger',
    'index-again',
    'index-gone',
    'index-problems',
  ])
  expect(textOf(findings, 'index-gone')).toContain(b)
}, 30_000)

test('files in a folder that cannot be looked into are not gone', async () => {
  const { folder, a } = await filled()
  const papers = dirname(a)
  // One that leads to itself is closed to root, too.
  renameSync(papers, `${papers}.away`)
  symlinkSync(papers, papers)
  const findings = await lookAt(folder)
  expect(textOf(findings, 'index-closed')).toMatch(/有 2 个现在看不到.*（ELOOP）/u)
  expect(idsOf(findings)).not.toContain('index-gone')
  expect(JSON.stringify(findings)).not.toContain('--remove')
}, 30_000)

// Root is let in.
test.skipIf(process.getuid?.() === 0)(
  'a folder without permission is named',
  async () => {
    const { folder, a } = await filled()
    const papers = dirname(a)
    chmodSync(papers, 0)
    const findings = await lookAt(folder)
    chmodSync(papers, 0o700)
    expect(textOf(findings, 'index-closed')).toContain(`${papers}（EACCES）`)
    expect(JSON.stringify(findings)).not.toContain('--remove')
  },
  30_000,
)

test('a file that an older program read, and not one that was changed since', async () => {
  const { folder, a, b } = await filled()
  const older = await digestOf(a, null, '2')
  change(join(folder, 'ingest.sqlite'), `UPDATE files SET digest = '${older}' WHERE path = '${a}'`)
  writeFileSync(b, '{}')
  expect(textOf(await lookAt(folder), 'index-reader')).toContain('抽看 2 个文件，有 1 个')
}, 30_000)

test('changes that were lost', async () => {
  const { folder } = await filled()
  change(join(folder, 'ingest.sqlite'), "UPDATE meta SET value = '99' WHERE name = 'generation'")
  expect(idsOf(await lookAt(folder))).toContain('index-lost')
}, 30_000)

test.each([
  ['index-older', 'PRAGMA user_version = 1'],
  ['index-newer', 'PRAGMA user_version = 999999'],
  ['index-foreign', 'PRAGMA application_id = 7'],
  ['index-unread', 'DROP TABLE articles'],
])('%s', async (id, sql) => {
  const folder = tempFolder()
  await openEmbeddedIndex(join(folder, 'index.sqlite')).close()
  change(join(folder, 'index.sqlite'), sql)
  expect(idsOf(await lookAt(folder))).toEqual([id])
})

test('articles of two weeks ago are stale', () => {
  const daysAgo = (days: number) => chinaDay(Date.now() - days * 24 * 3600_000)
  expect(idsOf(stale(daysAgo(15)))).toEqual(['index-stale'])
  expect(idsOf(stale('2001'))).toEqual(['index-stale'])
  for (const fresh of [daysAgo(13), daysAgo(0).slice(0, 4), null]) expect(stale(fresh)).toEqual([])
})

test('with nothing in it, or in a Qdrant', async () => {
  const folder = tempFolder()
  await openEmbeddedIndex(join(folder, 'index.sqlite')).close()
  expect(idsOf(await lookAt(folder))).toEqual(['index-empty'])
  const settings = { WENCE_DATA_DIR: folder, QDRANT_URL: 'http://127.0.0.1:1' }
  expect(idsOf(await lookWith(index, { settings }))).toEqual(['index-in-qdrant'])
})

test('words that cannot be read', async () => {
  const folder = tempFolder()
  mkdirSync(join(folder, 'words'))
  writeFileSync(join(folder, 'words/gazetteer.txt'), '没有这样的一行\n')
  expect(idsOf(await lookAt(folder))).toEqual(['index-none', 'index-words'])
})
