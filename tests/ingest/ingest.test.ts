import { chmodSync, cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, onTestFinished, expect, test } from 'vitest'
import { type Outcome, ingest, remove } from '../../src/ingest/ingest.ts'
import { readText } from '../../src/ingest/read-articles.ts'
import { plainSource } from '../../src/ingest/read/source-text.ts'
import { openLedger } from '../../src/ingest/ledger.ts'
import { openReaders } from '../../src/ingest/reading/open-readers.ts'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { tempFolder } from '../support/temp.ts'
import { makeDocx, paragraph } from './read/make-docx.ts'
import { makePdf } from './read/make-pdf.ts'

const SEEDS = fileURLToPath(new URL('../../seeds', import.meta.url))

const news = (what: string) =>
  `本报讯（记者 王某）10月19日，记者从市${what}局了解到，今年以来，全市已有多家企业办理了${what}业务。` +
  `目前，${what}工作已实现县区全覆盖，形成了政府引导、部门协同、平台助力的${what}模式，受到企业欢迎。\n\n` +
  `为做好${what}服务，市${what}局优化流程，企业只要在服务大厅申报，就可以当天办结${what}手续，不收取任何费用。\n`

// For all tests: a process takes longer to start than most files to read.
const readers = openReaders('articles')
afterAll(() => readers.close())

async function open() {
  const folder = tempFolder()
  const index = openEmbeddedIndex(join(folder, 'index.sqlite'))
  const ledger = openLedger(join(folder, 'ingest.sqlite'), await index.identity())
  onTestFinished(async () => {
    ledger.close()
    await index.close()
  })
  const articles = async () => {
    const all = []
    for await (const article of index.articles()) all.push(article)
    return all
  }
  return { index, ledger, readers, articles }
}

function pages(files: Record<string, string>) {
  const folder = tempFolder()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

const NOTHING_HELD = { prints: [], reprints: [], extracted: null, problems: [] }

const told = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ source, status }) => `${source} ${status}`)

test('reads the five pages, and again nothing', async () => {
  const wence = await open()
  const first = await ingest([SEEDS], wence)
  expect(first.map(({ status }) => status)).toEqual(Array(5).fill('new'))
  expect((await wence.articles()).length).toBeGreaterThan(20)
  const again = await ingest([SEEDS], wence)
  expect(again.map(({ status }) => status)).toEqual(Array(5).fill('unchanged'))
})

test('cites a file by its path in the folder that was named, or by its bare name', async () => {
  const wence = await open()
  const folder = pages({ '2022/10/a.txt': news('用水') })
  await ingest([folder], wence)
  expect((await wence.articles())[0]?.source).toBe('2022/10/a.txt')
  const other = await open()
  await ingest([join(folder, '2022/10/a.txt')], other)
  expect((await other.articles())[0]?.source).toBe('a.txt')
})

test('keeps a file that is named otherwise than before', async () => {
  const wence = await open()
  const folder = pages({ '2022/a.txt': news('用水') })
  await ingest([join(folder, '2022/a.txt')], wence)
  const [read] = await ingest([folder], wence)
  expect(read).toMatchObject({ source: '2022/a.txt', articles: 1, reprints: 0 })
  expect((await wence.articles()).map(({ source, also }) => [source, also])).toEqual([
    ['2022/a.txt', []],
  ])
})

test('reads a file as what staff say it is, from then on', async () => {
  const wence = await open()
  const file = join(pages({ 'a.txt': `${news('用水')}\n${news('用电')}` }), 'a.txt')
  const read = async (options = {}) => {
    const [outcome] = await ingest([file], wence, options)
    const [article] = await wence.articles()
    return [outcome?.status, article?.sourceKind, article?.sourceReason]
  }
  const seen = ['newspaper', '有2处报道的电头、署名或图片署名']
  expect(await read()).toEqual(['new', ...seen])
  expect(await read({ as: 'document' })).toEqual(['changed', 'document', '由 --as 指定'])
  expect(await read()).toEqual(['unchanged', 'document', '由 --as 指定'])
  expect(await read({ as: 'auto', dryRun: true })).toEqual(['changed', 'document', '由 --as 指定'])
  expect(await read({ as: 'auto' })).toEqual(['changed', ...seen])
})

