import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { citation } from '../../src/answer/cite.ts'
import { sourcePath } from '../../src/conversation/source-address.ts'
import type { Article, Passage } from '../../src/corpus.ts'
import { readArticles, readText } from '../../src/ingest/read-articles.ts'
import { plainSource } from '../../src/ingest/read/source-text.ts'
import { quotable } from '../../src/language/sentences.ts'
import { WRITTEN_STYLES, sourcePages } from '../../src/web/source-page.ts'
import { HOSTILE, hostileArticle } from '../support/hostile-articles.ts'
import { batchOf } from '../support/passages.ts'
import { tempFolder } from '../support/temp.ts'

interface Held {
  readonly articles: readonly Article[]
  readonly passages: readonly Passage[]
}

const over = ({ articles, passages }: Held) => ({
  article: async (id: string) => articles.find((article) => article.id === id),
  passages: async (id: string) => passages.filter(({ articleId }) => articleId === id),
})

function pagesOf(held: Held, settings: Partial<Parameters<typeof sourcePages>[0]> = {}) {
  const pages = sourcePages({ index: over(held), robots: 'noindex', ...settings })
  return {
    get: (path: string, init?: RequestInit) => pages.request(path.split('#')[0]!, init),
    open: async (path: string) => {
      const response = await pages.request(path.split('#')[0]!)
      return parseHTML(await response.text()).document
    },
  }
}

const dense = (text: string) => text.normalize('NFKC').replaceAll(/\s/gu, '')

/** What is marked, without what is only shown on demand. */
function markedIn(document: Document): string {
  for (const printed of document.querySelectorAll('del')) printed.remove()
  return dense(Array.from(document.querySelectorAll('mark'), (mark) => mark.textContent).join(''))
}

const PAGE = `# 青湾报

## 青湾市接电不收费
本报记者 林一
本报讯 企业接电材料齐全的，一个工作日内办结。
不收取任何费用。

表一：接电价目
| 项目 | 2022年 | 2023年 |
| 高压 | 100元 | 80元 |
| 低压 | 50元 | 0元 |
`

test('every sentence, row and headline that can be cited is marked, and nothing else', async () => {
  const seeds = new URL('../../seeds/', import.meta.url)
  const texts = readdirSync(seeds).map((name) => readFileSync(new URL(name, seeds), 'utf8'))
  let cited = 0
  for (const text of [PAGE, ...texts]) {
    const held = await readText(plainSource(text), 'page.txt')
    const { open } = pagesOf(held)
    for (const passage of held.passages) {
      const quotes = quotable(passage.text, passage.part === 'head' || passage.kind === 'table')
      // One of each passage: each is a whole page.
      const span = quotes[cited % Math.max(1, quotes.length)]
      if (!span) continue
      const one = citation({ passage, ...span }, 1)
      const document = await open(sourcePath(one.articleId, one))
      expect(document.querySelector('mark')?.id, one.quote).toBe('q')
      expect(markedIn(document)).toBe(dense(one.quote))
      cited++
    }
  }
  expect(cited).toBeGreaterThan(200)
}, 60_000)

const article: Article = {
  ...batchOf({ id: 'a1', source: 'a.txt', headline: '接电', body: ['第一句。第二句。'] })
    .articles[0]!,
  text: '第一段，话。\n小标题\n甲\t乙\n一\t二\n末段。',
  subheads: ['小标题'],
  runs: [[100, 24]],
  repairs: [
    { start: 3, end: 4, printed: '袁' },
    { start: 6, end: 6, printed: '■' },
  ],
  notes: ['标题存疑', '日期由工作人员校正'],
  date: { value: '2022-10', printed: null, inferred: true, reason: '按导语推定' },
  publication: { name: '青湾报', inferred: true, issue: null, page: null },
  place: ['河南省', '青湾市'],
  also: ['b.txt'],
  url: 'https://paper.example/1?a=1&b=2',
}
const [passage] = batchOf({ id: 'a1', source: 'a.txt', body: ['乙 一 二'] }).passages
const spans = [113, 115, 117].map((start) => ({ start, end: start + 1 }))
const one: Held = { articles: [article], passages: [{ ...passage!, kind: 'table', spans }] }

test('paragraphs, subheads and tables are what they are', async () => {
  const document = await pagesOf(one).open('/s/a1')
  const texts = (what: string) =>
    Array.from(document.querySelectorAll(`.text ${what}`), ({ textContent }) => textContent)
  expect(texts('h2')).toEqual(['小标题'])
  expect(texts('th')).toEqual(['甲', '乙'])
  expect(texts('td')).toEqual(['一', '二'])
  expect(texts('p')).toEqual(['第一段，袁话。■', '末段。'])
  expect(texts('del')).toEqual(['袁', '■'])
})

test('a table of a web page is one again; a tab in a sentence makes none', async () => {
  const rows = [
    ['项目', '2022年'],
    ['高压', '100元'],
    ['低压', '50元'],
  ]
  const table = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
  const prose = '<p>企业接电的价目如下，材料齐全的一个工作日内办结，不收取其他费用。</p>'
  const file = join(tempFolder(), 'page.html')
  writeFileSync(
    file,
    `<article><h1>接电价目公布</h1>${prose.repeat(3)}<table>${table.join('')}</table></article>`,
  )
  const [held] = await Array.fromAsync(readArticles(file, 'page.html', () => {}))
  const document = await pagesOf(held!).open(sourcePath(held!.articles[0]!.id))
  const drawn = Array.from(document.querySelectorAll('tr'), ({ children }) =>
    Array.from(children, ({ tagName, textContent }) => `${tagName} ${textContent}`),
  )
  expect(drawn).toEqual([
    ['TH 项目', 'TH 2022年'],
    ['TD 高压', 'TD 100元'],
    ['TD 低压', 'TD 50元'],
  ])
  const tabbed = { articles: [{ ...article, text: '\t一段话，\t中间有空。' }], passages: [] }
  expect((await pagesOf(tabbed).open('/s/a1')).querySelectorAll('table')).toHaveLength(0)
})

