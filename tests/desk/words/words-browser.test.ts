import { pino } from 'pino'
import { expect, onTestFinished } from 'vitest'
import { createDesk } from '../../../src/desk/desk.ts'
import { openDeskDatabase } from '../../../src/desk/desk-database.ts'
import { createWordsRoom } from '../../../src/desk/words/room.ts'
import { createApp } from '../../../src/web/app.ts'
import { startHttp } from '../../../src/web/server.ts'
import { browserTest, useBrowser } from '../../support/browser.ts'
import { tempFolder } from '../../support/temp.ts'

const newPage = useBrowser()

async function served() {
  const db = openDeskDatabase(':memory:')
  const words = createWordsRoom({
    db,
    folder: tempFolder(),
    openTrial: () => Promise.reject(new Error('没有引擎')),
    takeUpWords: () => Promise.resolve(),
    judgedQuestions: () => [],
    passagesOf: () => Promise.resolve([]),
  })
  const log = pino({ level: 'silent' })
  const app = createApp({ log })
  const rooms = new Map([['words', words.room]])
  app.route('/desk', createDesk({ token: undefined, secret: 'ours', rooms }))
  const http = await startHttp(app, { port: 0, host: '127.0.0.1' })
  onTestFinished(async () => {
    await http.close()
    await words.close()
    db.close()
  })
  return `http://127.0.0.1:${http.port}/desk/words`
}

browserTest(
  'a word is looked up, added with its example, and saved, without script',
  async () => {
    const page = await newPage({ javaScriptEnabled: false })
    await page.goto(`${await served()}/governors`)
    await page.getByLabel('词或地名').fill('倘若')
    await page.getByRole('button', { name: '查' }).click()
    expect(await page.getByText('【倘若水位上涨】，渡口停航').count()).toBe(1)

    await page.getByLabel('类').selectOption('[if start]')
    await page.getByLabel('词', { exact: true }).fill('设若')
    await page.getByLabel('✓ 起作用的例句').fill('停电，改用油机')
    await page.getByRole('button', { name: '放进草稿' }).click()
    expect(await page.getByRole('alert').textContent()).toContain('认不出来')
    expect(await page.getByLabel('词', { exact: true }).inputValue()).toBe('设若')

    await page.getByLabel('✓ 起作用的例句').fill('【设若停电】，改用油机')
    await page.getByRole('button', { name: '放进草稿' }).click()
    await page.getByRole('button', { name: '拿掉 倘若' }).click()
    await page.getByRole('link', { name: '草稿（2 处改动）' }).click()
    await page.getByRole('button', { name: '保存这 2 处改动' }).click()
    expect(await page.getByRole('status').textContent()).toContain('已保存')
    expect(await page.getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(/加上.*设若/u),
      expect.stringMatching(/拿掉.*倘若/u),
    ])
  },
  30_000,
)
