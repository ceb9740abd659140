import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openArticles } from '../../../src/cli/desk-articles.ts'
import { MOST_MEGABYTES } from '../../../src/desk/articles/uploads.ts'
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
  expect(shown.text).toContain('读不了，不能收录：为什么，见详情。<details class="said" open>')
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

test('too much at once is refused before it is read', async () => {
  const send = (headers: Record<string, string>) =>
    desk.app.request('/desk/articles/upload', { method: 'POST', body: 'x', headers })
  const long = await send({ 'content-length': '60000000' })
  expect(long.status).toBe(413)
  expect(await long.text()).toContain('一次最多上传 50 MB')
  const none = await desk.post('/upload', new FormData())
  expect([none.status, none.text]).toEqual([400, expect.stringContaining('没有收到文件')])
  const broken = await send({ 'content-type': 'multipart/form-data; boundary=x' })
  expect([broken.status, await broken.text()]).toEqual([400, expect.stringContaining('没有收全')])
})

test('a proxy by our file lets through what may be handed in', () => {
  const nginx = readFileSync(new URL('../../../deploy/nginx.conf', import.meta.url), 'utf8')
  const megabytes = /^\s*client_max_body_size (\d+)m;/m.exec(nginx)?.[1]
  expect(Number(megabytes)).toBeGreaterThan(MOST_MEGABYTES)
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

const take = (id: string) => desk.post(`/upload/${id}/take`, new FormData())

test('who presses twice is told what came of the first time', async () => {
  const id = idIn((await handIn({ '供暖.txt': news('供暖') })).text)
  const shown = await Promise.all([take(id), take(id), take(id)])
  expect(shown.map(({ status }) => status)).toEqual([200, 200, 200])
  for (const { text } of [...shown, await take(id)]) expect(text).toContain('<h1>供暖.txt')
  expect(filesIn('uploads')).toContain('供暖.txt')
  expect((await sourcesOf()).filter((source) => source.includes('供暖'))).toEqual(['供暖.txt'])
})

test('pressed twice, what cannot be taken in waits on, whole', async () => {
  const id = idIn((await handIn({ '空.txt': '……' })).text)
  const shown = await Promise.all([take(id), take(id)])
  expect(shown.map(({ status }) => status)).toEqual([409, 409])
  expect(filesIn(`uploads-waiting/${id}`)).toEqual(['空.txt'])
  expect(filesIn('uploads')).not.toContain('空.txt')
  // Asked again it is tried again.
  expect((await take(id)).status).toBe(409)
  await desk.post(`/upload/${id}/drop`, new FormData())
})

test('files of one name, handed in and taken in at the same moment, are all there', async () => {
  const what = ['养老', '托育', '助学']
  const handed = await Promise.all(what.map((one) => handIn({ '同名.txt': news(one) })))
  const ids = handed.map(({ text }) => idIn(text))
  expect(ids.flatMap((id) => filesIn(`uploads-waiting/${id}`)).toSorted()).toEqual([
    '同名.txt',
    '同名（2）.txt',
    '同名（3）.txt',
  ])
  // As when one of that name was taken in since, from elsewhere.
  for (const id of ids) {
    const folder = join(desk.config.WENCE_DATA_DIR, 'uploads-waiting', id)
    renameSync(join(folder, readdirSync(folder)[0]!), join(folder, '同名.txt'))
  }
  await Promise.all(ids.map((id) => take(id)))
  const taken = join(desk.config.WENCE_DATA_DIR, 'uploads')
  const texts = readdirSync(taken).map((name) => readFileSync(join(taken, name), 'utf8'))
  for (const one of what) expect(texts).toContain(news(one))
})

test('what is thrown away while it is taken in is taken in, or gone', async () => {
  const id = idIn((await handIn({ '弃.txt': news('摆渡') })).text)
  const [taken] = await Promise.all([take(id), desk.post(`/upload/${id}/drop`, new FormData())])
  expect(taken.status).toBe(200)
  expect(filesIn('uploads')).toContain('弃.txt')
  expect(filesIn('uploads-waiting')).not.toContain(id)
})

test('what is gone by the time it is looked at costs nobody the page', async () => {
  // A link to nothing is seen, and is not there, like what somebody throws away in between.
  const waiting = join(desk.config.WENCE_DATA_DIR, 'uploads-waiting')
  mkdirSync(join(waiting, '0123456789ab'))
  const links = [join(waiting, '0123456789ab', 'x.txt'), join(waiting, 'ba9876543210')]
  for (const path of links) symlinkSync(join(waiting, 'gone'), path)
  expect((await desk.get('/upload')).status).toBe(200)
  const shown = await handIn({ '渡口.txt': news('渡口') })
  expect(shown.text).toContain('会收录 1 篇')
  await desk.post(`/upload/${idIn(shown.text)}/drop`, new FormData())
  for (const path of links) rmSync(path)
})

test.each(['/upload/..%2f..%2fingest', '/upload/000000000000', '/upload/x'])(
  '%s is no file that waits',
  async (path) => {
    expect((await desk.get(path)).status).toBe(404)
    expect((await desk.post(`${path}/take`, new FormData())).status).toBe(404)
  },
)
