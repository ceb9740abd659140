import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openArticles } from '../../../src/cli/desk-articles.ts'
import { openLedger } from '../../../src/ingest/ledger.ts'
import { createLog } from '../../../src/log.ts'
import { ingestInto, openArticlesDesk } from '../../support/articles-desk.ts'

const news = (what: string) =>
  `${what}报装当天办结\n\n本报讯（记者 王某）10月19日，记者从市${what}局了解到，企业在大厅申报${what}，就可以当天办结${what}手续，不收取任何费用。目前，${what}工作已实现县区全覆盖，受到企业欢迎。\n`

// Processes have to start.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
let desk: Awaited<ReturnType<typeof openArticlesDesk>>
beforeAll(async () => {
  desk = await openArticlesDesk({ '用水.txt': news('用水') })
})
afterAll(() => desk.end())

const filesIn = (folder: string) => {
  const path = join(desk.config.WENCE_DATA_DIR, folder)
  return existsSync(path) ? readdirSync(path) : []
}

const sourcesOf = async () =>
  (await Array.fromAsync(desk.index.articles())).map(({ source }) => source)

function handIn(files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>) {
  const form = new FormData()
  for (const [name, content] of Object.entries(files))
    form.append('file', new File([content], name))
  return desk.post('/upload', form)
}

const idIn = (page: string) => /upload\/([0-9a-f]{12})/u.exec(page)![1]!

test('a file is seen as it is read, then taken in, and stays where the next ingest finds it', async () => {
  const shown = await handIn({ '用电.txt': news('用电') })
  expect(shown.text).toContain('会收录 1 篇')
  expect(shown.text).toContain('用电报装当天办结')
  expect(shown.text).toContain('id="s1-1"')
  expect(await sourcesOf()).toEqual(['用水.txt'])
  const [waiting] = filesIn('uploads-waiting')
  expect(statSync(join(desk.config.WENCE_DATA_DIR, 'uploads-waiting', waiting!)).mode & 0o077).toBe(
    0,
  )
  const taken = await desk.post(`/upload/${idIn(shown.text)}/take`, new FormData())
  expect(taken.text).toContain('读作')
  expect(await sourcesOf()).toEqual(['用水.txt', '用电.txt'])
  expect(filesIn('uploads')).toEqual(['用电.txt'])
  expect(filesIn('uploads-waiting')).toEqual([])
})

test('several files wait in a list, until they are thrown away', async () => {
  const { text } = await handIn({ 'a.txt': news('用气'), 'b.md': news('供热') })
  for (const name of ['a.txt', 'b.md']) expect(text).toContain(name)
  expect(filesIn('uploads-waiting')).toHaveLength(2)
  for (const [, id] of text.matchAll(/upload\/([0-9a-f]{12})\/drop/gu))
    await desk.post(`/upload/${id}/drop`, new FormData())
  expect(filesIn('uploads-waiting')).toEqual([])
})

test.each([
  ['../../../evil.txt', 'evil.txt'],
  ['<img src=x onerror=alert(1)>.txt', 'img src=x onerror=alert(1).txt'],
  ['用水.txt', '用水（2）.txt'],
  ['.corrections.jsonl', 'corrections.jsonl'],
])(
  'a file named %s waits as %s, beside what is there',
  async (given, name) => {
    const shown = await handIn({ [given]: news('绿化') })
    expect(shown.text).toContain(`<title>${name} · 问策</title>`)
    expect(shown.text).not.toContain('<img')
    expect(
      readdirSync(join(desk.config.WENCE_DATA_DIR, 'uploads-waiting', idIn(shown.text))),
    ).toEqual([name])
    await desk.post(`/upload/${idIn(shown.text)}/drop`, new FormData())
  },
  60_000,
)

test('what ingest would refuse is said with its sentence, and cannot be taken in', async () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  const shown = await handIn({ '版面.png': png })
  expect(shown.text).toContain('读不了，不能收录：可能是格式')
  expect(shown.text).toContain('版面.png: this is a picture; recognise its text first')
  expect(shown.text).not.toContain('/take"')
  expect(shown.text).not.toContain(desk.config.WENCE_DATA_DIR)
  const taken = await desk.post(`/upload/${idIn(shown.text)}/take`, new FormData())
  expect(taken.status).toBe(409)
  expect(taken.text).toContain('没有收录')
  expect(taken.text).not.toContain(desk.config.WENCE_DATA_DIR)
  expect(filesIn('uploads')).toEqual(['用电.txt'])
  expect(filesIn('uploads-waiting')).toHaveLength(1)
  await desk.post(`/upload/${idIn(shown.text)}/drop`, new FormData())
})

test('of a file whose articles are there already, that is said', async () => {
  const shown = await handIn({ '重印.txt': news('用水') })
  expect(shown.text).toContain('会收录 0 篇，0 段；另有 1 篇别的来源文件已经收录')
  await desk.post(`/upload/${idIn(shown.text)}/drop`, new FormData())
})

test('too much at once is refused before it is read, and without a length nothing is', async () => {
  const send = (headers: Record<string, string>) =>
    desk.app.request('/desk/articles/upload', { method: 'POST', body: 'x', headers })
  const long = await send({ 'content-length': '60000000' })
  expect(long.status).toBe(413)
  expect(await long.text()).toContain('一次最多上传 50 MB')
  expect((await send({ 'transfer-encoding': 'chunked' })).status).toBe(411)
  const none = await desk.post('/upload', new FormData())
  expect([none.status, none.text]).toEqual([400, expect.stringContaining('没有收到文件')])
  const broken = await send({ 'content-type': 'multipart/form-data; boundary=x' })
  expect([broken.status, await broken.text()]).toEqual([400, expect.stringContaining('没有收全')])
})

test('what nobody decided on for a day is cleared away', async () => {
  const waiting = () => filesIn('uploads-waiting')
  const old = async (name: string) => {
    const before = waiting()
    await handIn({ [name]: news('路灯') })
    const id = waiting().find((one) => !before.includes(one))!
    const yesterday = new Date(Date.now() - 25 * 3600 * 1000)
    utimesSync(join(desk.config.WENCE_DATA_DIR, 'uploads-waiting', id), yesterday, yesterday)
  }
  await old('old.txt')
  await handIn({ 'new.txt': news('公交') })
  expect(waiting()).toHaveLength(1)
  // Who only looks clears, too, and so does every start.
  await old('older.txt')
  expect((await desk.get('/upload')).text).not.toContain('older.txt')
  expect(waiting()).toHaveLength(1)
  await old('oldest.txt')
  openArticles({ config: desk.config, index: desk.index, log: createLog('silent') }).close()
  await vi.waitUntil(() => waiting().length === 1)
})

test('what was being taken in when everything ended is taken in by the next ingest', async () => {
  const path = join(desk.config.WENCE_DATA_DIR, 'uploads', '环评.txt')
  const ledger = openLedger(join(desk.config.WENCE_DATA_DIR, 'ingest.sqlite'), null)
  ledger.begin({ path, source: '环评.txt' })
  ledger.close()
  writeFileSync(path, news('环评'))
  await ingestInto(desk.config, [])
  expect(await sourcesOf()).toContain('环评.txt')
})

test.each(['/upload/..%2f..%2fingest', '/upload/000000000000', '/upload/x'])(
  '%s is no file that waits',
  async (path) => {
    expect((await desk.get(path)).status).toBe(404)
    expect((await desk.post(`${path}/take`, new FormData())).status).toBe(404)
  },
)
