import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, vi } from 'vitest'
import { openHttp } from '../../src/cli/open-http.ts'
import { openEngine } from '../../src/cli/open.ts'
import { parseConfig } from '../../src/config.ts'
import { openState } from '../../src/stores/sqlite/open-state.ts'
import { createLog } from '../../src/log.ts'
import { ingestInto } from '../support/articles-desk.ts'
import {
  NARROW,
  WIDE,
  browserTest,
  seriousFaults,
  sideways,
  useBrowser,
} from '../support/browser.ts'
import { HOSTILE } from '../support/hostile-articles.ts'
import { tempFolder } from '../support/temp.ts'

vi.setConfig({ testTimeout: 300_000 })
const newPage = useBrowser()
const TOKEN = 'open sesame'
const TO = { chatId: 7, threadId: null, message: 5 }
const TABS = ['unanswered', 'wrong', 'doubtful', 'replies', 'handled', 'all']

/** The desk as it is served, over articles that were read in. */
async function served(files: Readonly<Record<string, string>>) {
  const [folder, data] = [tempFolder(), tempFolder()]
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const config = parseConfig({ WENCE_DATA_DIR: data, DESK_TOKEN: TOKEN, PORT: '0' })
  await ingestInto(config, [folder])
  const log = createLog('silent')
  const engine = await openEngine(config, log)
  const http = await openHttp({ config, engine, log, isLocal: true })
  const state = await openState(join(data, 'conversations.sqlite'), { keepQuestions: true })
  const { conversations: store } = state
  onTestFinished(async () => {
    await http.close()
    await engine.close()
    await state.close()
  })
  const address = `http://127.0.0.1:${http.port}`
  return {
    ...state,
    store,
    address,
    /** Keeps a question as if a reader had asked it, with the answer to it, or to another one. */
    async ask(id: string, question: string, { probability, answered = question }: Asked = {}) {
      const answer = await engine.examine({ question: answered })
      const trace = answer.trace?.map((one) =>
        one.stage === 'words' && probability !== undefined ? { ...one, probability } : one,
      )
      const kept = { ...answer, question, standalone: question, ...(trace && { trace }) }
      await store.record({ id, chat: 'c', user: id, question, answer: kept, askedAt: Date.now() })
    },
    /** Sends a form as the page's browser would. */
    async send(page: Page, path: string, fields: Record<string, string | Upload>) {
      const headers = { origin: address }
      const response = await page.request.post(`${address}${path}`, { headers, multipart: fields })
      expect([200, 422], path).toContain(response.status())
    },
    async signIn(page: Page, who: string, token = TOKEN) {
      await page.goto(`${address}/desk`)
      await page.locator('#who').fill(who)
      await page.locator('#token').fill(token)
      await page.getByRole('button', { name: '登录' }).click()
    },
  }
}

interface Asked {
  readonly probability?: number
  readonly answered?: string
}
type Upload = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }
const upload = (name: string, text: string): Upload => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(text),
})
const lines = (all: readonly object[]) =>
  upload('判定.jsonl', all.map((one) => JSON.stringify(one)).join('\n'))

const NEWS = `泰山日报 2023年10月21日 A03版

用水报装当天办结

本报讯（记者 王某）10月19日，记者从市水务局了解到，企业在大厅申报用水，就可以当天办结手续，不收取任何费用。

供热报装

本报讯（记者 李某）10月20日，记者从市供热局了解到，供热报装正在试行，下一步将`

const LOOKS = [
  { viewport: NARROW, colorScheme: 'light' },
  { viewport: WIDE, colorScheme: 'dark' },
] as const

browserTest('everybody can use every page of the desk, and nothing sticks out', async () => {
  const desk = await served({ '版面.txt': NEWS, '路灯.txt': NEWS.replaceAll('用水', '路灯') })
  const { store } = desk
  await desk.ask('a', '企业用水报装要多久？')
  await desk.ask('b', '企业用水报装收费吗？', { probability: 0.4 })
  for (const id of ['c', 'd', 'e']) await desk.ask(id, `火星第${id}号移民签证怎么办`)
  await store.judge('a', 'v', { verdict: 'wrong', comment: '窗口已经搬了' }, Date.now())
  await desk.replies.open('c', 'c', TO, Date.now())
  await desk.handled.set(['d'], { state: 'done', note: '已答复', who: '小李', at: Date.now() })
  const page = await newPage({ bypassCSP: true })

  async function isSound(path?: string) {
    if (path !== undefined)
      expect((await page.goto(`${desk.address}/desk${path}`))?.status()).toBe(200)
    for (const { viewport, colorScheme } of LOOKS) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      const found = { faults: await seriousFaults(page), sideways: await sideways(page) }
      expect({ path, colorScheme, ...viewport, ...found }).toMatchObject({
        faults: [],
        sideways: 0,
      })
    }
  }

  await desk.signIn(page, '小王', 'wrong')
  expect(await page.getByRole('alert').textContent()).toBe('口令不对。')
  await isSound()
  await desk.signIn(page, '小王')
  await isSound('/ask')
  await isSound('/ask?question=企业用水报装要多久？')
  for (const tab of TABS) {
    await isSound(`/inbox?tab=${tab}`)
    expect(await page.locator('.groups > li').count(), tab).toBeGreaterThan(0)
  }
  await isSound('/inbox/c')
  expect(await page.getByRole('button', { name: '发给读者' }).count()).toBe(1)

  const judged = { id: 'q', kind: 'fact', question: '企业用水报装要多久？', must_contain: ['次日'] }
  await desk.send(page, '/desk/judged/import', { file: lines([judged]) })
  await desk.send(page, '/desk/judged/run', {})
  await expect
    .poll(async () => (await page.request.get(`${desk.address}/desk/judged/run`)).url(), {
      timeout: 60_000,
    })
    .toContain('/runs/')
  for (const path of ['', '/question?id=q', '/runs/1']) await isSound(`/judged${path}`)

  await desk.send(page, '/desk/articles/upload', { file: upload('绿化.txt', NEWS) })
  for (const path of ['', `/source?name=版面.txt`, '/doubts', '/untold', '/upload'])
    await isSound(`/articles${path}`)
  await page.getByRole('link', { name: '绿化.txt' }).click()
  await isSound()

  await isSound('/words/governors?q=若&sentence=若有变动，另行通知。')
  await isSound('/words/gazetteer?q=濮阳')
  for (const save of [true, false]) {
    const said = save ? '练摊儿' : '份子钱'
    await desk.send(page, '/desk/words/thesaurus/add', { said, written: '夜市摊位' })
    if (save) await desk.send(page, '/desk/words/draft/save', {})
  }
  for (const path of ['thesaurus?q=老板&sentence=老板想贷款', 'draft', 'history'])
    await isSound(`/words/${path}`)
})

