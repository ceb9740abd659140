import { chmodSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSource } from '../../../src/ingest/read/read-source.ts'
import { tempFolder } from '../../support/temp.ts'
import { makeDocx, makeZip, paragraph, table } from './make-docx.ts'
import { makePdf, toGbk } from './make-pdf.ts'

function file(name: string, content: string | Uint8Array): string {
  const path = join(tempFolder(), name)
  writeFileSync(path, content)
  return path
}

const readAll = (path: string, onProblem?: (error: Error) => void) =>
  Array.fromAsync(readSource(path, onProblem))

test.each([
  ['.txt', '全市企业。\n', '全市企业。\n'],
  ['.md', '## 标题\n\n全市企业。', '## 标题\n\n全市企业。'],
  ['.TXT', toGbk('全市企业。'), '全市企业。'],
  ['.html', '<body><p>全市企业。</p></body>', '全市企业。'],
])('reads a %s', async (ending, content, text) => {
  expect(await readAll(file(`page${ending}`, content))).toMatchObject([{ text }])
})

test('reads a Word document, its tables by rows', async () => {
  const document = makeDocx(
    paragraph('我市出台新政', 'Heading1') +
      paragraph('正文第一段。') +
      table([
        ['指标', '2023年'],
        ['企业', '742家'],
      ]),
  )
  expect(await readAll(file('page.docx', document))).toMatchObject([
    { text: '# 我市出台新政\n\n正文第一段。\n\n指标\t2023年\n企业\t742家', given: { title: null } },
  ])
})

test('reads a PDF whose font is named only, and says where its pages begin', async () => {
  const document = makePdf([
    [
      { x: 60, y: 760, text: '今年以来，我市工业投资增长15.5%，' },
      { x: 60, y: 744, text: '企业订单充足。' },
    ],
    [{ x: 60, y: 760, text: '第二版的文字。' }],
  ])
  const [read] = await readAll(file('page.pdf', document))
  expect(read?.text).toBe('今年以来，我市工业投资增长15.5%，企业订单充足。\n\n第二版的文字。')
  expect(read?.pages.map(({ page, start }) => [page, read.text.slice(start, start + 2)])).toEqual([
    [1, '今年'],
    [2, '第二'],
  ])
})

describe('a .jsonl', () => {
  const lines = [
    '{"id":7,"title":"标题","text":"正文一。","date":"2024-05-06","place":"濮阳市","publication":"某报","url":"https://a.example/","extra":1}',
    '',
    '{"title":"标题二","text":"正文二。"}',
  ]

  test('gives one text an article, with what its line says', async () => {
    const read = await readAll(file('a.jsonl', lines.join('\r\n')))
    expect(read).toMatchObject([
      {
        text: '正文一。',
        line: 1,
        given: {
          id: '7',
          title: '标题',
          date: '2024-05-06',
          place: '濮阳市',
          publication: '某报',
          url: 'https://a.example/',
        },
      },
      { text: '正文二。', line: 3, given: { id: null, title: '标题二', url: null } },
    ])
  })

  test.each([
    ['no JSON', '{"title":', /a\.jsonl:2: .*correct or remove it\.$/],
    ['no text', '{"title":"标题"}', /a\.jsonl:2: .*"text" is missing/],
    ['an empty text', '{"text":" "}', /a\.jsonl:2: .*"text" is empty/],
  ])('names the line with %s and goes on when told to', async (_name, broken, message) => {
    const path = file('a.jsonl', [lines[0], broken, lines[2]].join('\n'))
    await expect(readAll(path)).rejects.toThrow(message)
    const problems: Error[] = []
    const read = await readAll(path, (error) => problems.push(error))
    expect(read.map(({ line }) => line)).toEqual([1, 3])
    expect(problems.map((error) => error.message).join()).toMatch(message)
  })

  test('names a line that is no text, and passes over a blank one behind a mark of byte order', async () => {
    const bytes = [Uint8Array.of(0xef, 0xbb, 0xbf), lines[0]!, Uint8Array.of(0, 1, 0xff), lines[2]!]
    const content = Buffer.concat(bytes.flatMap((part) => [Buffer.from(part), Buffer.from('\n')]))
    const problems: Error[] = []
    const read = await readAll(file('a.jsonl', content), (error) => problems.push(error))
    expect(read.map(({ line }) => line)).toEqual([2, 4])
    expect(problems.map((error) => error.message)).toEqual([
      expect.stringMatching(/a\.jsonl:3: this is no text/u),
    ])
  })

  test('takes an empty id for none', async () => {
    const [read] = await readAll(file('a.jsonl', '{"id":" ","text":"正文。"}'))
    expect(read?.given.id).toBeNull()
  })

  test('is read line by line, also lines longer than a chunk', async () => {
    const long = JSON.stringify({ text: '工业投资增长。'.repeat(30_000) })
    const read = await readAll(file('a.jsonl', [long, lines[2], long].join('\n')))
    expect(read.map(({ text }) => text.length)).toEqual([210_000, 4, 210_000])
  })
})

