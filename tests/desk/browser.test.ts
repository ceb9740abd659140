import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, onTestFinished, vi } from 'vitest'
import { createApp } from '../../src/web/app.ts'
import { createLog } from '../../src/log.ts'
import { startHttp } from '../../src/web/server.ts'
import {
  NARROW,
  WIDE,
  browserTest,
  seriousFaults,
  sideways,
  useBrowser,
} from '../support/browser.ts'
import { openDesk } from './open-desk.ts'

const QUESTIONS = ['浚县的小厂接电要交钱吗？', '科技大厦什么时候投用？', '火星上种土豆补贴多少钱？']
const newPage = useBrowser()

/** The desk in a browser, with questions that wait to be judged. */
async function opened(options: BrowserContextOptions = {}) {
  const desk = await openDesk()
  desk.queue.add(QUESTIONS.map((question) => ({ question, date: '2023-06-01' })))
  const app = createApp({ log: createLog('silent') })
  app.route('/', desk.app)
  const server = await startHttp(app, { port: 0, host: '127.0.0.1' })
  onTestFinished(() => server.close())
  const page = await newPage(options)
  await page.goto(`http://127.0.0.1:${server.port}/desk/ask/next`)
  return { desk, page, address: `http://127.0.0.1:${server.port}` }
}

/** Presses a key that leads to another page. */
async function leaveBy(page: Page, key: string) {
  const before = page.url()
  await page.keyboard.press(key)
  await page.waitForURL((url) => url.href !== before)
}
const heading = (page: Page) => page.locator('h1').textContent()
const hasFocus = (page: Page) =>
  page.evaluate<string>('document.activeElement.name ?? document.activeElement.className')

browserTest('judged by keyboard alone: one key a verdict, arrows from piece to piece', async () => {
  const { desk, page } = await opened({ viewport: WIDE })
  await leaveBy(page, '1')
  expect(await heading(page)).toBe(QUESTIONS[1])
  expect(await hasFocus(page)).toBe('judged')
  while ((await hasFocus(page)) !== 'piece') await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowLeft')
  // The first press takes the sentence, the second narrows it to the piece.
  await page.keyboard.press('Space')
  expect(await page.locator('.ticks li').allTextContents()).toEqual([
    expect.stringMatching(/^要引用这一句.*其中亏损企业41家/u),
  ])
  await page.keyboard.press('Space')
  expect(await page.locator('.ticks li').allTextContents()).toEqual(['要说到其中亏损企业41家✕'])
  await leaveBy(page, '2')
  await page.keyboard.press('1')
  await page.waitForURL(/done=3/)
  expect(desk.judged.all().map(({ said }) => said)).toEqual(['right', 'wrong', 'right'])
  expect(desk.judged.all()[1]!.judged.must_contain).toEqual(['其中亏损企业41家'])
})

browserTest('a key that is typed into a field judges nothing, nor does Enter there', async () => {
  const { desk, page } = await opened()
  await page.locator('summary', { hasText: '备注' }).click()
  await page.fill('#note', '看 ')
  await page.locator('#note').press('1')
  await leaveBy(page, 'Enter')
  expect(await page.inputValue('#note')).toBe('看 1')
  expect(desk.judged.all()).toEqual([])
})

browserTest(
  'a sentence is ticked and taken back; words that are selected tick nothing',
  async () => {
    const { page } = await opened({ viewport: WIDE })
    const piece = page.locator('.piece', { hasText: '3个工作日内办结' })
    const ticks = page.locator('.ticks li')
    const { x, y, width, height } = (await piece.boundingBox())!
    await page.mouse.move(x + 4, y + height / 2)
    await page.mouse.down()
    await page.mouse.move(x + width - 8, y + height / 2, { steps: 4 })
    await page.mouse.up()
    expect(await page.evaluate<string>('String(getSelection())')).not.toBe('')
    expect(await ticks.count()).toBe(0)
    await piece.click()
    expect(await ticks.count()).toBe(1)
    await ticks.locator('button').click()
    expect(await page.locator('[name="sentence"]:checked').count()).toBe(0)
  },
)

browserTest(
  'without room for both, columns scroll by themselves and nothing lies on another',
  async () => {
    const { page } = await opened({ viewport: { width: 1280, height: 620 } })
    await page.locator('summary', { hasText: '备注' }).click()
    await page.locator('summary', { hasText: '为什么' }).click()
    await page.fill('#find', '专利质押贷款')
    await page.locator('button', { hasText: '找' }).click()
    await page.locator('summary', { hasText: '为什么' }).click()
    const boxes = await Promise.all(
      ['.judged', '.articles', '.bar'].map((name) => page.locator(name).boundingBox()),
    )
    const [judged, articles, bar] = boxes.map((box) => box!)
    expect(judged!.x + judged!.width).toBeLessThanOrEqual(articles!.x)
    expect(
      Math.max(judged!.y + judged!.height, articles!.y + articles!.height),
    ).toBeLessThanOrEqual(bar!.y)
    expect(bar!.y + bar!.height).toBeLessThanOrEqual(620)
  },
)

browserTest('judged without script, with a piece that was looked for', async () => {
  const { desk, page } = await opened({ javaScriptEnabled: false })
  await page.locator('.piece', { hasText: '3个工作日内办结' }).click()
  await page.fill('#find', '专利质押贷款')
  await page.locator('button', { hasText: '找' }).click()
  await page.locator('.piece', { hasText: '单笔最高3000万元' }).click()
  await page.locator('button', { hasText: '选错了' }).click()
  expect(await heading(page)).toBe(QUESTIONS[1])
  expect(desk.judged.all()[0]!.judged.must_contain).toEqual(['单笔最高3000万元', '3个工作日内办结'])
  await page.locator('button', { hasText: '撤销' }).click()
  expect(await heading(page)).toBe(QUESTIONS[0])
  expect(desk.judged.all()).toEqual([])
})

describe.each([
  { name: 'narrow', viewport: NARROW, colorScheme: 'dark' },
  { name: 'wide', viewport: WIDE, colorScheme: 'light' },
] as const)('$name', ({ viewport, colorScheme }) => {
  browserTest('pages have no serious fault and fit in', async () => {
    const { desk, page, address } = await opened({ viewport, colorScheme, bypassCSP: true })
    await leaveBy(page, '1')
    const question = `/desk/judged/question?id=${desk.judged.all()[0]!.judged.id}`
    await desk.post('/desk/judged/run', {})
    await vi.waitFor(() => expect(desk.runs.latest(1)).toHaveLength(1))
    for (const path of ['', '/desk/ask', '/desk/judged', question, '/desk/judged/runs/1']) {
      if (path) await page.goto(`${address}${path}`)
      expect({ path, faults: await seriousFaults(page), sideways: await sideways(page) }).toEqual({
        path,
        faults: [],
        sideways: 0,
      })
    }
  })
})
