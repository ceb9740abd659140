import { makeDocx, paragraph, table } from '../ingest/read/make-docx.ts'
import { makePdf } from '../ingest/read/make-pdf.ts'
import { makeXlsx } from '../ingest/read/make-xlsx.ts'

/** A sentence that makes an article of what stands beside it. */
export const SENTENCE =
  '县里从本月起对安装节水器具的居民给予奖励，由各镇在年底统一发放到户主的社保卡里。'
const TITLE = '节水奖励办法公布'
const ROW = ['标题', '正文']
/** Characters in a line of a page, and lines on a page of a PDF. */
const LINE = 40
const LINES = 60

/** A file of each format with a text in it, whole or in lines, by the name that it is read under. */
export const FORMATS: Readonly<Record<string, (text: string) => string | Uint8Array>> = {
  'whole.txt': (text) => `${TITLE}\n\n${SENTENCE}${text}\n${SENTENCE}\n`,
  'lines.txt': (text) =>
    `本报讯（记者 周宁）${SENTENCE}\n${lines(text).join('\n')}\n\n${SENTENCE}\n`,
  'columns.txt': (text) =>
    lines(text)
      .map((line) => `${line.padEnd(60)}${SENTENCE}`)
      .join('\n'),
  'whole.md': (text) => `# ${TITLE}\n\n${SENTENCE}${text}\n\n${SENTENCE}\n`,
  'cells.md': (text) =>
    `# ${TITLE}\n\n${SENTENCE}\n\n| 甲 | 乙 |\n|---|---|\n| 1 | ${text.replaceAll('\n', ' ')} |\n`,
  'whole.html': (text) => html(`<p>${SENTENCE}${escaped(text)}</p><p>${SENTENCE}</p>`),
  'lines.html': (text) =>
    html(
      lines(text)
        .map((line) => `<p>${escaped(line)}</p>`)
        .join(''),
    ),
  'raw.html': (text) => html(`<p>${SENTENCE}</p><pre>${text}</pre>`),
  'title.html': (text) => html(`<p>${SENTENCE}</p>`.repeat(3), escaped(text)),
  'whole.docx': (text) =>
    makeDocx(paragraph(TITLE, 'Heading1') + paragraph(SENTENCE + escaped(text))),
  'lines.docx': (text) =>
    makeDocx(
      paragraph(TITLE, 'Heading1') +
        lines(text)
          .map((line) => paragraph(escaped(line)))
          .join(''),
    ),
  'cells.docx': (text) =>
    makeDocx(
      paragraph(TITLE, 'Heading1') + table(lines(text).map((line) => ['甲', escaped(line)])),
    ),
  'lines.pdf': (text) => {
    const all = [TITLE, SENTENCE, ...lines(text)]
    const pages = Array.from({ length: Math.ceil(all.length / LINES) }, (_, i) =>
      all.slice(i * LINES, (i + 1) * LINES),
    )
    return makePdf(
      pages.map((page) =>
        page.map((line, i) => ({ text: line, x: 60, y: 800 - 12 * i, size: 10 })),
      ),
    )
  },
  'whole.jsonl': (text) => `${JSON.stringify({ title: TITLE, text: SENTENCE + text })}\n`,
  'fields.jsonl': (text) =>
    `${JSON.stringify({ title: text, text: SENTENCE, date: '2024-05-06', place: text, publication: text })}\n`,
  'row.csv': (text) =>
    [ROW, [TITLE, SENTENCE + text]].map((row) => row.map(quoted).join(',')).join('\n'),
  'row.xlsx': (text) => makeXlsx({ 文章: [ROW, [TITLE, escaped(SENTENCE + text)]] }),
}

/** In lines of a page; what has line feeds of its own is in lines already. */
const lines = (text: string) =>
  text.split('\n').flatMap((line) => line.match(new RegExp(`.{1,${LINE}}`, 'gsu')) ?? [''])

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

const html = (body: string, title = TITLE) =>
  `<html><head><title>${title}</title></head><body><h1>${title}</h1><article>${body}</article></body></html>`
