import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { Correction } from '../../../src/correction.ts'
import { openCorrections } from '../../../src/ingest/corrections/corrections-file.ts'
import { ingest } from '../../../src/ingest/ingest.ts'
import { openLedger } from '../../../src/ingest/ledger.ts'
import { openReaders } from '../../../src/ingest/reading/open-readers.ts'
import { openEmbeddedIndex } from '../../../src/retrieval/embedded-index.ts'
import { tempFolder } from '../../support/temp.ts'

const WATER = `用水报装当天办结

本报讯（记者 王某）10月19日，记者从市用水局了解到，企业在大厅申报，就可以当天办结用水手续。

目前，用水工作已实现县区全覆盖，受到企业欢迎。`
const POWER = `用电报装不收费用

本报讯（记者 李某）10月20日，记者从市用电局了解到，企业用电报装即来即办，不收取任何费用。

“用电报装”服务已在高铁片区试行，企业普遍满意。`
const PAGE = `泰山日报 2023年10月21日 A03版\n\n${WATER}\n\n${POWER}\n`

const readers = openReaders('articles')
afterAll(() => readers.close())

/** A page in a folder, what staff correct in it, and runs that each open index and ledger anew. */
function library(text = PAGE, name = 'a.txt') {
  const [folder, state] = [tempFolder(), tempFolder()]
  const file = join(folder, name)
  writeFileSync(file, text)
  const corrections = openCorrections(join(state, 'corrections.jsonl'))
  let id = 0
  type Said = Pick<Correction, 'what' | 'value' | 'words'>
  const correct = (said: Said & { near?: number; line?: number }) => {
    const made = { id: String(++id), source: name, near: 0, by: '小王', at: '', ...said }
    corrections.add(Correction.parse(made))
  }
  async function read(paths: readonly string[] = [folder]) {
    const index = openEmbeddedIndex(join(state, 'index.sqlite'))
    const ledger = openLedger(join(state, 'ingest.sqlite'), await index.identity())
    try {
      const outcomes = await ingest(paths, { index, ledger, readers, corrections })
      const articles = await Array.fromAsync(index.articles())
      const passages = await Promise.all(articles.map((article) => index.passages(article.id)))
      return { outcomes, articles, passages }
    } finally {
      ledger.close()
      await index.close()
    }
  }
  return { folder, state, file, corrections, correct, read }
}

const heads = (articles: readonly { headline: string | null }[]) =>
  articles.map(({ headline }) => headline)

test('headline, kind, date and place are what staff say, and noted as said by them', async () => {
  const { correct, read } = library()
  const before = await read()
  const words = '本报讯 记者 李某 10月20日，记者从市用电局了解到'
  correct({ what: 'headline', value: '泰安市用电报装零收费', words })
  correct({ what: 'kind', value: 'notice', words })
  correct({ what: 'date', value: '2022-10-21', words })
  correct({ what: 'place', value: '山东省泰安市', words })
  const { outcomes, articles, passages } = await read()
  expect(outcomes).toMatchObject([{ status: 'changed', problems: [], notes: [] }])
  expect(articles[0]).toEqual(before.articles[0])
  expect(articles[1]).toMatchObject({
    id: before.articles[1]!.id,
    headline: '泰安市用电报装零收费',
    kind: 'notice',
    date: { value: '2022-10-21', printed: null, inferred: false },
    place: ['山东省', '泰安市'],
    notes: ['类别由工作人员校正', '标题由工作人员校正', '日期由工作人员校正', '地点由工作人员校正'],
  })
  // It is searched by; what is quoted is what the paper prints.
  expect(passages[1]!.every(({ headline }) => headline === '泰安市用电报装零收费')).toBe(true)
  expect(passages[1]!.map(({ text }) => text).join('\n')).not.toContain('零收费')
  expect(passages[1]![0]).toMatchObject({
    part: 'head',
    text: expect.stringContaining('用电报装不收费用'),
  })
  expect((await read()).outcomes).toMatchObject([{ status: 'unchanged' }])
})

test('what is taken back is as it was', async () => {
  const { correct, corrections, read } = library()
  const before = await read()
  correct({ what: 'headline', value: '', words: '本报讯（记者 李某）10月20日' })
  expect(heads((await read()).articles)).toEqual(['用水报装当天办结', null])
  corrections.undo('1')
  expect((await read()).articles).toEqual(before.articles)
})