/** No longer than what a form or an address takes. */
const hostile = HOSTILE.map((words) =>
  words.slice(0, 10_000).replaceAll('alert(1)', 'alert(window.ran = 1)'),
)

browserTest('what readers, papers and staff write is text on every page of the desk', async () => {
  const fileOf = (words: string, n: number) =>
    `${n}${Buffer.from(words.replaceAll(/[/\0]/gu, '')).subarray(0, 200).toString().replaceAll('\ufffd', '')}.txt`
  const desk = await served(
    Object.fromEntries(
      hostile.map((words, n) => [
        fileOf(words, n),
        `泰山日报 2023年10月21日\n\n${words}\n\n本报讯（记者 ${words.slice(0, 20)}）${words}。企业申报用水${n}，当天办结。`,
      ]),
    ),
  )
  const { store, address } = desk
  for (const [n, words] of hostile.entries()) {
    const id = `h${n}`
    await desk.ask(id, words, { answered: '用水报装要多久？' })
    await store.judge(id, 'v', { verdict: 'wrong', comment: words }, Date.now())
    await desk.replies.open(id, id, TO, Date.now())
    if (n % 2) await desk.replies.write(id, { text: words, signature: words }, Date.now())
    const state = n % 3 ? 'working' : 'done'
    await desk.handled.set([id], { state, note: words, who: words.slice(0, 20), at: Date.now() })
  }

  const page = await newPage()
  const happened: string[] = []
  page.on('dialog', (dialog) => void dialog.dismiss().finally(() => happened.push('dialog')))
  page.on('pageerror', (error) => happened.push(error.message))
  page.on('console', (message) => {
    // A form that comes back is what browsers call an error, and they look for an icon.
    const isKnown = /status of 400|favicon\.ico/u.test(message.text() + message.location().url)
    if (message.type() === 'error' && !isKnown) happened.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) happened.push(request.url())
  })
  const THEIRS =
    'img, iframe, base, [onerror], [onmouseover], [style], a:not([href^="/"], [href^="#"])'
  async function isCalm(path: string, status = 200) {
    const response = await page.goto(`${address}/desk${path}`)
    const of = path.slice(0, 200)
    expect(response?.status(), of).toBe(status)
    expect(await page.evaluate('window.ran'), of).toBe(undefined)
    expect(await page.locator(THEIRS).count(), of).toBe(0)
    expect(await page.locator('h1').count(), of).toBe(1)
    expect(await sideways(page), of).toBe(0)
    expect(happened, of).toEqual([])
  }
  const query = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

  for (const [n, words] of hostile.entries()) {
    await page.context().clearCookies()
    await desk.send(page, '/desk/sign-in', { token: TOKEN, who: words.slice(0, 100) })
    const part = words.slice(0, 400)
    await isCalm(`/ask?${query({ question: part })}`)
    await isCalm(`/ask?${query({ question: '用水', place: part, date: part })}`, 400)
    await isCalm(`/inbox/h${n}`)
    await isCalm(`/words/thesaurus?${query({ q: part, sentence: part, line: part })}`)
  }
  for (const words of hostile)
    await desk.send(page, '/desk/words/thesaurus/change', { section: '', text: words })
  await isCalm('/words/draft')
  await page.goto(`${address}/desk/articles`)
  const sources = await page.evaluate<string[]>(
    'Array.from(document.querySelectorAll(`td a, th a`), ({ pathname, search }) => pathname + search)',
  )
  expect(sources.length).toBeGreaterThanOrEqual(hostile.length)
  for (const source of new Set(sources)) await isCalm(source.replace('/desk', ''))
  const judged = hostile.map((words, n) => ({
    id: `${n}${words.slice(0, 50)}`,
    kind: words.slice(0, 50) || 'fact',
    question: words,
    must_contain: [words],
    evidence: [{ file: words, quote: words }],
  }))
  await desk.send(page, '/desk/judged/import', { file: lines(judged) })
  for (const { id } of judged) await isCalm(`/judged/question?${query({ id })}`)
  for (const path of ['/judged', '/articles', '/articles/doubts', '/articles/untold'])
    await isCalm(path)
  for (const tab of TABS) await isCalm(`/inbox?tab=${tab}`)
  expect(await page.locator('main').textContent()).toContain(
    '<script>alert(window.ran = 1)</script>',
  )
})
