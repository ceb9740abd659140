import { expect, test } from 'vitest'
import { trueEnding } from '../../../src/ingest/read/true-ending.ts'
import { makeDocx, makeZip } from './make-docx.ts'
import { toGbk } from './make-pdf.ts'

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding)
const oldOffice = (part: string) =>
  Buffer.concat([
    Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
    Buffer.alloc(5000),
    bytes(part, 'utf16le'),
  ])

test.each([
  ['a PDF', '.txt', bytes('%PDF-1.7'), '.pdf'],
  ['a PDF behind a blank line', '.pdf', bytes('\n%PDF-1.7'), '.pdf'],
  ['a Word document', '.doc', makeDocx(''), '.docx'],
  ['an Excel table', '.xlsm', makeZip({ 'xl/workbook.xml': '' }), '.xlsx'],
  ['slides', '.docx', makeZip({ 'ppt/presentation.xml': '' }), '.pptx'],
  ['an OFD', '.pdf', makeZip({ 'OFD.xml': '' }), '.ofd'],
  ['an archive', '.docx', makeZip({ 'a.txt': '' }), '.zip'],
  ['an old Word document', '.docx', oldOffice('WordDocument'), '.doc'],
  ['an old Excel table', '.docx', oldOffice('Workbook'), '.xls'],
  ['a locked document', '.docx', oldOffice('EncryptedPackage'), '.locked'],
  ['an RTF', '.doc', bytes('{\\rtf1\\ansi'), '.rtf'],
  ['a picture', '.txt', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), '.jpg'],
  ['a web page', '.txt', bytes('\uFEFF\n<!-- saved --><!DOCTYPE html>'), '.html'],
  ['a web page in UTF-16', '.txt', bytes('\uFEFF<html lang="zh">', 'utf16le'), '.html'],
  ['a web page that is XML', '.doc', bytes('<?xml version="1.0"?>\n<html>'), '.html'],
  ['a piece of a page', '.txt', bytes('<div class="content"><p>县里'), '.html'],
  ['a page packed for mail', '.html', bytes('MIME-Version: 1.0\nContent-Type: …'), '.mht'],
  [
    'Word as XML',
    '.doc',
    bytes('<?xml version="1.0"?><?mso-application progid="Word.Document"?>'),
    '.doc',
  ],
  ['a table of text', '.xls', toGbk('标题\t正文\n县里办新厂\t今年以来'), '.csv'],
  ['a notice of text', '.wps', bytes('县里办新厂。'), '.txt'],
  ['lines of JSON', '.txt', bytes('{"title":"甲","text":"乙"}\n'), '.jsonl'],
  ['text', '.txt', toGbk('县里办新厂。'), '.txt'],
  ['text that speaks of tags', '.txt', bytes('<企业名录>共20家'), '.txt'],
  ['Markdown that begins with a tag', '.md', bytes('<div align="center">\n\n# 县里'), '.md'],
  ['a web page', '.htm', bytes('<p>县里'), '.htm'],
  ['nothing', '.doc', bytes(''), '.doc'],
])('sees %s in a %s', (_what, ending, content, found) => {
  expect(trueEnding(content, ending)).toBe(found)
})
