import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findFiles } from '../../src/ingest/find-files.ts'
import { tempFolder } from '../support/temp.ts'
import { makeDocx, paragraph } from './read/make-docx.ts'

const OLD_OFFICE = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0)

function folderOf(files: Record<string, string | Uint8Array>): string {
  const folder = tempFolder()
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

const sources = async (...paths: string[]) =>
  (await findFiles(paths)).files.map(({ source }) => source)

test('finds the readable files of a folder in one order, and hidden ones not at all', async () => {
  const folder = folderOf({
    'b.txt': 'x',
    'a/2.html': 'x',
    'a/1.PDF': 'x',
    '.git/c.txt': 'x',
    '.hidden.txt': 'x',
    '~$报告.docx': 'x',
    'Thumbs.db': 'x',
  })
  expect(await findFiles([folder])).toMatchObject({
    files: [{ source: 'a/1.PDF' }, { source: 'a/2.html' }, { source: 'b.txt' }],
    skipped: [],
    problems: [],
  })
})

test.skipIf(process.platform !== 'linux')(
  'a name in the letters of an old Windows is told as it was meant, and how to mend it',
  async () => {
    const folder = folderOf({ 'a.txt': 'x', 'sub/b.txt': 'x' })
    const gbk = (name: string) => Buffer.from(`${folder}/sub/${name}`, 'latin1')
    // 濮阳日报.txt, and the folder 报纸.
    writeFileSync(gbk('\xe5\xa7\xd1\xf4\xc8\xd5\xb1\xa8.txt'), 'x')
    mkdirSync(gbk('\xb1\xa8\xd6\xbd'))
    const { files, skipped, problems } = await findFiles([folder])
    expect(files.map(({ source }) => source)).toEqual(['a.txt', 'sub/b.txt'])
    expect(skipped).toEqual([])
    expect(problems).toEqual(
      ['报纸', '濮阳日报.txt'].map((name) => ({
        path: join(folder, 'sub', name),
        error: expect.stringMatching(`/${name}: its name .*convmv -r -f gbk -t utf8 .*/sub\\)`),
      })),
    )
    const [named] = (await findFiles([join(folder, 'sub', '����.txt')])).problems
    expect(named?.error).toContain('convmv')
  },
)

test.each([
  ['通知.doc', OLD_OFFICE, /old Word document; save it as \.docx$/u],
  ['通知.wps', OLD_OFFICE, /WPS document; save it as \.docx$/u],
  ['台账.xls', OLD_OFFICE, /old Excel table; save it as \.xlsx or \.csv$/u],
  ['公报.ofd', 'PK', /save it as \.pdf$/u],
  ['汇报.ppt', OLD_OFFICE, /slides; save them as \.pdf$/u],
  ['材料.zip', 'PK', /archive; unpack it first$/u],
  ['版面.jpg', 'x', /picture; recognise its text first, and give that$/u],
  ['网页.mht', 'x', /save it as \.html$/u],
  ['县报.url', '[InternetShortcut]', /link; save the page that it leads to$/u],
  ['articles.json', '[]', /as \.jsonl, one a line/u],
  ['什么.xyz', 'x', /not read, \.xyz; give one of \.txt/u],
  ['没有结尾', 'x', /without an ending; give one of \.txt/u],
])(
  'says why %s is skipped, or not read where it is named itself',
  async (name, content, reason) => {
    const folder = folderOf({ [name]: content })
    const { files, skipped, problems } = await findFiles([folder])
    expect({ files, problems }).toEqual({ files: [], problems: [] })
    expect(skipped).toMatchObject([{ source: name, reason: expect.stringMatching(reason) }])
    const named = await findFiles([join(folder, name)])
    expect(named).toMatchObject({
      files: [],
      skipped: [],
      problems: [{ error: `${join(folder, name)}: this is ${skipped[0]?.reason}.` }],
    })
  },
)

test.each([
  ['a web page', '通知.doc', '<html><body>县里办新厂。'],
  ['a PDF', '通知.wps', '%PDF-1.4'],
  ['a newer document', '通知.doc', makeDocx(paragraph('县里办新厂。'))],
  ['plain text', '通知.doc', '县里办新厂。'],
  ['a PDF without an ending', '通知', '%PDF-1.4'],
])('reads %s that is named otherwise', async (_what, name, content) => {
  expect(await sources(folderOf({ [name]: content }))).toEqual([name])
})

test('takes the folder beside a saved page for its parts', async () => {
  const folder = folderOf({
    '新闻.html': 'x',
    '新闻_files/frame.html': 'x',
    '新闻_files/a.js': 'x',
    '其他_files/b.txt': 'x',
  })
  const { files, skipped } = await findFiles([folder])
  expect(files.map(({ source }) => source)).toEqual(['其他_files/b.txt', '新闻.html'])
  expect(skipped).toMatchObject([{ source: '新闻_files' }])
})

// Windows lets few people make links.
describe.skipIf(process.platform === 'win32')('links', () => {
  test('are followed, each file once and by where it lies', async () => {
    const folder = folderOf({ 'z/page.txt': 'x' })
    const elsewhere = folderOf({ 'far.txt': 'x', 'more/deep.txt': 'x' })
    symlinkSync(join(folder, 'z'), join(folder, 'a'))
    symlinkSync(join(folder, 'z/page.txt'), join(folder, 'b.txt'))
    symlinkSync(elsewhere, join(folder, 'c'))
    symlinkSync(join(elsewhere, 'more'), join(folder, 'd'))
    expect(await sources(folder, join(folder, 'z'))).toEqual([
      'z/page.txt',
      'c/far.txt',
      'c/more/deep.txt',
    ])
  })

  test('never lead in a circle', async () => {
    const folder = folderOf({ 'x/page.txt': 'x' })
    symlinkSync(folder, join(folder, 'x/up'))
    symlinkSync(join(folder, 'x'), join(folder, 'x/self'))
    symlinkSync('round.txt', join(folder, 'round.txt'))
    symlinkSync('nowhere.txt', join(folder, 'lost.txt'))
    const { files, skipped, problems } = await findFiles([folder])
    expect(files.map(({ source }) => source)).toEqual(['x/page.txt'])
    expect(skipped.map(({ source, reason }) => [source, reason])).toEqual([
      ['lost.txt', 'a link that leads nowhere; mend it'],
      ['round.txt', 'a link that leads nowhere; mend it'],
    ])
    expect(problems).toEqual([])
  })

  test('of the hard kind are files of their own', async () => {
    const folder = folderOf({ 'a.txt': 'x' })
    linkSync(join(folder, 'a.txt'), join(folder, 'b.txt'))
    expect(await sources(folder)).toEqual(['a.txt', 'b.txt'])
  })

  test('and pipes are never opened', async () => {
    const folder = folderOf({ 'a.txt': 'x' })
    execFileSync('mkfifo', [join(folder, 'pipe.txt'), join(folder, 'pipe.doc')])
    const { files, skipped } = await findFiles([folder])
    expect(files.map(({ source }) => source)).toEqual(['a.txt'])
    expect(skipped.map(({ reason }) => reason)).toEqual(
      Array(2).fill('a pipe, a socket or a device; give a file'),
    )
    const { problems } = await findFiles([join(folder, 'pipe.txt'), '/dev/null'])
    expect(problems).toHaveLength(2)
  })
})
