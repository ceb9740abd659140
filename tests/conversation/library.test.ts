import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLibrary } from '../../src/conversation/library.ts'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { createRetrieve } from '../../src/retrieval/retrieve.ts'
import { batchOf } from '../support/passages.ts'
import { smallIndex, smallRetrieve } from '../support/small-library.ts'
import { tempFolder } from '../support/temp.ts'

const article = await smallIndex.article('dengta-1')

/** An index of so many articles, every third of another city. */
function indexOf(count: number) {
  let walks = 0
  return {
    walks: () => walks,
    article: smallIndex.article,
    async *articles() {
      walks++
      for (let n = 0; n < count; n++) {
        const place = n % 3 === 0 ? ['河南省', '濮阳市'] : ['山东省', '聊城市', '阳谷县']
        yield Promise.resolve({ ...article!, id: `a${n}`, place })
      }
    },
  }
}

test('pages through all articles, and knows the last page', async () => {
  const library = createLibrary({ index: indexOf(12), retrieve: smallRetrieve })
  const pages = await Promise.all([0, 1, 2, 3].map((page) => library.find('', page)))
  expect(pages.map(({ articles }) => articles.map(({ id }) => id))).toEqual([
    ['a0', 'a1', 'a2', 'a3', 'a4'],
    ['a5', 'a6', 'a7', 'a8', 'a9'],
    ['a10', 'a11'],
    [],
  ])
  expect(pages.map(({ more }) => more)).toEqual([true, true, false, false])
})

test('finds each article once, the best first', async () => {
  const library = createLibrary({ index: smallIndex, retrieve: smallRetrieve })
  const { articles, more } = await library.find('专利质押贷款', 0)
  expect(articles[0]?.id).toBe('liaoyang-2')
  expect(new Set(articles.map(({ id }) => id)).size).toBe(articles.length)
  expect(more).toBe(false)
})

test('names the cities, the most frequent first, and counts them once in a while', async () => {
  let now = 0
  const index = indexOf(9)
  const library = createLibrary({ index, retrieve: smallRetrieve, now: () => now })
  expect(await library.cities(8)).toEqual(['聊城市', '濮阳市'])
  expect(await library.cities(1)).toEqual(['聊城市'])
  expect(index.walks()).toBe(1)
  now += 11 * 60 * 1000
  await library.cities(1)
  expect(index.walks()).toBe(2)
})

test('searches articles by their words, each once, by the words of its best passage', async () => {
  const index = openEmbeddedIndex(join(tempFolder(), 'index.sqlite'))
  const { articles, passages } = batchOf(
    {
      id: 'power',
      source: 'a.txt',
      body: ['城区种树。', '企业用电报装一天办结。', '用电不收费。'],
    },
    { id: 'trees', source: 'a.txt', body: ['城区种了行道树。'] },
  )
  await index.put('a.txt', articles, passages)
  const library = createLibrary({ index, retrieve: createRetrieve({ index }) })
  const [power, ...more] = await library.search('用电报装要多久')
  expect(power!.id).toBe('power')
  expect(power!.snippet.text).toBe('企业用电报装一天办结。')
  const marked = power!.snippet.marks.map(({ start, end }) => power!.snippet.text.slice(start, end))
  expect(marked.join('')).toContain('报装')
  expect(more).toEqual([])
  await index.close()
})