test.each(['2022', '2022/', '2022/a.txt'])(
  'takes out what `articles` lists under %s',
  async (name) => {
    const wence = await open()
    const folder = pages({ '2022/a.txt': news('用水'), '2023/b.txt': news('用电') })
    await ingest([folder], wence)
    expect(told(await remove([name], wence))).toEqual(['2022/a.txt removed'])
    expect((await wence.articles()).map(({ source }) => source)).toEqual(['2023/b.txt'])
  },
)

test('remembers an article that another file printed first, with both files', async () => {
  const wence = await open()
  const folder = pages({ 'a.txt': news('用水'), 'b.txt': `\n\n${news('用水')}` })
  await ingest([folder], wence)
  const [kept] = await wence.articles()
  const [reprint] = wence.ledger.reprinted()
  expect(kept).toMatchObject({ source: 'a.txt', also: ['b.txt'] })
  expect(reprint).toMatchObject({ source: 'b.txt', also: ['a.txt'], text: kept!.text })
  expect(reprint!.spans[0]!.start).toBe(kept!.spans[0]!.start + 2)
  expect(reprint!.id).not.toBe(kept!.id)
  expect(wence.ledger.keptOf(reprint!.id)).toBe(kept!.id)
  rmSync(join(folder, 'a.txt'))
  await ingest([folder], wence)
  expect(wence.ledger.reprinted()).toEqual([])
})

test('the id of an article that has become a reprint leads to the one that is kept', async () => {
  const wence = await open()
  const begun = news('用水').slice(0, news('用水').indexOf('。') + 1)
  const folder = pages({ 'a.txt': news('用水'), 'b.txt': `${begun}${news('环评').slice(60)}` })
  await ingest([folder], wence)
  const idsOf = async () => (await wence.articles()).map(({ id }) => id)
  const [kept, own] = await idsOf()
  expect(own).toBeDefined()
  expect(wence.ledger.keptOf(own!)).toBeUndefined()
  writeFileSync(join(folder, 'b.txt'), news('用水'))
  await ingest([folder], wence)
  expect(await idsOf()).toEqual([kept])
  expect(wence.ledger.keptOf(own!)).toBe(kept)
})

test('names the file that a fault befell', async () => {
  const wence = await open()
  const folder = pages({ 'a.txt': news('用水') })
  const index = {
    ...wence.index,
    putBatches: () => Promise.reject(new Error('The index is down.')),
  }
  const [failed] = await ingest([folder], { ...wence, index })
  expect(failed).toMatchObject({ error: `${join(folder, 'a.txt')}: The index is down.` })
})

test('tells once of a file that cannot be read again', async () => {
  const wence = await open()
  const folder = pages({ 'a.txt': news('用水') })
  await ingest([folder], wence)
  writeFileSync(join(folder, 'a.txt'), Uint8Array.of(0, 1, 2))
  const file = join(tempFolder(), 'ingest.sqlite')
  const ledger = openLedger(file, 'before')
  ledger.put({ path: join(folder, 'a.txt'), source: 'a.txt', digest: 'x' }, NOTHING_HELD)
  ledger.close()
  const anew = openLedger(file, 'after')
  onTestFinished(() => anew.close())
  expect(told(await ingest([folder], { ...wence, ledger: anew }))).toEqual(['a.txt failed'])
})

test('takes an article whose id another one has for a problem, and never mixes the two', async () => {
  const wence = await open()
  const line = (what: string) => JSON.stringify({ id: 'A1', title: what, text: news(what) })
  const folder = pages({
    'a.jsonl': [line('用水'), line('用电')].join('\n'),
    'b.jsonl': [line('用气'), JSON.stringify({ text: news('用热') })].join('\n'),
  })
  const outcomes = await ingest([folder], wence)
  expect(outcomes.map((outcome) => 'problems' in outcome && outcome.problems)).toEqual([
    [expect.stringMatching(/a\.jsonl:2: the id A1 is that of a line above; /u)],
    [expect.stringMatching(/b\.jsonl:1: the id A1 is that of a\.jsonl; /u)],
  ])
  expect((await wence.articles()).map(({ headline }) => headline)).toEqual(['用水', null])
})

test('reads what a file says twice once, also under another headline', async () => {
  const wence = await open()
  const lines = ['用水', '用水', '用水办法'].map((title) => ({ title, text: news('用水') }))
  const short = ['用水', '用水', '用电'].map((title) => ({ title, text: '详见附件。' }))
  const folder = pages({
    'a.jsonl': [...lines, ...short].map((line) => JSON.stringify(line)).join('\n'),
  })
  expect(await ingest([folder], wence)).toMatchObject([
    { articles: 2, problems: [expect.stringMatching(/a\.jsonl:6: the id .* a line above/u)] },
  ])
})

