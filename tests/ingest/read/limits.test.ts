import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { LIMITS, type Limits } from '../../../src/ingest/read/limits.ts'
import { bytesOf, chunksOf, openFile } from '../../../src/ingest/read/open-file.ts'
import { readSource } from '../../../src/ingest/read/read-source.ts'
import { repack } from '../../../src/ingest/read/unzip.ts'
import { tempFolder } from '../../support/temp.ts'
import { makeDocx, makeZip, paragraph } from './make-docx.ts'
import { makePdf } from './make-pdf.ts'
import { makeXlsx } from './make-xlsx.ts'

function file(name: string, content: string | Uint8Array) {
  const path = join(tempFolder(), name)
  writeFileSync(path, content)
  return path
}

async function read(path: string, limits: Partial<Limits> = {}) {
  const problems: string[] = []
  const onProblem = ({ message }: Error) => void problems.push(message)
  const texts = await Array.fromAsync(readSource(path, onProblem, { ...LIMITS, ...limits }))
  return { texts: texts.map(({ text }) => text), problems }
}

const LONG = '企业可以申请贷款。'.repeat(20)
const ROWS = [
  ['标题', '正文'],
  ['甲', '企业可以申请。'],
  ['乙', LONG],
]

test.each<[name: string, content: string | Uint8Array, limits: Partial<Limits>, told: RegExp]>([
  [
    'a.txt',
    LONG,
    { textMillions: 0.0001 },
    /a\.txt: the text has more than 0\.0001 million characters; give it in parts\.$/,
  ],
  [
    'b.docx',
    makeDocx(paragraph(LONG)),
    { textMillions: 0.0001 },
    /b\.docx: the text has more than/,
  ],
  [
    'c.docx',
    makeDocx(paragraph(LONG)),
    { documentMb: 0.0001 },
    /c\.docx: the Word document cannot be read \(it unpacks to more than 0\.0001 MB\)/,
  ],
  [
    'd.xlsx',
    makeXlsx({ 表: ROWS }),
    { tableMb: 0.0001 },
    /d\.xlsx: the Excel file cannot be read \(it unpacks to more than 0\.0001 MB\)/,
  ],
  [
    'e.pdf',
    makePdf([[], [], []]),
    { pages: 2 },
    /e\.pdf: the PDF cannot be read \(it has 3 pages, more than 2; part it\)/,
  ],
  [
    'f.txt',
    LONG,
    { fileMb: 0.0001 },
    /f\.txt: the file has 1 MB, more than the 0\.0001 MB that are read at once/,
  ],
])('%s exceeds a limit, and says which', async (name, content, limits, told) => {
  await expect(read(file(name, content), limits)).rejects.toThrow(told)
  await expect(read(file(name, content)))
    .resolves.toBeDefined()
    .catch(() => {})
})

test.each([
  ['a.csv', ROWS.map((cells) => cells.join(',')).join('\n'), /a\.csv:3: the text has more than/],
  ['b.xlsx', makeXlsx({ 表: ROWS }), /b\.xlsx:3: the text has more than/],
  [
    'c.jsonl',
    `{"text":"企业可以申请。"}\n${JSON.stringify({ text: LONG })}\n`,
    /c\.jsonl:2: the text has more than/,
  ],
])('of %s only the article that is too long is not read', async (name, content, told) => {
  const { texts, problems } = await read(file(name, content), { textMillions: 0.0001 })
  expect(texts).toEqual(['企业可以申请。'])
  expect(problems).toEqual([expect.stringMatching(told)])
})

test('a line that is too long is passed over, and those behind it are read', async () => {
  const line = '{"text":"企业可以申请。"}\n'
  const { texts, problems } = await read(
    file('a.jsonl', `${line}${'x'.repeat(3_000_000)}\n${line}`),
    { fileMb: 1 },
  )
  expect(texts).toHaveLength(2)
  expect(problems).toEqual([
    expect.stringMatching(/a\.jsonl:2: the line has more than 1 MB; give its article in parts\.$/),
  ])
})

test('of a table nothing is unpacked but what it says', async () => {
  const archive = makeZip({ 'xl/workbook.xml': 'x', 'xl/media/picture.bin': ' '.repeat(2_000_000) })
  expect((await repack(archive, 1)).byteLength).toBeLessThan(1000)
})

test.each([
  ['b', 300],
  ['div', 5000],
  ['table><tr><td', 5000],
  ['ul><li', 5000],
])('<%s> in itself %i times is a page like another', async (tags, times) => {
  const open = `<${tags}>`
  const page = `<title>关于支持企业的通知</title><h1>关于支持企业的通知</h1><p>近日，市里出台办法。</p>${open.repeat(times)}企业可以申请贷款，不收任何费用。<p>即日起施行。</p>`
  const { texts } = await read(file('a.html', page))
  expect(texts[0]).toMatch(
    /近日，市里出台办法。[^]*企业可以申请贷款，不收任何费用。[^]*即日起施行。/,
  )
})

const posix = test.skipIf(process.platform === 'win32')

posix.each(['/dev/zero', '/dev/urandom'])(
  '%s is no file, and is not waited for',
  async (device) => {
    const path = join(tempFolder(), 'a.txt')
    symlinkSync(device, path)
    await expect(read(path)).rejects.toThrow('this is a pipe, a socket or a device; give a file.')
  },
)

posix('a pipe that nobody writes to is not waited for', async () => {
  const path = join(tempFolder(), 'a.jsonl')
  execFileSync('mkfifo', [path])
  await expect(read(path)).rejects.toThrow('this is a pipe, a socket or a device; give a file.')
})

test.skipIf(process.platform !== 'linux').each(['/proc/self/mem', '/proc/self/pagemap'])(
  '%s has no end, and nothing in it',
  async (odd) => {
    const path = join(tempFolder(), 'a.txt')
    symlinkSync(odd, path)
    await expect(read(path)).rejects.toThrow('the file is empty')
  },
)

posix('a socket is no file', async () => {
  const path = join(tempFolder(), 'a.txt')
  const server = createServer().listen(path)
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  await expect(read(path)).rejects.toThrow('this is a pipe, a socket or a device; give a file.')
})

posix('a file that nobody reads whole is named by its size', async () => {
  const path = file('a.jsonl', '{"text":"企业可以申请。"}\n')
  truncateSync(path, 2 ** 40)
  await expect(read(path)).rejects.toThrow(
    'the file has 1048576 MB, more than the 2000 MB that are read of one; split it.',
  )
})

test('a file that grows or shrinks while it is read ends where it did, or where it does', async () => {
  const path = file('a.txt', '企业可以申请。')
  const opened = await openFile(path)
  appendFileSync(path, '还有。')
  expect(String(await bytesOf(opened))).toBe('企业可以申请。')
  expect(Buffer.concat(await Array.fromAsync(chunksOf(opened))).toString()).toBe('企业可以申请。')
  truncateSync(path, 6)
  expect(String(await bytesOf(opened))).toBe('企业')
  await opened.handle.close()
})