test('says where it is from, what was inferred and why, what is unsure, and where else it stands', async () => {
  const document = await pagesOf(one).open('/s/a1')
  const text = document.querySelector('main')!.textContent
  for (const said of [
    '青湾报（推断）',
    '2022年10月（推断）',
    '按导语推定',
    '存疑标题存疑校正日期由工作人员校正',
    'a.txt 第 1 篇',
    'b.txt',
  ])
    expect(text).toContain(said)
  const links = Array.from(document.querySelectorAll('.facts a'), (a) => [
    a.getAttribute('href'),
    a.getAttribute('rel'),
  ])
  expect(links).toContainEqual(['https://paper.example/1?a=1&b=2', 'noopener noreferrer nofollow'])
  expect(links).toContainEqual([
    `/?${new URLSearchParams({ place: '河南省/青湾市' }).toString()}`,
    null,
  ])
})

test('a mark that reaches over blocks is drawn in each', async () => {
  const document = await pagesOf(one).open('/s/a1?q=104-114')
  expect(Array.from(document.querySelectorAll('mark'), (mark) => mark.textContent)).toEqual([
    '话。■',
    '小标题',
    '甲',
    '乙',
  ])
  expect(document.querySelectorAll('#q')).toHaveLength(1)
})

test.each(['5-3', '-4', 'x', '9999999-99999999', '1-2,'.repeat(5000), '%00', '<script>'])(
  'what cannot be marked is not, and the page is there: %#',
  async (q) => {
    const response = await pagesOf(one).get(`/s/a1?q=${q}`)
    expect(response.status).toBe(200)
    expect(await response.text()).not.toContain('<mark')
  },
)

test('an article that is not there says so, and offers to look for others', async () => {
  const { get, open } = pagesOf(one)
  expect((await get('/s/none')).status).toBe(404)
  const document = await open('/s/none')
  expect(document.querySelector('h1')?.textContent).toBe('找不到这篇文章')
  expect(document.querySelector('main')?.textContent).toContain('可能已不再收录，也可能网址不对。')
  expect(document.querySelector('main input[name=query]')?.getAttribute('value')).toBe('')
})

test('what did not change is not sent again; what did is', async () => {
  const { get } = pagesOf(one)
  const first = await get('/s/a1')
  const etag = first.headers.get('etag')!
  expect(first.headers.get('cache-control')).toContain('max-age')
  const again = await get('/s/a1', { headers: { 'if-none-match': etag } })
  expect([again.status, await again.text()]).toEqual([304, ''])
  const head = await get('/s/a1', { method: 'HEAD' })
  expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, ''])
  const changed = pagesOf({ ...one, articles: [{ ...article, notes: [] }] })
  expect((await changed.get('/s/a1', { headers: { 'if-none-match': etag } })).status).toBe(200)
  expect((await get('/s/a1?q=104-114')).headers.get('etag')).not.toBe(etag)
})

test('a link to it unfolds, and search engines are told whether to list it', async () => {
  const document = await pagesOf(one, { publicUrl: 'https://w.example/', robots: 'index' }).open(
    '/s/a1',
  )
  const of = (name: string) =>
    document
      .querySelector(`meta[property="${name}"], meta[name="${name}"]`)
      ?.getAttribute('content')
  expect(of('og:title')).toBe('接电')
  expect(of('og:description')).toBe('第一段，话。')
  expect(of('og:site_name')).toContain('青湾报')
  expect(of('article:published_time')).toBe('2022-10')
  expect(of('robots')).toBe('index')
  expect(document.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe(
    'https://w.example/s/a1',
  )
})

test.each(HOSTILE)('a hostile article is text and nothing else: %#', async (words) => {
  const hostile = hostileArticle(words)
  const held = { articles: [hostile.article], passages: hostile.passages }
  const document = await pagesOf(held).open(`${sourcePath(hostile.article.id)}?q=0-9`)
  const all = Array.from(document.querySelectorAll('*'))
  const styles = all.filter(({ tagName }) => tagName === 'STYLE')
  expect(styles.map(({ textContent }) => textContent)).toEqual(
    WRITTEN_STYLES.map(({ body }) => body),
  )
  const names = new Set(all.map(({ tagName }) => tagName.toLowerCase()))
  for (const name of ['script', 'img', 'iframe', 'svg', 'object', 'base', 'b'])
    expect(names).not.toContain(name)
  const attributes = all.flatMap((element) => Array.from(element.attributes))
  expect(attributes.filter(({ name }) => /^(?:on|style$|srcdoc$)/iu.test(name))).toEqual([])
  const addresses = attributes.filter(({ name }) => name === 'href' || name === 'src')
  for (const { value } of addresses)
    expect(value).toMatch(/^(?:https?:\/\/[^\s]+|\/[^/].*|\/|#\w+)$/u)
  expect(dense(document.querySelector('.text')!.textContent)).toContain(
    dense(words.slice(0, 300).toWellFormed()),
  )
})

test('an article that is only reprinted leads to the one that is kept, where that is there', async () => {
  const known = new Map([
    ['reprint', 'a1'],
    ['other', 'none'],
  ])
  const { get } = pagesOf(one, { keptOf: (id) => known.get(id) })
  const moved = await get('/s/reprint?q=0-5')
  expect([moved.status, moved.headers.get('location')]).toEqual([302, sourcePath('a1')])
  for (const id of ['other', 'unknown']) expect((await get(`/s/${id}`)).status).toBe(404)
})
