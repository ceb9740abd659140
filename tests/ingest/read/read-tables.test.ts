import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { columnsOf } from '../../../src/ingest/read/columns.ts'
import { readSource } from '../../../src/ingest/read/read-source.ts'
import { tempFolder } from '../../support/temp.ts'
import { makeZip } from './make-docx.ts'
import { toGbk } from './make-pdf.ts'
import { makeXlsx } from './make-xlsx.ts'

async function read(name: string, content: string | Uint8Array) {
  const path = join(tempFolder(), name)
  writeFileSync(path, content)
  const problems: string[] = []
  const texts = await Array.fromAsync(readSource(path, ({ message }) => problems.push(message)))
  return { texts, problems }
}

const NOTHING = { id: null, title: null, date: null, place: null, publication: null, url: null }

test.each([
  [['标题', '正文'], { title: 0, text: 1 }],
  [['题目', '全文', '内容'], { title: 0, text: 1 }],
  [['Title', ' Content ', 'publish_time'], { title: 0, text: 1, date: 2 }],
  [['时间', '发布日期（年月日）', '*内容'], { date: 1, text: 2 }],
  [['来源', '媒体名称', '正文', '链接', '编号'], { publication: 1, text: 2, url: 3, id: 4 }],
])('columns %j are %j', (names, columns) => {
  expect(Object.fromEntries(columnsOf(names) ?? [])).toEqual(columns)
})

test.each([[['标题', '日期']], [['正文字数', '内容分类']], [[]]])(
  'columns %j hold no text',
  (names) => {
    expect(columnsOf(names)).toBeNull()
  },
)

describe('a .csv', () => {
  const table = [
    '编号,标题,发布日期,报纸,正文,地区,网址,版次',
    '7,东岭县减免水费,2023-08-11,东岭日报,"全县120家企业减免水费，\n共""30万元"", 不用申请。",东岭县,https://a.example/7,2',
    ',,,,,,,',
    '8,,,,养老金每月涨20元。,,,',
  ].join('\r\n')

  test('gives one text a row, with what its columns say', async () => {
    const { texts, problems } = await read('a.csv', table)
    expect(problems).toEqual([])
    expect(texts).toMatchObject([
      {
        text: '全县120家企业减免水费，\n共"30万元", 不用申请。',
        line: 2,
        extracted: false,
        given: {
          id: '7',
          title: '东岭县减免水费',
          date: '2023-08-11',
          place: '东岭县',
          publication: '东岭日报',
          url: 'https://a.example/7',
        },
      },
      { text: '养老金每月涨20元。', line: 4, given: { ...NOTHING, id: '8' } },
    ])
  })

  const rows = [
    ['标题', '内容'],
    ['水费', '水费减免。'],
    ['电费', '电费, 气费; 都减。'],
  ]
  test.each([
    ['commas in GB18030', toGbk(rows.map((r) => r.map((c) => `"${c}"`).join(',')).join('\n'))],
    [
      'commas in UTF-8 with a mark',
      `\uFEFF${rows.map((r) => r.map((c) => `"${c}"`).join()).join('\n')}`,
    ],
    ['semicolons', rows.map((r) => r.map((c) => `"${c}"`).join(';')).join('\n')],
    [
      'semicolons said first',
      `sep=;\n${rows.map((r) => r.map((c) => `"${c}"`).join(';')).join('\n')}`,
    ],
    ['tabs', rows.map((r) => r.join('\t')).join('\n')],
    ['tabs in UTF-16', Buffer.from(`\uFEFF${rows.map((r) => r.join('\t')).join('\n')}`, 'utf16le')],
  ])('is read with %s', async (_how, content) => {
    const { texts } = await read('a.csv', content)
    expect(texts.map(({ given, text }) => [given.title, text])).toEqual(rows.slice(1))
  })

  test('is read below a title of its own, and as a .tsv or an .xls that is text', async () => {
    const content = '2023年东岭日报报道\n\n标题\t正文\n水费\t水费减免。'
    for (const name of ['a.csv', 'a.tsv', 'a.xls'])
      expect((await read(name, content)).texts).toMatchObject([{ text: '水费减免。', line: 4 }])
  })

  test('tells rows that it cannot read, and reads the rest', async () => {
    const content = '标题,正文\n水费,\n电费,电费减半。\n气费,"气费不变。\n房租,房租免收。'
    const { texts, problems } = await read('a.csv', content)
    expect(texts.map(({ text }) => text)).toEqual(['电费减半。'])
    expect(problems).toEqual([
      expect.stringMatching(/a\.csv:4: the row cannot be read \(.*quotation marks\.$/u),
      expect.stringMatching(/a\.csv:2: the row has no text; /u),
    ])
  })

  test('says which columns it has when none is the text', async () => {
    await expect(read('a.csv', '标题;日期;字数\n水费;2023-08-11;120')).rejects.toThrow(
      /a\.csv: none of the columns is the articles' text \(标题, 日期, 字数\); name it 正文 or text\.$/u,
    )
  })
})

describe('an .xlsx', () => {
  const articles = [
    ['编号', '标题', '日期', '正文'],
    [20230801, '水费减免', new Date(Date.UTC(2023, 7, 11)), ' 水费减免&amp;公示，\n共30万元。'],
    [],
    [null, '电费', '2023年8月12日', 3.5],
  ]

  test('gives one text a row, days as days, of every sheet with texts', async () => {
    const more = [['内容'], ['房租免收。']]
    const content = makeXlsx({ 文章: articles, 说明: [['说明'], ['略']], 补充: more })
    const { texts, problems } = await read('a.xlsx', content)
    expect(problems).toEqual([])
    expect(texts.map(({ given, text, line }) => [given.id, given.date, text, line])).toEqual([
      ['20230801', '2023-08-11', ' 水费减免&公示，\n共30万元。', 2],
      [null, '2023年8月12日', '3.5', 4],
      [null, null, '房租免收。', 8],
    ])
  })

  test('names the sheet of a row without text', async () => {
    const sheet = [
      ['标题', '正文'],
      ['水费', null],
      ['电费', '电费减半。'],
    ]
    const { problems } = await read('a.xlsx', makeXlsx({ 一: sheet, 二: [['略']] }))
    expect(problems).toEqual([expect.stringMatching(/a\.xlsx:一:2: the row has no text/u)])
  })

  test.each([
    ['without a column of text', makeXlsx({ 一: [['标题', '日期']] }), /\(标题, 日期\); name it/u],
    [
      'that is broken',
      makeZip({ 'xl/workbook.xml': '<workbook' }),
      /the Excel file cannot be read \(/u,
    ],
    ['that is no zip', 'text', /the Excel file cannot be read \(/u],
  ])('%s is refused in a sentence', async (_what, content, message) => {
    await expect(read('a.xlsx', content)).rejects.toThrow(message)
  })

  test('that unpacks to more than can be read is not unpacked', async () => {
    const { zipSync } = await import('fflate')
    const content = zipSync({ 'xl/workbook.xml': new Uint8Array(101 * 1024 * 1024) })
    expect(content.length).toBeLessThan(1_000_000)
    await expect(read('a.xlsx', content)).rejects.toThrow(/it unpacks to more than 100 MB/u)
  })
})
