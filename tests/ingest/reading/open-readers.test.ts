import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { LIMITS, type Limits } from '../../../src/ingest/read/limits.ts'
import type { Item } from '../../../src/ingest/reading/messages.ts'
import { openReaders, readAlone } from '../../../src/ingest/reading/open-readers.ts'
import { tempFolder } from '../../support/temp.ts'
import { makeDocx } from '../read/make-docx.ts'

const seeds = new URL('../../../seeds/', import.meta.url)
const NEWS = readdirSync(seeds)
  .map((name) => readFileSync(new URL(name, seeds), 'utf8'))
  .join('\n')
const SMALL =
  '市里出台办法支持企业贷款\n\n近日，市金融工作局推出信用贷款，全市20家企业获得贷款2.86亿元。\n'

function open(limits: Partial<Limits> = {}, size = 1) {
  const readers = openReaders('articles', { size, limits: { ...LIMITS, ...limits } })
  onTestFinished(() => readers.close())
  const folder = tempFolder()
  const read = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return readers.read({ path, source: name, kind: null })
  }
  return { read, path: (name: string) => join(folder, name) }
}

const headlines = (items: readonly Item<'articles'>[]) =>
  items.flatMap((item) =>
    'read' in item ? item.read.articles.map(({ headline }) => headline) : [item.problem],
  )

const isRead = async (items: AsyncGenerator<Item<'articles'>>) =>
  expect(headlines(await Array.fromAsync(items))).toEqual(['市里出台办法支持企业贷款'])

test(
  'a file that takes too long is ended and named, and the next one is read',
  { timeout: 60_000 },
  async () => {
    const { read, path } = open({ seconds: 1, secondsPerMb: 0 })
    await expect(Array.fromAsync(read('long.txt', NEWS.repeat(30)))).rejects.toThrow(
      `${path('long.txt')}: reading it takes longer than 1 s`,
    )
    await isRead(read('small.txt', SMALL))
  },
)

test(
  'a file that takes too much memory is ended and named, and the next one is read',
  { timeout: 60_000 },
  async () => {
    const { read, path } = open({ memoryMb: 400 })
    await expect(
      Array.fromAsync(read('large.docx', makeDocx('<w:x/>'.repeat(2_500_000)))),
    ).rejects.toThrow(
      `${path('large.docx')}: reading it takes more than 400 MB of memory; give its text, or in parts.`,
    )
    await isRead(read('small.txt', SMALL))
  },
)

test.skipIf(process.platform !== 'linux')(
  'a process that dies is replaced',
  { timeout: 60_000 },
  async () => {
    const before = new Set(children())
    const { read, path } = open()
    const dying = read('dying.txt', NEWS.repeat(30))
    for (const pid of children()) if (!before.has(pid)) process.kill(pid, 'SIGKILL')
    await expect(Array.fromAsync(dying)).rejects.toThrow(
      `${path('dying.txt')}: what reads it has ended (SIGKILL); try again, or give its text.`,
    )
    await isRead(read('small.txt', SMALL))
  },
)

const children = () =>
  readdirSync('/proc/self/task').flatMap((thread) =>
    readFileSync(`/proc/self/task/${thread}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number),
  )

test(
  'a file that is not read to its end makes room for the next',
  { timeout: 60_000 },
  async () => {
    const { read } = open()
    for await (const item of read('long.jsonl', lines(5000))) {
      expect(headlines([item])).toEqual(['第0条'])
      break
    }
    await isRead(read('small.txt', SMALL))
  },
)

test(
  'gives a long file a little at a time, in its order, with what cannot be read',
  { timeout: 60_000 },
  async () => {
    const { read } = open({}, 2)
    const [long, other] = [
      read('long.jsonl', `${lines(1000)}no JSON\n${lines(1)}`),
      read('small.txt', SMALL),
    ]
    const got = headlines(await Array.fromAsync(long))
    expect(got.slice(0, 1000)).toEqual(Array.from({ length: 1000 }, (_, i) => `第${i}条`))
    expect(got.slice(1000)).toEqual([expect.stringMatching(/:1001: this is no JSON/), '第0条'])
    await isRead(other)
  },
)

test(
  'of a file with nothing but bad lines some are told, and how many there are',
  { timeout: 60_000 },
  async () => {
    const { read } = open()
    const told = await Array.fromAsync(read('bad.jsonl', 'x\n'.repeat(1500)))
    expect(told).toHaveLength(1001)
    expect(headlines(told).at(-1)).toMatch(/bad\.jsonl: … and 500 more lines cannot be read\.$/)
  },
)

test('a command reads a file in a process of its own, too', { timeout: 60_000 }, async () => {
  const path = join(tempFolder(), 'page.txt')
  writeFileSync(path, '全市 20家企业，\n')
  expect(await Array.fromAsync(readAlone('repair', path))).toEqual(['全市20家企业，'])
  await expect(Array.fromAsync(readAlone('explanation', tempFolder()))).rejects.toThrow(
    'this is a folder; give a file.',
  )
})

const lines = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => `${JSON.stringify({ title: `第${i}条`, text: `企业可以申请第${i}批贷款。` })}\n`,
  ).join('')

test('a process that waits for nothing but a file that is ended waits for that', async () => {
  const folder = tempFolder()
  const path = join(folder, 'last.txt')
  writeFileSync(path, NEWS)
  const at = (name: string) =>
    JSON.stringify(new URL(`../../../src/ingest/${name}`, import.meta.url))
  const script = `
    import { LIMITS } from ${at('read/limits.ts')}
    import { openReaders } from ${at('reading/open-readers.ts')}
    const limits = { ...LIMITS, seconds: 0.01, secondsPerMb: 0 }
    const file = { path: ${JSON.stringify(path)}, source: 'last.txt', kind: null }
    try {
      await Array.fromAsync(openReaders('articles', { size: 1, limits }).read(file))
    } catch (error) {
      process.stdout.write(error.message)
    }`
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    script,
  ])
  expect(stdout).toContain('last.txt: reading it takes longer than 0.01 s')
})
