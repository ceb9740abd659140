import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ingestReport, outcomeLine } from '../../src/cli/ingest-report.ts'
import { type Outcome, ingest } from '../../src/ingest/ingest.ts'
import { openLedger } from '../../src/ingest/ledger.ts'
import { openReaders } from '../../src/ingest/reading/open-readers.ts'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { makeDocx, makeZip, paragraph } from '../ingest/read/make-docx.ts'
import { makePdf, toGbk } from '../ingest/read/make-pdf.ts'
import { makeXlsx } from '../ingest/read/make-xlsx.ts'
import { tempFolder } from '../support/temp.ts'

const news = (town: string) =>
  `本报讯（记者 王某）3月2日，${town}镇向县报介绍，今年镇里为${town}街120家小店减免水费，最高减300元，不用申请，次月到账。`
const page = (town: string) =>
  `<html><body><article><h1>${town}减免水费</h1><p>${news(town)}</p></article></body></html>`
const OLD_OFFICE = Buffer.concat([
  Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
  Buffer.from('WordDocument', 'utf16le'),
])

/** What a paper's folder holds after some years. */
const FILES: Readonly<Record<string, string | Uint8Array>> = {
  '2024/一版.txt': toGbk(`甲河减免水费\n\n${news('甲河')}`),
  '2024/二版.md': `# 乙山减免水费\n\n${news('乙山')}`,
  '2024/网页.html': page('丙林'),
  '2024/网页_files/frame.html': page('广告'),
  '2024/网页_files/a.js': 'x',
  '2024/通知.docx': makeDocx(paragraph('丁桥减免水费', 'Heading1') + paragraph(news('丁桥'))),
  '2024/版面.pdf': makePdf([[{ x: 60, y: 700, text: news('戊塘').slice(0, 40) }]]),
  'data/旧报.jsonl': `${JSON.stringify({ title: '己坡减免水费', text: news('己坡') })}\n不是数据\n`,
  'data/台账.csv': `标题,正文\n庚湾减免水费,${news('庚湾')}`,
  'data/汇总.xlsx': makeXlsx({
    一: [
      ['标题', '正文'],
      ['辛店减免水费', news('辛店')],
    ],
  }),
  'data/抓取.txt': `2024-03-02 08:15，正文：${news('壬溪')}\n2024-03-03 08:15，正文：${news('癸岭')}`,
  'lies/网页.txt': page('子庄'),
  'lies/网页.doc': page('丑寨'),
  'lies/文档.txt': makeDocx(paragraph('寅川减免水费', 'Heading1') + paragraph(news('寅川'))),
  'lies/旧.docx': OLD_OFFICE,
  'lies/照片.txt': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
  'empty/空.txt': '',
  'empty/空白.md': ' \n\n',
  'empty/图片.pdf': makePdf([[]]),
  'empty/目录.html': '<body><nav>首页</nav></body>',
  'empty/无正文.csv': '标题,日期\n水费,2024-03-02\n',
  'old/报告.doc': OLD_OFFICE,
  'old/通知.doc': OLD_OFFICE,
  'old/简报.wps': OLD_OFFICE,
  'old/名册.xls': OLD_OFFICE,
  'old/汇报.ppt': OLD_OFFICE,
  'old/公报.ofd': makeZip({ 'OFD.xml': '' }),
  'old/全部.zip': makeZip({ 'a.txt': 'x' }),
  'photos/1.jpg': 'x',
  'photos/2.JPG': 'x',
  'photos/3.png': 'x',
  '县报.url': '[InternetShortcut]',
  '.DS_Store': 'x',
  '~$通知.docx': 'x',
}