describe('refuses in one sentence', () => {
  test.each([
    ['an empty file', 'a.txt', '', /a\.txt: the file is empty; /],
    ['an empty .jsonl', 'a.jsonl', '', /a\.jsonl: the file is empty; /],
    ['a binary file', 'a.txt', Uint8Array.of(0, 1, 2, 255, 0), /a\.txt: this is no text/],
    [
      'another kind of file',
      'a.xyz',
      'x',
      /a\.xyz: this is of a kind that is not read, \.xyz; give one of \.txt/,
    ],
    [
      'an archive by the name of data',
      'a.jsonl',
      makeZip({ 'a.txt': 'x' }),
      /a\.jsonl: this is an archive; unpack it first/,
    ],
    [
      'an old Word document by another name',
      'a.docx',
      Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0),
      /a\.docx: this is an old Word document; save it as \.docx/,
    ],
    ['a broken PDF', 'a.pdf', 'no PDF', /a\.pdf: the PDF cannot be read \(/],
    [
      'a PDF of pictures',
      'a.pdf',
      makePdf([[]]),
      /a\.pdf: the PDF cannot be read \(holds pictures/,
    ],
    ['a broken Word document', 'a.docx', 'no zip', /a\.docx: the Word document cannot be read \(/],
    [
      'a Word document without text',
      'a.docx',
      makeDocx(''),
      /a\.docx: the Word document has no text/,
    ],
    [
      'a page without text',
      'a.html',
      '<body><nav>首页</nav></body>',
      /a\.html: the page shows no text/,
    ],
  ])('%s', async (_name, name, content, message) => {
    const error = await readAll(file(name, content)).then(
      () => null,
      (thrown: Error) => thrown.message,
    )
    expect(error).toMatch(message)
    expect(error).toMatch(/^[^\n]+\.$/)
  })

  test('a file that is not there', async () => {
    await expect(readAll('nowhere/a.txt')).rejects.toThrow(
      /^nowhere\/a\.txt: there is no such file; /,
    )
  })

  test('a folder', async () => {
    const path = join(tempFolder(), 'folder.txt')
    mkdirSync(path)
    await expect(readAll(path)).rejects.toThrow(/this is a folder/)
  })

  test('a file above 50 MB, but no .jsonl of that size', async () => {
    const path = file('a.txt', 'x')
    truncateSync(path, 50 * 1024 * 1024 + 1)
    await expect(readAll(path)).rejects.toThrow(/the file has 51 MB, more than the 50 MB/)
  })

  // Root may read everything.
  test.skipIf(process.getuid?.() === 0)('a file without permission', async () => {
    const path = file('a.txt', 'x')
    chmodSync(path, 0)
    await expect(readAll(path)).rejects.toThrow(/no permission to read it/)
  })
})
