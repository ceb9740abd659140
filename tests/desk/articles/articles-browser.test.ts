import { afterAll, beforeAll, expect, vi } from 'vitest'
import { makeTables } from '../../../src/database/tables.ts'
import { openStateDatabase } from '../../../src/stores/sqlite/state-database.ts'
import { TOLD_TABLE, createTold } from '../../../src/stores/sqlite/told.ts'
import { createDesk } from '../../../src/desk/desk.ts'
import { createLog } from '../../../src/log.ts'
import { createApp } from '../../../src/web/app.ts'
import { type HttpServer, startHttp } from '../../../src/web/server.ts'
import { openArticlesDesk } from '../../support/articles-desk.ts'
import {
  NARROW,
  WIDE,
  browserTest,
  seriousFaults,
  sideways,
  useBrowser,
} from '../../support/browser.ts'

const news = (what: string) =>
  `${what}报装当天办结\n\n本报讯（记者 王某）10月19日，记者从市${what}局了解到，企业在大厅申报${what}，就可以当天办结${what}手续，不收取任何费用。\n\n` +
  Array.from(
    { length: 12 },
    (_, i) => `第${i}项${what}服务已实现县区全覆盖，受到企业欢迎，企业不必再跑第二趟。`,
  ).join('\n\n')
const PAGE = `泰山日报 2023年10月21日 A03版\n\n${['用水', '用电', '用气'].map(news).join('\n\n')}\n\n供热报装\n\n本报讯（记者 李某）10月20日，记者从市供热局了解到，供热报装正在试行，下一步将`

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const newPage = useBrowser()
let desk: Awaited<ReturnType<typeof openArticlesDesk>>
let server: HttpServer
beforeAll(async () => {
  const state = openStateDatabase(':memory:')
  makeTables(state, TOLD_TABLE)
  desk = await openArticlesDesk(
    { '版面.txt': PAGE, '<img src=x>.txt': news('路灯') },
    createTold(state).told,
  )
  for await (const { id } of desk.index.articles())
    state.prepare('INSERT INTO told VALUES (?, ?, 2, 0)').run(id, `${id}-1`)
  const app = createApp({ log: createLog('silent') })
  app.route(
    '/desk',
    createDesk({ token: undefined, secret: 's', rooms: new Map([['articles', desk.room]]) }),
  )
  server = await startHttp(app, { port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await server.close()
  await desk.end()
})

const at = (path: string) => `http://127.0.0.1:${server.port}/desk/articles${path}`
const SOURCE = `/source?name=${encodeURIComponent('版面.txt')}`

browserTest.each([
  ['', NARROW, 'light'],
  ['', WIDE, 'dark'],
  [SOURCE, NARROW, 'dark'],
  [SOURCE, WIDE, 'light'],
  [SOURCE, WIDE, 'dark'],
  ['/doubts', NARROW, 'light'],
  ['/untold', NARROW, 'dark'],
  ['/upload', NARROW, 'light'],
] as const)(
  '%s at %o, %s: everybody can use it, and nothing sticks out',
  async (path, viewport, colorScheme) => {
    const page = await newPage({ viewport, colorScheme, bypassCSP: true })
    const faults: string[] = []
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    await page.goto(at(path))
    for (const summary of await page.locator('.read summary').all()) await summary.click()
    expect(await seriousFaults(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
    expect(faults.filter((fault) => !fault.includes('favicon') && !fault.includes('404'))).toEqual(
      [],
    )
  },
)

browserTest(
  'what is pointed at on one side is brought on the other, by mouse and by key',
  async () => {
    const page = await newPage({ viewport: WIDE })
    await page.goto(at(SOURCE))
    const topOf = (selector: string) =>
      page.locator(selector).evaluate((one) => one.getBoundingClientRect().top)
    const printed = page.locator('.printed [data-at="2-5"]').first()
    await printed.scrollIntoViewIfNeeded()
    // Scrolling brings the other side along, a frame later.
    await page.evaluate(
      'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
    )
    // Behind the number, which is a link.
    await printed.click({ position: { x: 120, y: 10 } })
    expect(Math.abs((await topOf('#a2-5')) - (await topOf('#s2-5')))).toBeLessThan(3)
    expect(await page.locator('#a2-5').getAttribute('class')).toBe('same')
    await page.keyboard.press('n')
    expect(await page.evaluate('document.activeElement.className')).toBe('doubt')
    expect(await page.locator('.doubt').first().textContent()).toContain('正文末句不完整')
  },
)

browserTest('without script each paragraph leads to the same on the other side', async () => {
  const page = await newPage({ viewport: WIDE, javaScriptEnabled: false })
  await page.goto(at(SOURCE))
  await page.locator('#s2-4 .crossing').click()
  expect(new URL(page.url()).hash).toBe('#a2-4')
  expect(
    await page.locator('#a2-4').evaluate((one) => {
      const { top, bottom } = one.getBoundingClientRect()
      return top >= 0 && bottom <= innerHeight
    }),
  ).toBe(true)
})

browserTest('without script an article is put right, and a file handed in and taken', async () => {
  const page = await newPage({ javaScriptEnabled: false })
  await page.goto(at(SOURCE))
  await page.locator('#a1 summary').click()
  await page.locator('#a1 input[name="headline"]').fill('用水当天办')
  await page.locator('#a1 button.main').click()
  expect(await page.getByRole('status').textContent()).toContain('用水报装当天办结 → 用水当天办')
  await page.goto(at('/upload'))
  await page.locator('#file').setInputFiles({
    name: '绿化.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(news('绿化')),
  })
  await page.getByRole('button', { name: '上传' }).click()
  await page.getByRole('button', { name: '收录' }).click()
  expect(await page.locator('h1').textContent()).toBe('绿化.txt')
  expect(await page.locator('#a1 h2').textContent()).toContain('绿化报装当天办结')
})
