import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { idOf } from '../../src/ingest/describe/describe.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { openLedger } from '../../src/ingest/ledger.ts'
import { type Readers, openReaders } from '../../src/ingest/reading/open-readers.ts'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { tempFolder } from '../support/temp.ts'

/** One paragraph of some length, with which the text of another `what` has little in common. */
const news = (what: string) =>
  `本报讯（记者 王某）10月19日，记者从市${what}局了解到，今年以来，全市已有多家企业办理了${what}业务。` +
  `目前，${what}工作已实现县区全覆盖，形成了政府引导、部门协同、平台助力的${what}模式，受到企业欢迎。` +
  `企业只要在${what}大厅申报，就可以当天办结${what}手续，不收取任何费用。`

const line = (given: object) => JSON.stringify(given)

const readers = openReaders('articles')
afterAll(() => readers.close())

/** A folder of files, read by runs that each open index and ledger anew. */
function library() {
  const [folder, state] = [tempFolder(), tempFolder()]
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  const forgetIndex = () => {
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(state, `index.sqlite${suffix}`), { force: true })
  }
  async function read(paths: readonly string[] = [folder], options = {}, by = readers) {
    const index = openEmbeddedIndex(join(state, 'index.sqlite'))
    const ledger = openLedger(join(state, 'ingest.sqlite'), await index.identity())
    try {
      const outcomes = await ingest(paths, { index, ledger, readers: by }, options)
      const articles = await Array.fromAsync(index.articles())
      for (const { id } of articles) {
        const passages = await index.passages(id)
        expect(passages.map((p) => p.id)).toEqual(passages.map((_, n) => `${id}-${n}`))
      }
      return { outcomes, articles, idWith: idIn(articles) }
    } finally {
      ledger.close()
      await index.close()
    }
  }
  return { folder, write, read, forgetIndex }
}

const idIn = (articles: readonly { id: string; text: string }[]) => (words: string) => {
  const found = articles.filter(({ text }) => text.includes(words))
  expect(found).toHaveLength(1)
  return found[0]!.id
}

test('an article keeps its id when its file is changed around it and in it', async () => {
  const { write, read } = library()
  write('a.txt', `${news('用水')}\n\n${news('用电')}`)
  const before = await read()
  write('a.txt', `${news('环评')}\n\n${news('用水')}\n\n${news('用电').replace('多家', '百余家')}`)
  const after = await read()
  expect(after.articles).toHaveLength(3)
  for (const words of ['市用水局', '市用电局'])
    expect(after.idWith(words)).toBe(before.idWith(words))
  expect(new Set(after.articles.map(({ id }) => id)).size).toBe(3)
})

test('an article that says something else has an id of its own', async () => {
  const { write, read } = library()
  write('a.txt', news('用水'))
  const before = await read()
  write(
    'a.txt',
    '泰山区出台十条措施，对连续三年缴纳社保的外来务工人员给予一次性租房补贴，标准为每户两千元，由街道审核发放。',
  )
  const after = await read()
  expect(after.articles.map(({ id }) => id)).not.toEqual(before.articles.map(({ id }) => id))
})

test('an article keeps its id when its file has another name, however short it is', async () => {
  const { folder, write, read } = library()
  write('a.jsonl', [{ text: news('用水') }, { text: '详见附件。' }].map(line).join('\n'))
  write('z.txt', news('用电'))
  const before = await read()
  renameSync(join(folder, 'a.jsonl'), join(folder, 'b.jsonl'))
  const moved = await read()
  expect(moved.outcomes.map(({ status }) => status)).toContain('moved')
  const namedAlone = await read([join(folder, 'b.jsonl'), join(folder, 'z.txt')])
  for (const { articles, idWith } of [moved, namedAlone]) {
    expect(articles).toHaveLength(3)
    for (const words of ['市用水局', '详见附件', '市用电局'])
      expect(idWith(words)).toBe(before.idWith(words))
  }
})

test('an article keeps its id when its file is renamed and edited at once', async () => {
  const { folder, write, read } = library()
  write('a.txt', news('用水'))
  write('z.txt', news('用电'))
  const before = await read()
  rmSync(join(folder, 'a.txt'))
  write('b.txt', news('用水').replace('多家', '百余家'))
  expect((await read()).idWith('市用水局')).toBe(before.idWith('市用水局'))
})