test('reads a text that labels its articles as data, each with its own labels', async () => {
  const wence = await open()
  const folder = pages({
    'a.txt': `2024-03-02 08:15，正文：${news('用水')}\n2024-03-05，正文：${news('用电')}`,
  })
  await ingest([folder], wence)
  const articles = (await wence.articles()).map(({ n, date, text }) => [
    n,
    date.value,
    text.slice(0, 40),
  ])
  expect(articles).toEqual([
    [1, '2024-03-02', expect.stringMatching(/^本报讯.*市用水局/u)],
    [2, '2024-03-05', expect.stringMatching(/^本报讯.*市用电局/u)],
  ])
})

test('tells of bad lines until they are corrected', async () => {
  const wence = await open()
  const good = JSON.stringify({ title: '用水', text: news('用水') })
  const folder = pages({ 'a.jsonl': `${good}\nno JSON\n` })
  const problems = [expect.stringMatching(/a\.jsonl:2: /u)]
  expect(await ingest([folder], wence)).toMatchObject([{ status: 'new', problems }])
  expect(await ingest([folder], wence)).toMatchObject([{ status: 'unchanged', problems }])
  writeFileSync(join(folder, 'a.jsonl'), good)
  expect(await ingest([folder], wence)).toMatchObject([{ status: 'changed', problems: [] }])
  expect(await ingest([folder], wence)).toMatchObject([{ status: 'unchanged', problems: [] }])
})

test.each([
  ['nothing', 'a.txt', ''],
  ['white space', 'a.md', ' \n\u3000\n'],
  ['only the parts around an article', 'a.html', '<nav>首页</nav><footer>版权所有</footer>'],
  ['no article', 'a.txt', '———\n***\n'],
  ['a title and nothing below', 'a.md', '# 用水办法\n\n来源：东岭日报\n'],
  ['blank lines', 'a.jsonl', '\n\n'],
  ['lines that are no articles', 'a.jsonl', '{"title":"用水"}\n{"title":"用电"}\n'],
  ['pictures of pages', 'a.pdf', makePdf([[], []])],
  ['an empty document', 'a.docx', makeDocx('')],
])('a file that holds %s has failed, and leaves nothing', async (_what, name, content) => {
  const wence = await open()
  const folder = pages({ 'good.txt': news('用水') })
  writeFileSync(join(folder, name), content)
  for (const status of ['new', 'unchanged']) {
    const outcomes = await ingest([folder], wence)
    expect(outcomes).toMatchObject([
      { status: 'failed', error: expect.stringMatching(/a\.\w+: \S.*\.$/u) },
      { status },
    ])
  }
  expect(wence.ledger.entries()).toHaveLength(1)
  expect(await wence.articles()).toHaveLength(1)
})

test('keeps what it read of a file that holds nothing any more', async () => {
  const wence = await open()
  const folder = pages({ 'a.txt': news('用水') })
  await ingest([folder], wence)
  writeFileSync(join(folder, 'a.txt'), '———\n')
  expect(told(await ingest([folder], wence))).toEqual(['a.txt failed'])
  expect(await wence.articles()).toHaveLength(1)
})

test('reads files by what they are, and cites a page by its extracted text', async () => {
  const wence = await open()
  const page = `<html><body><article><h1>用水办法</h1><p>${news('用水')}</p></article></body></html>`
  const folder = pages({ 'a.txt': page, 'b.doc': page.replaceAll('用水', '用电') })
  writeFileSync(
    join(folder, 'c.txt'),
    makeDocx(paragraph('用气办法', 'Heading1') + paragraph(news('用气'))),
  )
  expect(told(await ingest([folder], wence))).toEqual(['a.txt new', 'b.doc new', 'c.txt new'])
  for (const { source, text, spans } of await wence.articles()) {
    const extracted = wence.ledger.extractedText(source) ?? ''
    const quoted = spans.map(({ start, end }) => extracted.slice(start, end)).join('')
    expect(quoted.replaceAll(/\s/gu, '')).toBe(text.replaceAll(/\s/gu, ''))
  }
})