test.skipIf(process.platform === 'win32')('a folder tells all of itself', async () => {
  const folder = tempFolder()
  for (const [name, content] of Object.entries(FILES)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  symlinkSync(join(folder, '2024'), join(folder, '今年'))
  symlinkSync('..', join(folder, 'data/上级'))
  execFileSync('mkfifo', [join(folder, 'pipe.txt')])
  const state = tempFolder()
  const index = openEmbeddedIndex(join(state, 'index.sqlite'))
  const ledger = openLedger(join(state, 'ingest.sqlite'), await index.identity())
  const readers = openReaders('articles')
  onTestFinished(async () => {
    readers.close()
    ledger.close()
    await index.close()
  })

  const outcomes = await ingest([folder], { index, ledger, readers })
  const names = (status: Outcome['status']) =>
    outcomes
      .filter((outcome) => outcome.status === status)
      .map(({ source }) => source.replace(`${folder}/`, ''))
  expect(names('new')).toEqual([
    '2024/一版.txt',
    '2024/二版.md',
    '2024/版面.pdf',
    '2024/网页.html',
    '2024/通知.docx',
    'data/台账.csv',
    'data/抓取.txt',
    'data/旧报.jsonl',
    'data/汇总.xlsx',
    'lies/文档.txt',
    'lies/网页.doc',
    'lies/网页.txt',
  ])
  const empty = Object.keys(FILES).filter((name) => name.startsWith('empty/'))
  expect(names('failed').toSorted()).toEqual([...empty, 'lies/旧.docx', 'lies/照片.txt'].toSorted())
  for (const outcome of outcomes) {
    if (outcome.status === 'failed') expect(outcomeLine(outcome)).toMatch(/^✗ \S+\.\w+: \S.*\.$/u)
  }
  expect(ingestReport(outcomes, 1234).split('\n')).toEqual([
    '– 1 skipped: the parts of a saved page; the page is read without them (2024/网页_files)',
    '– 1 .zip skipped: an archive; unpack it first (old/全部.zip)',
    '– 1 .ofd skipped: a page in a format of its own; save it as .pdf (old/公报.ofd)',
    '– 1 .xls skipped: an old Excel table; save it as .xlsx or .csv (old/名册.xls)',
    '– 2 .doc skipped: an old Word document; save it as .docx (old/报告.doc, old/通知.doc)',
    '– 1 .ppt skipped: slides; save them as .pdf (old/汇报.ppt)',
    '– 1 .wps skipped: a WPS document; save it as .docx (old/简报.wps)',
    '– 2 .jpg, 1 .png skipped: a picture; recognise its text first, and give that (photos/1.jpg, photos/2.JPG, photos/3.png)',
    '– 1 .txt skipped: a pipe, a socket or a device; give a file (pipe.txt)',
    '– 1 .url skipped: a link; save the page that it leads to (县报.url)',
    expect.stringMatching(
      /^12 read \(13 articles, \d+ passages\), 13 skipped, 7 failed, 1 line unread, 1\.23 s$/u,
    ),
  ])

  const again = await ingest([folder], { index, ledger, readers })
  const problems = (all: readonly Outcome[]) =>
    all.flatMap((o) => ('error' in o ? [o.error] : 'problems' in o ? o.problems : [])).toSorted()
  expect(problems(again)).toEqual(problems(outcomes))
})

test('of a dry run says what would be done', () => {
  const removed: Outcome = { source: 'a.txt', status: 'removed' }
  expect(outcomeLine(removed, true)).toBe('− a.txt: would be removed')
  expect(ingestReport([removed], 0, true)).toBe('1 would be removed, 0.00 s')
  expect(outcomeLine(removed)).toBe('− a.txt: removed')
})

test('of a file whose lines are all bad tells some', () => {
  const problems = Array.from({ length: 25 }, (_, i) => `a.csv:${i}: the row has no text.`)
  const outcome: Outcome = { source: 'a.csv', status: 'unchanged', problems }
  const lines = outcomeLine(outcome)?.split('\n')
  expect(lines).toHaveLength(11)
  expect(lines?.at(-1)).toBe('✗ … and 15 more lines of the same file')
  expect(ingestReport([outcome], 0)).toBe('Nothing changed: 1 unchanged, 25 lines unread, 0.00 s')
})
