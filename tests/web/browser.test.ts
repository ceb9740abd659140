import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { citation } from '../../src/answer/cite.ts'
import { createCatalogue } from '../../src/conversation/catalogue.ts'
import { sourcePath } from '../../src/conversation/source-address.ts'
import type { Article, Passage } from '../../src/corpus.ts'
import { readText } from '../../src/ingest/read-articles.ts'
import { plainSource } from '../../src/ingest/read/source-text.ts'
import { createLog } from '../../src/log.ts'
import { createApp } from '../../src/web/app.ts'
import { homePage } from '../../src/web/home-page.ts'
import { type HttpServer, startHttp } from '../../src/web/server.ts'
import { sourcePages } from '../../src/web/source-page.ts'
import {
  NARROW,
  WIDE,
  browserTest,
  seriousFaults,
  sideways,
  useBrowser,
} from '../support/browser.ts'
import { HOSTILE, hostileArticle } from '../support/hostile-articles.ts'

const QUOTE = '企业用电报装材料齐全的，一个工作日内办结，不收取报装费用。'
const FILLER = '城区新栽了一批行道树，市民出行多了阴凉。'.repeat(12)
const LONG = await readText(
  plainSource(
    `# 青湾日报\n\n## 青湾市接电一天办结\n本报记者 林一\n${`${FILLER}\n`.repeat(15)}${QUOTE}\n${`${FILLER}\n`.repeat(15)}`,
  ),
  'long.txt',
)
const ROW = Array.from({ length: 12 }, (_, i) => `第${i}列的数`).join('\t')
const TABLE = [ROW, ROW, ROW].join('\n')

const hostile = HOSTILE.map((words, i) => {
  const { article, passages } = hostileArticle(words)
  const id = `hostile-${i}`
  return {
    article: { ...article, id, ...(i === 0 && { text: `${article.text}\n${TABLE}` }) },
    passages: passages.map((passage) => ({ ...passage, articleId: id })),
  }
})
const articles: readonly Article[] = [...LONG.articles, ...hostile.map(({ article }) => article)]
const passages: readonly Passage[] = [...LONG.passages, ...hostile.flatMap((one) => one.passages)]

let server: HttpServer
beforeAll(async () => {
  const index = {
    article: async (id: string) => articles.find((article) => article.id === id),
    passages: async (id: string) => passages.filter(({ articleId }) => articleId === id),
    state: async () => 'one',
    async *articles() {
      yield* articles
    },
  }
  const app = createApp({ log: createLog('silent') })
  const search = async () =>
    articles.map(({ id, text }) => ({
      id,
      snippet: { text: text.slice(0, 90), marks: [{ start: 2, end: 6 }] },
    }))
  const catalogue = createCatalogue({ index })
  app.route(
    '/',
    homePage({ index, catalogue, search, robots: 'noindex', log: createLog('silent') }),
  )
  app.route('/', sourcePages({ index, robots: 'noindex' }))
  server = await startHttp(app, { port: 0, host: '127.0.0.1' })
})
afterAll(() => server.close())

const newPage = useBrowser()
const address = (path: string) => `http://127.0.0.1:${server.port}${path}`

async function open(path: string, options?: BrowserContextOptions): Promise<Page> {
  const page = await newPage(options)
  await page.goto(address(path))
  return page
}

const cited = (quote: string) => {
  const passage = LONG.passages.find(({ text }) => text.includes(quote))!
  const start = passage.text.indexOf(quote)
  return citation({ passage, start, end: start + quote.length }, 1)
}
const toQuote = () => {
  const one = cited(QUOTE)
  return sourcePath(one.articleId, one)
}

/** Whether what an element shows can be seen without moving the page. */
const isInView = async (page: Page, selector: string) => {
  const box = await page.locator(selector).boundingBox()
  const { height } = page.viewportSize()!
  return box !== null && box.y >= 0 && box.y + box.height <= height
}

