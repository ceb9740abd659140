/**
 * Pages in a real browser: what CHROMIUM_PATH names, or Debian's chromium. Where there is none, tests
 * that need one are skipped, and say so; where what is named does not start, they fail.
 */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, test } from 'vitest'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** What is named is meant: where it does not start, tests fail. */
const executablePath = process.env['CHROMIUM_PATH'] || PLACES.find((path) => existsSync(path))
if (executablePath === undefined)
  process.stderr.write(
    'No chromium here: tests in a browser are skipped; CHROMIUM_PATH names one.\n',
  )

/** A test that needs a browser. */
export const browserTest = test.extend<{ hasBrowser: void }>({
  hasBrowser: [
    async ({ skip }, use) => {
      skip(executablePath === undefined, 'no chromium here; CHROMIUM_PATH names one')
      await use()
    },
    { auto: true },
  ],
})

export const NARROW = { width: 390, height: 844 }
export const WIDE = { width: 1280, height: 900 }

/** Opens a browser for the tests of a file; gives new pages, each of nobody who was there before. */
export function useBrowser(): (options?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser | undefined
  const opened: Page[] = []
  beforeAll(async () => {
    if (executablePath === undefined) return
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  }, 60_000)
  afterEach(() => Promise.all(opened.splice(0).map((page) => page.context().close())))
  afterAll(() => browser?.close())
  return async (options = {}) => {
    const context = await browser!.newContext({ viewport: NARROW, ...options })
    const page = await context.newPage()
    opened.push(page)
    return page
  }
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** What axe-core finds that is serious or worse; the page is one whose context has `bypassCSP`. */
export async function seriousFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.addScriptTag({ path: AXE })
  const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })")
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
}

/** How far a page can be moved sideways, in pixels. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