test('an article is parted where staff say, each part with its own place in the source', async () => {
  const { correct, read } = library()
  const before = await read()
  correct({ what: 'split', value: 'text', words: '用电报装”服务已在高铁片区试行' })
  const { articles } = await read()
  expect(articles.map(({ n, text }) => [n, text.slice(0, 8)])).toEqual([
    [1, '本报讯（记者 王'],
    [2, '本报讯（记者 李'],
    [3, '“用电报装”服务'],
  ])
  expect(articles[2]).toMatchObject({ headline: null, notes: ['由工作人员从上一篇拆出'] })
  const { start, end } = articles[2]!.spans[0]!
  expect(PAGE.slice(start, end)).toBe('“用电报装”服务已在高铁片区试行，企业普遍满意。')
  expect(articles.slice(0, 2).map(({ id }) => id)).toEqual(before.articles.map(({ id }) => id))
})

test('a line within a text that is the headline of the next article becomes it', async () => {
  const { correct, read } = library(
    `用水报装\n\n市用水局推行用水报装当天办结，企业只要在大厅申报，就可以办结手续。\n\n用气报装也减了费用\n\n市用气局对企业用气报装减收一半费用，自十月起执行，受到企业欢迎。\n`,
  )
  expect((await read()).articles).toHaveLength(1)
  correct({ what: 'split', value: 'headline', words: '用气报装也减了费用' })
  const { articles, passages } = await read()
  expect(heads(articles)).toEqual(['用水报装', '用气报装也减了费用'])
  expect(articles[1]!.text).toMatch(/^市用气局/u)
  expect(passages[1]![0]).toMatchObject({ part: 'head', text: '用气报装也减了费用' })
})

test('articles that staff join are one, with all that both print', async () => {
  const { correct, read } = library()
  const before = await read()
  correct({
    what: 'join',
    words: '本报讯（记者 王某）10月19日',
    value: '本报讯（记者 李某）10月20日',
  })
  const { articles, passages } = await read()
  expect(articles).toMatchObject([
    { id: before.articles[0]!.id, headline: '用水报装当天办结', notes: ['由工作人员与下一篇合并'] },
  ])
  expect(articles[0]!.text).toContain('用电报装不收费用\n本报讯（记者 李某）')
  expect(passages[0]!.map(({ text }) => text).join('\n')).toContain('企业普遍满意')
})

test('a correction stays with its words in a file that changed', async () => {
  const { correct, read, file } = library()
  correct({ what: 'headline', value: '用电零收费', words: '本报讯（记者 李某）10月20日' })
  await read()
  writeFileSync(file, PAGE.replace(WATER, `${POWER.replaceAll('用电', '供热')}\n\n${WATER}`))
  expect(heads((await read()).articles)).toContain('用电零收费')
})

test('of places with the same words the nearest is meant', async () => {
  const text = `${WATER}\n\n${WATER.replace('当天办结', '立等可取')}`
  const { correct, read } = library(text)
  const before = await read()
  expect(before.articles).toHaveLength(2)
  const near = before.articles[1]!.spans[0]!.start
  correct({ what: 'headline', value: '第二篇', words: '本报讯（记者 王某）10月19日', near })
  expect(heads((await read()).articles)).toEqual(['用水报装当天办结', '第二篇'])
})

const OPENING =
  '各县（市、区）人民政府，市政府各部门、各直属机构，各有关单位：为优化营商环境，经市政府研究同意，现将'
const notice = (what: string) =>
  `${OPENING}${what}报装有关事项通知如下。企业申报${what}报装，应当在服务大厅提出，当天办结${what}手续，${what}部门不收取任何费用。`
const data = (...of: string[]) =>
  of.map((what) => JSON.stringify({ title: what, text: notice(what), date: '2023' })).join('\n')
const dates = (articles: readonly { headline: string | null; date: { value: string | null } }[]) =>
  Object.fromEntries(articles.map(({ headline, date }) => [headline, date.value]))