test('sees what changed, moved and went', async () => {
  const wence = await open()
  const folder = pages({ 'a.txt': news('用水'), 'b.txt': news('用电'), 'c.txt': news('环评') })
  await ingest([folder], wence)
  writeFileSync(join(folder, 'a.txt'), news('用气'))
  renameSync(join(folder, 'b.txt'), join(folder, 'd.txt'))
  rmSync(join(folder, 'c.txt'))
  const outcomes = await ingest([folder], wence)
  expect(told(outcomes).toSorted()).toEqual([
    'a.txt changed',
    'b.txt removed',
    'c.txt removed',
    'd.txt moved',
  ])
  const articles = await wence.articles()
  expect(articles.map(({ source }) => source)).toEqual(['a.txt', 'd.txt'])
  expect(articles[0]?.text).toContain('用气')
})

test('a dry run changes nothing', async () => {
  const wence = await open()
  const folder = pages({ 'a.txt': news('用水') })
  const outcomes = await ingest([folder], wence, { dryRun: true })
  expect(outcomes).toMatchObject([{ status: 'new', articles: 1 }])
  expect(await wence.articles()).toEqual([])
  expect(told(await ingest([folder], wence))).toEqual(['a.txt new'])
})

test('a dry run of a file looks at that one alone, also where all are to be read again', async () => {
  const wence = await open()
  const folder = pages({ 'a.txt': news('用水'), 'b.txt': news('用电') })
  await ingest([folder], wence)
  for (const { path } of wence.ledger.entries()) wence.ledger.readAgain(path)
  const file = join(pages({ 'c.txt': news('用气') }), 'c.txt')
  expect(told(await ingest([file], wence, { dryRun: true }))).toEqual(['c.txt new'])
  expect(told(await ingest([], wence, { dryRun: true }))).toEqual([
    'a.txt changed',
    'b.txt changed',
  ])
})

test('says in one sentence each what it cannot read, and reads the rest', async () => {
  const wence = await open()
  const folder = pages({
    'good.txt': news('用水'),
    'empty.txt': '',
    'picture.txt': '\u0000\u0001PNG\u0000\u0000',
  })
  const outcomes = await ingest([folder, join(folder, 'missing.txt')], wence)
  const errors = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []))
  expect(errors).toHaveLength(3)
  for (const error of errors) expect(error).toMatch(/^\S.*(empty|picture|missing)\.txt.*\.$/u)
  expect(told(outcomes)).toContain('good.txt new')
})

test.skipIf(process.getuid?.() === 0)(
  'goes on behind a folder that is closed, and forgets nothing of it',
  async () => {
    const wence = await open()
    const folder = pages({ 'a.txt': news('用水'), 'closed/b.txt': news('用电') })
    await ingest([folder], wence)
    chmodSync(join(folder, 'closed'), 0)
    onTestFinished(() => chmodSync(join(folder, 'closed'), 0o755))
    const outcomes = await ingest([folder], wence)
    expect(outcomes.filter(({ status }) => status === 'failed')).toHaveLength(1)
    expect(await wence.articles()).toHaveLength(2)
  },
)

test('refuses two files of one name in a sentence that says what to do', async () => {
  const wence = await open()
  const folder = pages({ 'one/a.txt': news('用水'), 'two/a.txt': news('用电') })
  const outcomes = await ingest([join(folder, 'one'), join(folder, 'two')], wence)
  expect(outcomes[1]).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('same name'),
  })
})

test('takes files out by path, by folder and by source', async () => {
  const wence = await open()
  const folder = pages({ 'x/a.txt': news('用水'), 'x/b.txt': news('用电'), 'c.txt': news('环评') })
  await ingest([folder], wence)
  expect(told(await remove([join(folder, 'x'), 'c.txt'], wence))).toEqual([
    'x/a.txt removed',
    'x/b.txt removed',
    'c.txt removed',
  ])
  expect(await wence.articles()).toEqual([])
  expect(await remove([join(folder, 'x')], wence)).toMatchObject([{ status: 'failed' }])
})