test('an article keeps its id when a file of another name is read in its place', async () => {
  const { folder, write, read } = library()
  write('b.txt', news('用水'))
  const before = await read()
  // It prints the same, and is read first of an index that was made anew.
  write('a.txt', news('用水').replace('多家', '百余家'))
  const both = await read()
  expect(both.articles).toMatchObject([{ source: 'b.txt', also: ['a.txt'] }])
  rmSync(join(folder, 'b.txt'))
  const after = await read()
  expect(after.articles).toMatchObject([{ source: 'a.txt', also: [] }])
  expect(after.idWith('市用水局')).toBe(before.idWith('市用水局'))
})

test('an article keeps its id and its source in an index that is made anew', async () => {
  const { write, read, forgetIndex } = library()
  write('b.txt', news('用水'))
  const before = await read()
  write('a.txt', news('用水'))
  await read()
  forgetIndex()
  const after = await read([])
  expect(after.articles).toMatchObject([{ source: 'b.txt', also: ['a.txt'] }])
  expect(after.idWith('市用水局')).toBe(before.idWith('市用水局'))
})

test('an article keeps its id when a better reader gives it other words', async () => {
  const { write, read } = library()
  write('a.txt', news('用水'))
  const before = await read()
  const better: Readers<'articles'> = {
    ...readers,
    async *read(file) {
      for await (const item of readers.read(file)) {
        if ('problem' in item) continue
        const mend = (words: string) => words.replaceAll('，', ' ').replace('多家', '许多家')
        const articles = item.read.articles.map((article) => {
          const text = mend(article.text)
          return { ...article, text, id: idOf(file.source, text, article.runs[0]![0]) }
        })
        const articleId = articles[0]!.id
        const passages = item.read.passages.map((passage) => ({
          ...passage,
          articleId,
          id: `${articleId}-${passage.n}`,
          text: mend(passage.text),
        }))
        yield { read: { ...item.read, articles, passages } }
      }
    },
  }
  // Which reads the file again, as another version would.
  const after = await read(undefined, { as: 'document' }, better)
  expect(after.articles[0]?.text).toContain('许多家')
  expect(after.articles.map(({ id }) => id)).toEqual(before.articles.map(({ id }) => id))
})

test('articles that were never read before have the ids of what they say', async () => {
  const { write, read } = library()
  write('a.txt', `${news('用水')}\n\n${news('用电')}`)
  const { articles } = await read()
  expect(articles.map(({ id }) => id)).toEqual(
    articles.map(({ source, text, runs }) => idOf(source, text, runs[0]![0])),
  )
})

test('no article takes the id of one that is like it and still there', async () => {
  const { write, read } = library()
  const bulletin = (county: string) => ({
    text: `${county}今年一季度经济运行总体平稳，规模以上工业企业增加值保持较快增长，固定资产投资稳步回升，社会消费品零售总额持续恢复，城乡居民人均可支配收入同比增加，市场主体数量较年初明显上升。`,
  })
  write('a.jsonl', ['阳谷县', '东阿县'].map(bulletin).map(line).join('\n'))
  const before = await read()
  write('a.jsonl', ['高唐县', '阳谷县', '东阿县'].map(bulletin).map(line).join('\n'))
  const after = await read()
  for (const words of ['阳谷县', '东阿县']) expect(after.idWith(words)).toBe(before.idWith(words))
  // Again without a change, in any order.
  write('a.jsonl', ['东阿县', '高唐县', '阳谷县'].map(bulletin).map(line).join('\n'))
  const again = await read()
  for (const words of ['阳谷县', '东阿县', '高唐县'])
    expect(again.idWith(words)).toBe(after.idWith(words))
})

test('an id that the data gives stays, and is no other article’s', async () => {
  const { write, read } = library()
  write('a.jsonl', line({ id: 'A1', text: news('用水') }))
  await read()
  write(
    'a.jsonl',
    [{ text: news('用水').replace('多家', '百余家') }, { id: 'A1', text: news('用电') }]
      .map(line)
      .join('\n'),
  )
  const after = await read()
  expect(after.idWith('市用电局')).toBe('A1')
  expect(after.articles).toHaveLength(2)
})

test('articles that went on under the id of another keep apart', async () => {
  const { folder, write, read } = library()
  write('a.jsonl', line({ text: '详见附件。' }))
  write('z.txt', news('用电'))
  const before = await read()
  renameSync(join(folder, 'a.jsonl'), join(folder, 'b.jsonl'))
  await read()
  write('a.jsonl', line({ text: '详见附件。' }))
  const { articles } = await read()
  const ids = articles.filter(({ text }) => text === '详见附件。').map(({ id }) => id)
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(2)
  expect(ids).toContain(before.idWith('详见附件'))
})
