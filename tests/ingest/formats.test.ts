import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { Passage } from '../../src/corpus.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { openLedger } from '../../src/ingest/ledger.ts'
import { openReaders } from '../../src/ingest/reading/open-readers.ts'
import { repairCharacters } from '../../src/ingest/repair/repair-characters.ts'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { trace } from '../../src/traced.ts'
import { tempFolder } from '../support/temp.ts'
import { makeDocx, paragraph, table } from './read/make-docx.ts'
import { makePdf } from './read/make-pdf.ts'
import { makeXlsx } from './read/make-xlsx.ts'

const LINES = [
  '市里出台办法支持企业贷款',
  '近日，市金融工作局推出信用贷款，全市 20家企业获得贷款 2.86亿元，最高 300万元，',
  '无需抵押。企业可在网上申报，３个工作日办结。',
]
const text = LINES.join('\n')

const FILES: Record<string, string | Uint8Array> = {
  'a.txt': text,
  'b.md': `# ${LINES[0]}\n\n${LINES[1]}${LINES[2]}\n`,
  'c.html': `<html><head><title>x</title></head><body><nav>首页 新闻 更多栏目</nav><article><h1>${LINES[0]}</h1><p>${LINES[1]}${LINES[2]}</p></article></body></html>`,
  'd.docx': makeDocx(
    paragraph(LINES[0]!, 'Heading1') +
      paragraph(LINES[1]! + LINES[2]!) +
      table([
        ['指标', '2023年'],
        ['贷款余额', '102.13亿元'],
      ]),
  ),
  'e.pdf': makePdf([LINES.map((line, i) => ({ text: line, x: 60, y: 700 - 24 * i, size: 12 }))]),
  'f.jsonl': `${JSON.stringify({ title: LINES[0], text: `${LINES[1]}${LINES[2]}`, date: '2024-05-06' })}\n`,
}

const NAMES = ['标题', '发布日期', '正文']
const ROW = [LINES[0]!, '2024-05-06', `${LINES[1]}${LINES[2]}`]
FILES['g.csv'] = [NAMES, ROW].map((cells) => cells.join(',')).join('\n')
FILES['h.xlsx'] = makeXlsx({ 文章: [NAMES, ROW] })
// Files whose ending lies.
FILES['i.txt'] = FILES['c.html']!
FILES['k.txt'] = [1, 2]
  .map(
    (day) => `标题：${LINES[0]}\n时间：2024-05-0${day}\n正文：${LINES[1]}${LINES[2]}第${day}批。\n`,
  )
  .join('')
FILES['j.doc'] = FILES['d.docx']!

const readers = openReaders('articles')
afterAll(() => readers.close())

const Line = z.object({ text: z.string() })
const letters = (words: string) => words.replace(/[^\p{L}\p{N}]/gu, '')

test.each(Object.keys(FILES))(
  'every passage of %s is the repaired text at its spans',
  async (name) => {
    const folder = tempFolder()
    const file = join(folder, name)
    writeFileSync(file, FILES[name]!)
    const index = openEmbeddedIndex(join(folder, 'index.sqlite'))
    const ledger = openLedger(join(folder, 'ingest.sqlite'), await index.identity())
    onTestFinished(async () => {
      ledger.close()
      await index.close()
    })
    await ingest([file], { index, ledger, readers })
    const source = sourceText(ledger.extractedText(name), file)
    const repaired = repairCharacters(trace(source)).text
    const at = new Map([...repaired.origin].map((from, i) => [from, repaired.text[i]!]))

    const passages: Passage[] = []
    for await (const { id } of index.articles()) passages.push(...(await index.passages(id)))
    for (const { spans, text: words } of passages) {
      const there = spans.flatMap(({ start, end }) =>
        Array.from({ length: end - start }, (_, i) => at.get(start + i) ?? ''),
      )
      expect(letters(there.join(''))).toBe(letters(words))
    }
    const all = passages.map(({ text: words }) => words).join('')
    for (const words of ['20家企业获得贷款2.86亿元', '无需抵押', '3个工作日办结'])
      expect(all).toContain(words)
  },
)

/** What the offsets of a source point into: the text as extracted, a line's or row's own, or the file. */
function sourceText(extracted: string | undefined, file: string): string {
  if (/\.(?:csv|xlsx)$/.test(file)) return ROW[2]!
  const written = extracted ?? readFileSync(file, 'utf8')
  return file.endsWith('.jsonl') ? Line.parse(JSON.parse(written)).text : written
}