test('what is taken out leaves its articles to the files that print them too, in the same run', async () => {
  const wence = await open()
  const first = pages({ 'a.txt': news('用水'), 'b.txt': news('用气') })
  const second = pages({ 'c.txt': `${news('环评')}\n${news('用水')}`, 'd.txt': news('用气') })
  await ingest([first], wence)
  await ingest([second], wence)
  const held = async () => (await wence.articles()).map(({ id, source }) => `${source} ${id}`)
  const before = await held()
  const idIn = (source: string) =>
    before.find((one) => one.startsWith(`${source} `))!.split(' ')[1]!
  expect(before).toHaveLength(3)

  expect(told(await remove([first], wence, { dryRun: true }))).toEqual([
    'a.txt removed',
    'b.txt removed',
  ])
  expect(await held()).toEqual(before)
  expect(wence.ledger.entries().map(({ digest }) => digest)).not.toContain('')

  rmSync(join(second, 'd.txt'))
  const reports: string[] = []
  const outcomes = await remove([first], {
    ...wence,
    report: ({ source, status }, done, total) =>
      reports.push(`${source} ${status} ${done}/${total}`),
  })
  expect(outcomes).toMatchObject([
    { source: 'a.txt', status: 'removed' },
    { source: 'b.txt', status: 'removed' },
    { source: 'c.txt', status: 'changed', articles: 2, reprints: 0 },
  ])
  expect(reports.at(-1)).toBe('c.txt changed 3/3')
  // Under the ids that answers cited; of a file that is gone nothing comes.
  expect((await held()).toSorted()).toEqual(
    [`c.txt ${idIn('a.txt')}`, `c.txt ${idIn('c.txt')}`].toSorted(),
  )
  expect(told(await ingest([join(second, 'c.txt')], wence))).toEqual(['c.txt unchanged'])
})

test('reads everything again into an index that was made anew', async () => {
  const folder = tempFolder()
  const source = pages({ 'a.txt': news('用水') })
  const run = async (paths = [source]) => {
    const index = openEmbeddedIndex(join(folder, 'index.sqlite'))
    const ledger = openLedger(join(folder, 'ingest.sqlite'), await index.identity())
    const outcomes = await ingest(paths, { index, ledger, readers })
    ledger.close()
    await index.close()
    return told(outcomes)
  }
  expect(await run()).toEqual(['a.txt new'])
  expect(await run()).toEqual(['a.txt unchanged'])
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(join(folder, `index.sqlite${suffix}`), { force: true })
  expect(await run([])).toEqual(['a.txt changed'])
})

test('keeps an article once that two sources print, and names both', async () => {
  const wence = await open()
  const folder = pages({
    'a.txt': news('用水'),
    'b.txt': news('用水').replaceAll('，', ' ，'),
  })
  await ingest([folder], wence)
  expect(await wence.articles()).toMatchObject([{ source: 'a.txt', also: ['b.txt'] }])

  rmSync(join(folder, 'a.txt'))
  await ingest([folder], wence)
  expect(await wence.articles()).toMatchObject([{ source: 'b.txt', also: [] }])

  cpSync(join(folder, 'b.txt'), join(folder, 'c.txt'))
  await ingest([folder], wence)
  expect(await wence.articles()).toMatchObject([{ source: 'b.txt', also: ['c.txt'] }])

  writeFileSync(join(folder, 'c.txt'), news('环评'))
  await ingest([folder], wence)
  expect(await wence.articles()).toMatchObject([{ source: 'b.txt', also: [] }, { source: 'c.txt' }])
})

test('clears away a file that was noted, never finished, and is gone', async () => {
  const wence = await open()
  const folder = pages({ 'a.txt': news('用水'), 'b.txt': news('用电') })
  wence.ledger.begin({ path: join(folder, 'b.txt'), source: 'b.txt' })
  const { articles, passages } = await readText(plainSource(news('用电')), 'b.txt')
  await wence.index.put('b.txt', articles, passages)
  rmSync(join(folder, 'b.txt'))
  await ingest([folder], wence)
  expect((await wence.articles()).map(({ source }) => source)).toEqual(['a.txt'])
})

test('notes no file that cannot be read', async () => {
  const wence = await open()
  await ingest([pages({ 'empty.txt': '' })], wence)
  expect(wence.ledger.entries()).toEqual([])
})

test('forgets nothing of a folder that is suddenly empty', async () => {
  const wence = await open()
  const folder = pages({ 'a.txt': news('用水') })
  await ingest([folder], wence)
  rmSync(join(folder, 'a.txt'))
  expect(await ingest([folder], wence)).toMatchObject([
    { status: 'failed', error: expect.stringContaining('--remove') },
  ])
  expect(await wence.articles()).toHaveLength(1)
})

test('a dry run removes nothing', async () => {
  const wence = await open()
  const folder = pages({ 'a.txt': news('用水') })
  await ingest([folder], wence)
  expect(told(await remove([folder], wence, { dryRun: true }))).toEqual(['a.txt removed'])
  expect(await wence.articles()).toHaveLength(1)
})
