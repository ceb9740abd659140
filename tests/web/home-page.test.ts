import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { createCatalogue } from '../../src/conversation/catalogue.ts'
import type { FoundArticle } from '../../src/conversation/library.ts'
import type { Article } from '../../src/corpus.ts'
import { createLog } from '../../src/log.ts'
import { homePage } from '../../src/web/home-page.ts'
import { robotsFile } from '../../src/web/robots.ts'
import { HOSTILE, hostileArticle } from '../support/hostile-articles.ts'
import { batchOf } from '../support/passages.ts'

const ARTICLES: readonly Article[] = batchOf(
  ...Array.from({ length: 45 }, (_, i) => ({
    id: `a${i}`,
    source: `${i}.txt`,
    headline: i % 3 === 0 ? `企业贷款贴息 ${i}` : `城区绿化 ${i}`,
    place: i % 2 === 0 ? ['辽宁省', '辽阳市'] : ['河南省', '濮阳市', '台前县'],
    date: `2023-0${1 + (i % 9)}-01`,
    body: [i % 3 === 0 ? '企业贷款贴息，贷款利率下调，融资担保费减半。' : '城区种树。'],
  })),
).articles

function home(
  articles: readonly Article[] = ARTICLES,
  search: (query: string) => Promise<FoundArticle[]> = async () => [],
) {
  const index = {
    article: async (id: string) => articles.find((article) => article.id === id),
    state: async () => 'one',
    async *articles() {
      yield* articles
    },
  }
  const catalogue = createCatalogue({ index })
  const app = homePage({ index, catalogue, search, robots: 'index', log: createLog('silent') })
  return async (asked: Record<string, string> = {}) => {
    const response = await app.request(`/?${new URLSearchParams(asked).toString()}`)
    expect(response.status).toBe(200)
    return parseHTML(await response.text()).document
  }
}

const listed = (document: Document) =>
  Array.from(document.querySelectorAll('ol h3 a'), (a) =>
    a.getAttribute('href')!.slice('/s/'.length),
  )
const counted = (document: Document) => document.querySelector('.count')!.textContent
const choices = (document: Document, facet: string) =>
  Array.from(document.querySelectorAll(`nav[aria-label=${facet}] li`), (li) => li.textContent)
const link = (document: Document, text: string) =>
  Object.fromEntries(
    new URLSearchParams(
      Array.from(document.querySelectorAll('a'))
        .find((a) => a.textContent === text)!
        .getAttribute('href')!
        .slice(2),
    ),
  )

test('lists all, newest first, page by page', async () => {
  const open = home()
  const first = await open()
  expect(counted(first)).toBe('共 45 篇')
  expect(listed(first)).toHaveLength(20)
  expect(listed(first)[0]).toBe('a8')
  const last = await open({ page: '3' })
  expect(listed(last)).toHaveLength(5)
  expect(last.querySelector('ol')!.getAttribute('start')).toBe('41')
  expect(link(last, '上一页')).toEqual({ page: '2' })
  expect(listed(await open({ page: '99' }))).toEqual(listed(last))
})

test('places, months and topics narrow it together, and say how many are left', async () => {
  const open = home()
  const all = await open()
  expect(choices(all, '地区')).toEqual(['辽宁省 23', '河南省 22'])
  expect(choices(all, '主题')).toEqual(['融资 15'])
  const place = link(all, '河南省')
  expect(place).toEqual({ place: '河南省' })
  const inPlace = await open({ ...place, topic: '融资', query: '' })
  expect(choices(inPlace, '地区')).toEqual(['濮阳市 7'])
  expect(counted(inPlace)).toBe('共 7 篇')
  expect(link(inPlace, '2023年')).toEqual({ place: '河南省', topic: '融资', month: '2023' })
  expect(counted(await open({ place: '河南省/濮阳市', month: '2023-04', topic: '融资' }))).toBe(
    '共 3 篇',
  )
  const none = await open({ place: '海南省' })
  expect(counted(none)).toBe('没有找到这样的报道。换个说法，或者少选几个条件。')
})

test('what is searched for comes in its order, with its words, narrowed by the same choices', async () => {
  const hits = ['a7', 'a2', 'gone', 'a4'].map((id) => ({
    id,
    snippet: { text: `关于${id}的话`, marks: [{ start: 2, end: 4 }] },
  }))
  const open = home(ARTICLES, async () => hits)
  const found = await open({ query: '话' })
  expect(listed(found)).toEqual(['a7', 'a2', 'a4'])
  expect(found.querySelector('mark')!.textContent).toBe('a7')
  expect(found.querySelector('input[name=query]')!.getAttribute('value')).toBe('话')
  expect(found.querySelector('meta[name=robots]')!.getAttribute('content')).toBe('noindex')
  const narrowed = await open({ query: '话', place: '辽宁省' })
  expect(listed(narrowed)).toEqual(['a2', 'a4'])
  expect(narrowed.querySelector('input[name=place]')!.getAttribute('value')).toBe('辽宁省')
})

test('a search that fails, or comes while too many wait, says so and shows the rest', async () => {
  const failing = await home(ARTICLES, () => Promise.reject(new Error('away')))({ query: '话' })
  expect(failing.querySelector('.notice')!.textContent).toContain('暂时不能按词查找')
  expect(listed(failing)).toHaveLength(20)
  const waiting = Promise.withResolvers<FoundArticle[]>()
  const open = home(ARTICLES, () => waiting.promise)
  const asked = Array.from({ length: 21 }, () => open({ query: '话' }))
  const last = await asked[20]!
  expect(last.querySelector('.notice')!.textContent).toContain('现在查找的人多')
  waiting.resolve([])
  await Promise.all(asked)
})

test('an index with nothing in it says so', async () => {
  expect(counted(await home([])())).toBe('还没有收录报道。')
})

test.each<Record<string, string>>([
  { page: '-1', month: '2023-1', topic: '没有', place: '//' },
  { page: '1e9', month: '<script>', query: ' ' },
])('what cannot be asked for is as if it were not: %j', async (asked) => {
  expect(counted(await home()(asked))).toBe('共 45 篇')
})

test('hostile names and queries are text and nothing else', async () => {
  const articles = HOSTILE.map((words) => hostileArticle(words).article)
  for (const words of HOSTILE) {
    const document = await home(articles, async () =>
      articles.map(({ id, text }) => ({
        id,
        snippet: { text: text.slice(0, 90), marks: [{ start: 1, end: 4 }] },
      })),
    )({ query: words.slice(0, 300) })
    expect(document.querySelectorAll('script, img, iframe, b, svg, style, [onerror]')).toHaveLength(
      0,
    )
    expect(document.querySelectorAll('ol > li')).toHaveLength(articles.length)
    for (const a of document.querySelectorAll('a'))
      expect(a.getAttribute('href')).toMatch(/^[/#](?!\/)/)
  }
})

test('search engines are told where they may look', async () => {
  const text = async (robots: 'index' | 'noindex') =>
    (await robotsFile(robots).request('/robots.txt')).text()
  expect(await text('noindex')).toMatch(/^Disallow: \/$/m)
  expect(await text('index')).not.toMatch(/^Disallow: \/$/m)
  expect(await text('index')).toContain('Disallow: /desk')
})