test('a correction of data belongs to its line, though others begin as it does', async () => {
  const { correct, read } = library(data('用水', '用电', '用气'), 'a.jsonl')
  correct({ what: 'date', value: '2022', words: OPENING, line: 2 })
  const { outcomes, articles } = await read()
  expect(outcomes).toMatchObject([{ problems: [] }])
  expect(dates(articles)).toEqual({ 用水: '2023', 用电: '2022', 用气: '2023' })
})

test('it goes with its line where that moved, if nothing else has its words', async () => {
  const { correct, read, file } = library(data('用水', '用电', '用气'), 'a.jsonl')
  correct({ what: 'date', value: '2022', words: `${OPENING}用电报装`, line: 2 })
  writeFileSync(file, data('供热', '用水', '用气', '用电'))
  const moved = await read()
  expect(moved.outcomes).toMatchObject([{ problems: [] }])
  expect(dates(moved.articles)).toEqual({
    供热: '2023',
    用水: '2023',
    用气: '2023',
    用电: '2022',
  })
  // Of two it could be either's.
  writeFileSync(
    file,
    `${data('供热')}\n\n${data('用电', '用水')}\n${data('用电').replace('不收取任何', '收取一半')}`,
  )
  const twice = await read()
  expect(twice.outcomes).toMatchObject([{ problems: [expect.stringContaining('stand there no')] }])
  expect(new Set(Object.values(dates(twice.articles)))).toEqual(new Set(['2023']))
})

test('one that finds its place no more is kept, and said until it finds it again', async () => {
  const { correct, read, file, corrections } = library()
  correct({ what: 'headline', value: '用电零收费', words: '本报讯（记者 李某）10月20日' })
  await read()
  writeFileSync(file, PAGE.replace(POWER, ''))
  const problems = [
    expect.stringMatching(/a\.txt: the words “本报讯（记者 李某）10月20日”.*headline/u),
  ]
  expect((await read()).outcomes).toMatchObject([{ status: 'changed', problems }])
  expect((await read()).outcomes).toMatchObject([{ status: 'unchanged', problems }])
  expect(corrections.all()).toHaveLength(1)
  writeFileSync(file, PAGE)
  const again = await read()
  expect(again.outcomes).toMatchObject([{ problems: [] }])
  expect(heads(again.articles)).toContain('用电零收费')
})

test('a correction goes with a file that is renamed, or named otherwise', async () => {
  const { correct, read, folder, file, corrections } = library()
  writeFileSync(join(folder, 'z.txt'), WATER.replaceAll('用水', '用气'))
  correct({ what: 'headline', value: '用电零收费', words: '本报讯（记者 李某）10月20日' })
  await read()
  renameSync(file, join(folder, 'b.txt'))
  const moved = await read()
  expect(moved.outcomes.map(({ status }) => status)).toContain('moved')
  expect(heads(moved.articles)).toContain('用电零收费')
  expect(corrections.all()).toMatchObject([{ source: 'b.txt' }])
  expect((await read()).outcomes.map(({ status }) => status)).toEqual(['unchanged', 'unchanged'])
})

test('corrections are there in an index that is made anew', async () => {
  const { correct, read, state } = library()
  correct({ what: 'headline', value: '用电零收费', words: '本报讯（记者 李某）10月20日' })
  const before = await read()
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(join(state, `index.sqlite${suffix}`), { force: true })
  expect((await read([])).articles).toEqual(before.articles)
})

test(
  'what was written before a run that was killed is there after the next',
  { timeout: 60_000 },
  async () => {
    const { correct, folder, state } = library()
    const root = fileURLToPath(new URL('../../..', import.meta.url))
    const run = (script: string, ...args: string[]) => {
      const env = { ...process.env, WENCE_DATA_DIR: state }
      return spawn(process.execPath, [`src/cli/${script}.ts`, ...args], { cwd: root, env })
    }
    correct({ what: 'headline', value: '用电零收费', words: '本报讯（记者 李某）10月20日' })
    const killed = run('ingest', folder)
    killed.stderr.once('data', () => killed.kill('SIGKILL'))
    await once(killed, 'exit')
    await once(run('ingest', folder), 'exit')
    const shown = run('articles')
    const lines = await shown.stdout.setEncoding('utf8').toArray()
    expect(lines.join('')).toContain('用电零收费')
  },
)
