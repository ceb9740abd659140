import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readArticles } from '../../src/ingest/read-articles.ts'
import { tempFolder } from '../support/temp.ts'
import { makeDocx, paragraph, table } from './read/make-docx.ts'
import { makePdf } from './read/make-pdf.ts'

const LONG = '县里从本月起对安装节水器具的居民给予奖励，由各镇在年底统一发放到户主的社保卡里。'

/** A document in each format with two pieces side by side: in elements, lines, cells, columns. */
const FORMATS: Readonly<Record<string, (left: string, right: string) => string | Uint8Array>> = {
  'spans.html': (l, r) => html(`<p>${LONG}<span>${l}</span><span>${r}</span></p>`),
  'blocks.html': (l, r) => html(`<div>${LONG}${l}</div><div>${r}${LONG}</div>`),
  'breaks.html': (l, r) => html(`<p>${LONG}${l}<br>${r}${LONG}</p>`),
  'cells.html': (l, r) =>
    html(`<p>${LONG}</p><table><tr><td>甲</td><td>${l}</td><td>${r}</td></tr></table>`),
  'lines.txt': (l, r) => `节水奖励\n\n${LONG}\n${l}\n${r}\n${LONG}\n`,
  'blocks.md': (l, r) => `# 节水奖励\n\n${LONG}${l}\n\n${r}${LONG}\n`,
  'cells.md': (l, r) => `# 节水奖励\n\n${LONG}\n\n| 甲 | 乙 |\n|---|---|\n| ${l} | ${r} |\n`,
  'page.txt': (l, r) =>
    `本报讯（记者 周宁）${LONG}\n${l}\n\n${r}${LONG}\n\n本报讯（记者 何田）${LONG}\n`,
  'blocks.docx': (l, r) =>
    makeDocx(paragraph('节水奖励', 'Heading1') + paragraph(LONG + l) + paragraph(r + LONG)),
  'items.docx': (l, r) =>
    makeDocx(
      paragraph('节水奖励', 'Heading1') +
        (paragraph(LONG.slice(0, -1) + l) + paragraph(r + LONG.slice(0, -1))).repeat(4),
    ),
  'cells.docx': (l, r) =>
    makeDocx(
      paragraph('节水奖励', 'Heading1') +
        paragraph(LONG) +
        table([
          ['甲', '乙'],
          [l, r],
        ]),
    ),
  'columns.pdf': (l, r) =>
    makePdf([
      [
        { text: LONG, x: 60, y: 700, size: 10 },
        { text: l, x: 60, y: 660, size: 10 },
        { text: r, x: 300, y: 660, size: 10 },
      ],
    ]),
  'line.jsonl': (l, r) => `${JSON.stringify({ text: `${LONG}${l}\n${r}${LONG}` })}\n`,
}
const html = (body: string) =>
  `<html><head><title>节水奖励</title></head><body><h1>节水奖励</h1><div>${body}</div></body></html>`

const digits = fc.stringMatching(/^[1-9]\d{0,3}$/)
const pieces = fc.tuple(
  fc.constantFrom('', '满', '16:01:'),
  digits,
  digits,
  fc.constantFrom('', '岁以下', '万元', '人收藏'),
)

test.each(Object.keys(FORMATS))(
  'figures that a boundary parts in %s are never one',
  async (name) => {
    const folder = tempFolder()
    const run = async ([before, left, right, after]: [string, string, string, string]) => {
      // 1 and 6 are 16 also where 16:01 is printed.
      fc.pre(!before.includes(left + right))
      const file = join(folder, name)
      writeFileSync(file, FORMATS[name]!(before + left, right + after))
      let read = 0
      for await (const { articles } of readArticles(file, name, () => {})) {
        read += articles.length
        for (const { headline, text, byline } of articles) {
          const figures = [headline, text, JSON.stringify(byline)].join('\n').match(/\d+/gu) ?? []
          expect(figures).not.toContain(left + right)
        }
      }
      // What reads nothing joins nothing either.
      expect(read).toBeGreaterThan(0)
    }
    await fc.assert(fc.asyncProperty(pieces, run), { numRuns: 25 })
  },
)
