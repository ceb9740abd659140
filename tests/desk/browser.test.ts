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
  const app = createApp({ log: createLog('silent'), whyNotReady: async () => undefined })
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
  await page.keyboard.press('Space')
  expect(await page.locator('.count').textContent()).toBe('已点 1 处。')
  await leaveBy(page, '2')
  await page.keyboard.press('3')
  await page.waitForURL(/done=3/)
  expect(desk.judged.all().map(({ said }) => said)).toEqual(['refuse', 'wrong', 'right'])
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

browserTest('judged without script, with a piece that was looked for', async () => {
  const { desk, page } = await opened({ javaScriptEnabled: false })
  await page.locator('.piece', { hasText: '3个工作日内办结' }).click()
  await page.fill('#find', '专利质押贷款')
  await page.locator('button', { hasText: '找' }).click()
  await page.locator('.piece', { hasText: '单笔最高3000万元' }).click()
  await page.locator('button', { hasText: '选错了' }).click()
  expect(await heading(page)).toBe(QUESTIONS[1])
  expect(desk.judged.all()[0]!.judged.must_contain).toEqual(['3个工作日内办结', '单笔最高3000万元'])
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