browserTest.for([
  ['with script', true],
  ['without script', false],
] as const)('who opens a cited source stands before the marked words, %s', async ([, script]) => {
  const page = await open(toQuote(), { javaScriptEnabled: script })
  await expect.poll(() => isInView(page, '#q'), { timeout: 10_000 }).toBe(true)
  expect(await page.locator('#q').textContent()).toBe(QUOTE)
  expect(await page.locator('mark').count()).toBe(1)
})

browserTest('its styles stand in it, and the policy lets them in', async () => {
  const page = await newPage()
  await page.route('**/assets/**', (route) => route.abort())
  await page.goto(address(toQuote()))
  // 30vh of 844.
  const margin = "getComputedStyle(document.querySelector('#q')).scrollMarginTop"
  expect(await page.evaluate(margin)).toBe('253.2px')
  expect(await page.evaluate('getComputedStyle(document.documentElement).fontSize')).toBe('17px')
})

browserTest('a browser finds the words by the text fragment alone', async () => {
  const page = await open(toQuote().replace(/\?q=[^#]*#q/, '#'))
  expect(await page.locator('mark').count()).toBe(0)
  await expect.poll(() => page.evaluate('window.scrollY > 500'), { timeout: 10_000 }).toBe(true)
})

browserTest(
  'what was repaired is shown when it is asked for, by key alone, and not before',
  async () => {
    const page = await open('/s/hostile-3', { javaScriptEnabled: false })
    const printed = page.locator('.text del').first()
    expect(await printed.isVisible()).toBe(false)
    await page.locator('#repairs').focus()
    await page.keyboard.press('Space')
    expect(await printed.isVisible()).toBe(true)
  },
)

const LOOKS = [NARROW, WIDE].flatMap((viewport) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ viewport, colorScheme })),
)

browserTest.for(LOOKS)(
  'axe finds nothing serious, and nothing moves sideways: %j',
  { timeout: 120_000 },
  async (look) => {
    for (const path of [toQuote(), '/s/none', '/', '/?query=话', '/s/hostile-0', '/s/hostile-5']) {
      const page = await open(path, { ...look, bypassCSP: true })
      expect(await sideways(page), path).toBe(0)
      expect(await seriousFaults(page), path).toEqual([])
    }
  },
)

browserTest(
  'hostile articles do nothing: no dialog, no request elsewhere, no script of theirs',
  async () => {
    for (const [i] of HOSTILE.entries()) {
      const page = await newPage()
      const happened: string[] = []
      page.on('dialog', (dialog) => void dialog.dismiss().finally(() => happened.push('dialog')))
      page.on('request', (request) => {
        if (!request.url().startsWith(address('/'))) happened.push(request.url())
      })
      page.on('console', (message) => {
        if (message.type() === 'error') happened.push(message.text())
      })
      await page.goto(address(`/s/hostile-${i}?q=0-5`))
      expect(await page.title()).toContain('问策')
      expect(await page.evaluate('document.scripts.length')).toBe(0)
      expect(await sideways(page)).toBe(0)
      expect(happened, String(i)).toEqual([])
    }
  },
  60_000,
)

browserTest('a first page weighs little, and nothing on it moves while it comes', async () => {
  for (const path of ['/', toQuote()]) {
    const page = await newPage()
    const came: Promise<Buffer>[] = []
    page.on('response', (response) => came.push(response.body()))
    await page.addInitScript(
      `window.shift = 0
       new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value })
         .observe({ type: 'layout-shift', buffered: true })`,
    )
    await page.goto(address(path), { waitUntil: 'networkidle' })
    expect(await page.evaluate('window.shift')).toBe(0)
    const bytes = (await Promise.all(came)).reduce((sum, { length }) => sum + length, 0)
    expect(came.length).toBeGreaterThan(1)
    // The hostile ones stand on the home page as well.
    expect(bytes).toBeLessThan(60_000)
  }
})
