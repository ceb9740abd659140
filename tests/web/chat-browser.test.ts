import { afterEach, expect } from 'vitest'
import { createLimiter } from '../../src/limiter.ts'
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
import { smallChat } from '../support/small-chat.ts'
import { smallIndex } from '../support/small-library.ts'

const POWER = '企业用电报装要多久？'
const SLOW = '企业用电报装，专利质押贷款，慢慢说'

const newPage = useBrowser()
const servers: HttpServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

async function served(more: Parameters<typeof smallChat>[0] = {}) {
  const { app, store } = await smallChat(more)
  app.route('/', sourcePages({ index: smallIndex, robots: 'noindex' }))
  const server = await startHttp(app, { port: 0, host: '127.0.0.1' })
  servers.push(server)
  return { url: `http://127.0.0.1:${server.port}/chat`, store }
}

browserTest(
  'a question typed and sent with Enter is answered in place, and the next can be typed',
  async () => {
    const { url } = await served()
    const page = await newPage()
    await page.goto(url)
    await page.evaluate('window.stays = true')
    await page.fill('#question', SLOW)
    await page.keyboard.press('Enter')
    await page.waitForSelector('#coming .mark')
    expect(await page.locator('.turn').count()).toBe(0)
    await page.waitForSelector('.turn')
    expect(await page.locator('#coming *').count()).toBe(0)
    expect(await page.evaluate('document.activeElement.id')).toBe('question')
    await page.keyboard.type('那要钱吗？')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.turn:nth-of-type(2)')
    expect(await page.inputValue('#question')).toBe('')
    expect(await page.evaluate('window.stays')).toBe(true)
    // It is all there again for who comes back.
    await page.reload()
    expect(await page.locator('.turn').count()).toBe(2)
  },
)

browserTest('a mark leads to the article, landing on the words', async () => {
  const { url } = await served()
  const page = await newPage()
  await page.goto(url)
  await page.click('button[name=question] >> nth=1')
  await page.waitForSelector('.turn .mark')
  await page.click('.turn .mark >> nth=0')
  expect(new URL(page.url()).pathname).toBe('/s/dengta-1')
  await page.waitForSelector('mark')
  expect(await page.locator('mark').first().textContent()).toContain('一个工作日内办结')
})

browserTest('without script every step is a form', async () => {
  const { url, store } = await served()
  const page = await newPage({ javaScriptEnabled: false })
  await page.goto(url)
  await page.fill('#question', POWER)
  await page.click('button.main')
  await page.waitForURL(/#a-/)
  await page.click('.turn button[value=wrong]')
  await page.fill('.turn textarea', '不是一天')
  await page.click('button:has-text("交给工作人员")')
  expect(await page.locator('.after').textContent()).toContain('已交给工作人员')
  expect(await store.complaints(9, 0)).toMatchObject([{ comment: '不是一天' }])
  await page.click('#place summary')
  await page.fill('#where', '灯塔市')
  await page.click('#place button')
  expect(await page.locator('#place summary').textContent()).toBe('我在灯塔市')
  await page.click('summary:has-text("清除")')
  await page.click('button:has-text("清除")')
  expect(await page.locator('#fault').textContent()).toBe('您的记录已全部删除。')
  expect(await page.locator('.turn').count()).toBe(0)
})

browserTest('an answer is judged by keyboard, without losing the place', async () => {
  const { url, store } = await served()
  const page = await newPage()
  await page.goto(url)
  await page.fill('#question', POWER)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.turn')
  await page.focus('.turn button[value=wrong]')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.turn textarea:focus')
  await page.keyboard.type('不是一天')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.turn button[value=wrong]:focus')
  expect(await store.complaints(9, 0)).toMatchObject([{ comment: '不是一天' }])
})

browserTest('who asks too much reads so, and keeps what they typed', async () => {
  const limits = { person: createLimiter(1), address: createLimiter(9) }
  const { url } = await served({ limits })
  const page = await newPage()
  await page.goto(url)
  for (const question of [POWER, '还有一个问题']) {
    await page.fill('#question', question)
    await page.keyboard.press('Enter')
    await page.waitForSelector(question === POWER ? '.turn' : '#fault:not([hidden])')
  }
  expect(await page.locator('#fault').textContent()).toMatch(/^问得有点快，请过 \d+ 秒再问。$/)
  expect(await page.inputValue('#question')).toBe('还有一个问题')
})

browserTest.each([
  ['narrow, light', NARROW, 'light'],
  ['narrow, dark', NARROW, 'dark'],
  ['wide, dark', WIDE, 'dark'],
] as const)('nothing stands in the way of a reader: %s', async (_name, viewport, colorScheme) => {
  const { url } = await served()
  const page = await newPage({ viewport, colorScheme, bypassCSP: true })
  await page.goto(url)
  expect(await seriousFaults(page)).toEqual([])
  for (const question of [SLOW, '用电', '吸纳就业有什么补贴？', '无'.repeat(300)]) {
    await page.fill('#question', question)
    await page.keyboard.press('Enter')
    await page.waitForFunction(
      `[...document.querySelectorAll('.turn h2')].at(-1)?.textContent === '${question}'`,
    )
  }
  await page.click('.turn button[value=wrong]')
  await page.waitForSelector('.turn textarea')
  await page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
  expect(await seriousFaults(page)).toEqual([])
  expect(await sideways(page)).toBe(0)
})
