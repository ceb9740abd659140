/** Files that were made to end, hang or fill whoever reads them. */
import { execFileSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, deflateRawSync } from 'node:zlib'
import { makeDocx, makeZip, paragraph, rows, cell, run, runs } from '../ingest/read/make-docx.ts'
import { assemble } from '../ingest/read/make-pdf.ts'

export interface Bomb {
  /** With its ending. */
  readonly name: string
  /** Writes it at a path. */
  readonly make: (path: string) => void
}

const MEGABYTE = 1024 * 1024

/** All bombs, by what reads them. */
export function makeBombs(): readonly Bomb[] {
  return [
    ...archives(),
    ...documents(),
    ...tables(),
    ...webPages(),
    ...pdfs(),
    ...dataFiles(),
    ...texts(),
    ...noFiles(),
  ]
}

const written =
  (content: () => string | Uint8Array) =>
  (path: string): void =>
    writeFileSync(path, content())

const bomb = (name: string, content: () => string | Uint8Array): Bomb => ({
  name,
  make: written(content),
})

// Archives

/** An entry of an archive by hand: what it says of itself need not be so. */
interface Entry {
  readonly name: string
  readonly data: Uint8Array
  readonly method?: 0 | 8
  readonly stated?: number
  /** Entries that lie where the first does. */
  readonly overlaps?: number
}

/** Packs a chunk, many times over, without ever holding what it unpacks to. */
function packed(chunk: Uint8Array, times: number): Uint8Array {
  const block = deflateRawSync(chunk, { finishFlush: constants.Z_FULL_FLUSH })
  const last = Uint8Array.of(3, 0)
  return Buffer.concat([...Array.from<Uint8Array>({ length: times }).fill(block), last])
}

const spaces = (megabytes: number) => packed(Buffer.alloc(MEGABYTE, ' '), megabytes)

function archive(entries: readonly Entry[]): Uint8Array {
  const locals: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  let count = 0
  for (const { name, data: bytes, method = 8, stated = bytes.length, overlaps = 1 } of entries) {
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(bytes.length, 14)
    common.writeUInt32LE(stated, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), bytes])
    for (let i = 0; i < overlaps; i++) {
      const own = i === 0 ? name : `word/part${i}.xml`
      const tail = Buffer.alloc(14)
      tail.writeUInt32LE(offset, 10)
      const entry = Buffer.from(common)
      entry.writeUInt16LE(own.length, 22)
      directory.push(
        Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), entry, tail, Buffer.from(own)]),
      )
      count++
    }
    locals.push(local)
    offset += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(count, 4)
  end.writeUInt16LE(count, 6)
  end.writeUInt32LE(listed.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, listed, Buffer.from('PK\u0005\u0006'), end])
}

const DOCUMENT = 'word/document.xml'

function archives(): Bomb[] {
  const gigabyte = { name: DOCUMENT, data: spaces(1024) }
  return [
    bomb('gigabyte.docx', () => archive([{ ...gigabyte, stated: 1024 * MEGABYTE }])),
    bomb('understated.docx', () => archive([{ ...gigabyte, stated: 1000 }])),
    bomb('overstated.docx', () =>
      archive([{ name: DOCUMENT, data: spaces(1), stated: 0xfffffffe }]),
    ),
    bomb('under-limit.docx', () =>
      archive([{ name: DOCUMENT, data: spaces(63), stated: 63 * MEGABYTE }]),
    ),
    bomb('overlapping.docx', () =>
      archive([
        { name: DOCUMENT, data: Buffer.alloc(MEGABYTE, ' '), method: 0, stated: 0, overlaps: 5000 },
      ]),
    ),
    bomb('overlapping-packed.docx', () =>
      archive([{ name: DOCUMENT, data: spaces(10), stated: 10 * MEGABYTE, overlaps: 1000 }]),
    ),
    bomb('many-parts.docx', () =>
      archive(
        Array.from({ length: 60_000 }, (_, i) => ({
          name: i === 0 ? DOCUMENT : `word/p${i}.xml`,
          data: Buffer.from(' '),
          method: 0 as const,
        })),
      ),
    ),
    bomb('nested.docx', () => {
      let inner: Uint8Array = archive([
        { name: 'zeros.xml', data: spaces(512), stated: 512 * MEGABYTE },
      ])
      for (let i = 0; i < 5; i++)
        inner = archive([
          { name: `${DOCUMENT}.zip`, data: inner, method: 0 },
          { name: DOCUMENT, data: inner, method: 0 },
        ])
      return inner
    }),
    bomb('picture.xlsx', () =>
      archive([
        { name: 'xl/workbook.xml', data: spaces(1), stated: MEGABYTE },
        { name: 'xl/media/picture.bin', data: spaces(2048), stated: 2048 * MEGABYTE },
      ]),
    ),
    bomb('gigabyte.xlsx', () =>
      archive([
        { name: 'xl/workbook.xml', data: spaces(1), stated: MEGABYTE },
        { name: 'xl/worksheets/sheet1.xml', data: spaces(1024), stated: 1024 * MEGABYTE },
      ]),
    ),
  ]
}

// Word

const LAUGHS = `<!DOCTYPE l [<!ENTITY l0 "哈哈">${Array.from({ length: 30 }, (_, i) => `<!ENTITY l${i + 1} "&l${i};&l${i};&l${i};&l${i};">`).join('')}]>`

function documents(): Bomb[] {
  const nest = (depth: number) => {
    const open = '<w:tbl><w:tr><w:tc>'.repeat(depth)
    return open + paragraph('深') + '</w:tc></w:tr></w:tbl>'.repeat(depth)
  }
  return [
    bomb('laughs.docx', () =>
      makeZip({
        [DOCUMENT]: `<?xml version="1.0"?>${LAUGHS}<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&l30;</w:t></w:r></w:p></w:body></w:document>`,
      }),
    ),
    bomb('tables-in-tables.docx', () => makeDocx(nest(160))),
    bomb('deeper.docx', () => makeDocx(nest(20_000))),
    bomb('attributes.docx', () =>
      makeDocx(
        `<w:p ${Array.from({ length: 1_000_000 }, (_, i) => `w:a${i}="1"`).join(' ')}>${run('多')}</w:p>`,
      ),
    ),
    bomb('paragraphs.docx', () => makeDocx(paragraph('很多段。').repeat(400_000))),
    bomb('runs.docx', () => makeDocx(runs(run('长').repeat(400_000)))),
    bomb('empty-elements.docx', () => makeDocx('<w:x/>'.repeat(4_000_000))),
    bomb('fields.docx', () =>
      makeDocx(
        runs(
          '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>IF </w:instrText></w:r>'.repeat(
            200_000,
          ),
        ),
      ),
    ),
    bomb('cells.docx', () =>
      makeDocx(
        rows(
          Array.from({ length: 20_000 }, () => [cell(paragraph('宽'), '<w:gridSpan w:val="63"/>')]),
        ),
      ),
    ),
    bomb('wide-rows.docx', () =>
      makeDocx(
        rows(
          Array.from({ length: 3 }, () =>
            Array.from({ length: 60_000 }, () => cell(paragraph('格'))),
          ),
        ),
      ),
    ),
    bomb('styles.docx', () =>
      makeDocx(Array.from({ length: 50_000 }, (_, i) => paragraph('样式。', `s${i}`)).join(''), {
        styles: Array.from(
          { length: 50_000 },
          (_, i) =>
            `<w:style w:type="paragraph" w:styleId="s${i}"><w:name w:val="n${i}"/><w:basedOn w:val="s${(i + 1) % 50_000}"/></w:style>`,
        ).join(''),
      }),
    ),
    bomb('text-boxes.docx', () =>
      makeDocx(
        '<w:p><w:r><w:txbxContent>'.repeat(160) +
          paragraph('框') +
          '</w:txbxContent></w:r></w:p>'.repeat(160),
      ),
    ),
  ]
}

// Tables

const SHEETS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATED = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

function workbook(sheet: string, strings = ''): Uint8Array {
  const head = '<?xml version="1.0" encoding="UTF-8"?>'
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATED}/${type}" Target="${target}"/>`
  const relations = (all: string) =>
    `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all}</Relationships>`
  return makeZip({
    '_rels/.rels': relations(relation('r1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `${head}<workbook xmlns="${SHEETS}" xmlns:r="${RELATED}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      relation('r1', 'worksheet', 'worksheets/sheet1.xml') +
        relation('r2', 'sharedStrings', 'sharedStrings.xml'),
    ),
    'xl/sharedStrings.xml': `${head}<sst xmlns="${SHEETS}">${strings}</sst>`,
    'xl/worksheets/sheet1.xml': `${head}<worksheet xmlns="${SHEETS}">${sheet}</worksheet>`,
  })
}

const inline = (at: string, text: string) =>
  `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`

function tables(): Bomb[] {
  const names = `<row r="1">${inline('A1', '标题')}${inline('B1', '正文')}</row>`
  return [
    bomb('far-cell.xlsx', () =>
      workbook(
        `<dimension ref="A1:XFD1048576"/><sheetData>${names}<row r="1048576">${inline('XFD1048576', '远')}</row></sheetData>`,
      ),
    ),
    bomb('shared.xlsx', () =>
      workbook(
        `<sheetData>${names}${Array.from({ length: 100_000 }, (_, i) => `<row r="${i + 2}"><c r="B${i + 2}" t="s"><v>0</v></c></row>`).join('')}</sheetData>`,
        `<si><t>${'企业可以申请。'.repeat(100_000)}</t></si>`,
      ),
    ),
    bomb('laughs.xlsx', () =>
      workbook(`${LAUGHS}<sheetData>${names}<row r="2">${inline('B2', '&l30;')}</row></sheetData>`),
    ),
    bomb('rows.xlsx', () =>
      workbook(`<sheetData>${names}${'<row/>'.repeat(3_000_000)}</sheetData>`),
    ),
    bomb('columns.csv', () => `标题,正文\n${','.repeat(20_000_000)}`),
    bomb('one-line.csv', () => `标题,正文\n甲,${'企业可以申请'.repeat(3_000_000)}`),
    bomb('quote.csv', () => `标题,正文\n甲,"${'企业，"可以申请\n'.repeat(500_000)}`),
    bomb('rows.csv', () => `标题,正文\n${'甲,\n'.repeat(3_000_000)}`),
  ]
}

// Web pages

const page = (body: string, head = '') =>
  `<!doctype html><html><head><title>通知</title>${head}</head><body><h1>关于支持企业的通知</h1><p>近日，市里出台办法，支持企业贷款。</p>${body}</body></html>`

function webPages(): Bomb[] {
  const nested = (tag: string, times: number) =>
    `<${tag}>`.repeat(times) + '深' + `</${tag}>`.repeat(times)
  return [
    bomb('bold.html', () => page(nested('b', 43_000))),
    bomb('unclosed.html', () => page('<font><p>字。'.repeat(40_000))),
    bomb('divs.html', () => page(nested('div', 100_000))),
    bomb('tables.html', () => page('<table><tr><td>'.repeat(12_000) + '深')),
    bomb('rules.html', () =>
      page(
        Array.from({ length: 15_000 }, (_, i) => `<p class="c${i}">企业可以申请。</p>`).join(''),
        `<style>${Array.from({ length: 15_000 }, (_, i) => `.c${i} .d{display:none}`).join('')}</style>`,
      ),
    ),
    bomb('buttons.html', () => page(`<p>${'<span><a>打印</a></span>'.repeat(15_000)}</p>`)),
    bomb('links.html', () =>
      page(`<div>${'<a href="#">企业贷款办法出台</a> '.repeat(60_000)}</div>`),
    ),
    bomb('attribute.html', () => page(`<p class="${'a '.repeat(5_000_000)}">长</p>`)),
    bomb('attributes.html', () =>
      page(`<p ${Array.from({ length: 200_000 }, (_, i) => `a${i}=1`).join(' ')}>多</p>`),
    ),
    bomb('spans.html', () =>
      page(`<table>${'<tr><td rowspan=9999 colspan=9999>格</td></tr>'.repeat(5000)}</table>`),
    ),
    bomb('graph.html', () =>
      page(
        '',
        `<script type="application/ld+json">${'[{"@graph":'.repeat(100_000)}${'}]'.repeat(100_000)}</script>`,
      ),
    ),
    bomb('comments.html', () => page('<!--'.repeat(1_000_000))),
  ]
}

// PDF

const catalogue = '<< /Type /Catalog /Pages 2 0 R >>'
const stream = (content: string | Uint8Array, more = '') =>
  `<< /Length ${content.length} ${more} >>\nstream\n${typeof content === 'string' ? content : Buffer.from(content).toString('latin1')}\nendstream`
const zlib = (raw: Uint8Array) => Buffer.concat([Uint8Array.of(0x78, 0x9c), raw, Buffer.alloc(4)])
const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'

/** One page that draws something, with more objects from number 6 on. */
const drawn = (contents: string, resources = '', more: readonly string[] = []) =>
  assemble([
    catalogue,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> ${resources} >> /Contents 4 0 R >>`,
    contents,
    FONT,
    ...more,
  ])

function pdfs(): Bomb[] {
  const text = (x: number, y: number, said = 'policy') =>
    `BT /F1 10 Tf ${x} ${y} Td (${said}) Tj ET\n`
  const flate = (raw: Uint8Array) => stream(zlib(raw), '/Filter /FlateDecode')
  return [
    bomb('page-loop.pdf', () =>
      assemble([catalogue, '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>']),
    ),
    bomb('page-tree.pdf', () =>
      assemble([
        catalogue,
        ...Array.from(
          { length: 40 },
          (_, i) => `<< /Type /Pages /Kids [${i + 3} 0 R ${i + 3} 0 R] /Count ${2 ** (40 - i)} >>`,
        ),
        '<< /Type /Page /MediaBox [0 0 1 1] >>',
      ]),
    ),
    bomb('pages.pdf', () =>
      assemble([
        catalogue,
        `<< /Type /Pages /Kids [${'3 0 R '.repeat(200_000)}] /Count 200000 >>`,
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1 1] >>',
      ]),
    ),
    bomb('contents.pdf', () => drawn(flate(spaces(1024)))),
    bomb('operators.pdf', () =>
      drawn(flate(packed(Buffer.from('q 1 0 0 1 0 0 cm '.repeat(50_000)), 200))),
    ),
    bomb('filters.pdf', () => {
      const twice = deflateRawSync(zlib(spaces(1024)))
      return drawn(stream(zlib(twice), '/Filter [/FlateDecode /FlateDecode]'))
    }),
    bomb('prints.pdf', () =>
      drawn(
        stream(
          Array.from({ length: 60_000 }, (_, i) => text(i % 590, (i * 7) % 840, `w${i % 50}`)).join(
            '',
          ),
        ),
      ),
    ),
    bomb('same-place.pdf', () => drawn(stream(text(50, 700).repeat(60_000)))),
    bomb('rules.pdf', () =>
      drawn(
        stream(
          Array.from(
            { length: 60_000 },
            (_, i) => `${i % 590} ${(i * 7) % 840} 40 0.5 re f\n`,
          ).join('') + text(50, 700).repeat(50),
        ),
      ),
    ),
    bomb('frames.pdf', () =>
      drawn(
        stream(
          Array.from({ length: 8000 }, (_, i) => `${i % 500} ${(i * 7) % 800} 60 40 re S\n`).join(
            '',
          ) + Array.from({ length: 8000 }, (_, i) => text(i % 590, (i * 7) % 840)).join(''),
        ),
      ),
    ),
    bomb('far.pdf', () =>
      drawn(stream(Array.from({ length: 2000 }, (_, i) => text(i * 1e9, -i * 1e12)).join(''))),
    ),
    bomb('form-loop.pdf', () =>
      drawn(stream('/X Do /X Do'), '/XObject << /X 6 0 R >>', [
        stream(
          '/X Do /X Do /X Do',
          '/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 6 0 R >> >>',
        ),
      ]),
    ),
    bomb('form-tree.pdf', () =>
      drawn(
        stream('/X Do'),
        '/XObject << /X 6 0 R >>',
        Array.from({ length: 30 }, (_, i) =>
          stream(
            '/X Do '.repeat(10),
            `/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X ${i + 7} 0 R >> >>`,
          ),
        ),
      ),
    ),
    bomb('picture.pdf', () =>
      drawn(stream('/P Do'), '/XObject << /P 6 0 R >>', [
        stream(
          zlib(spaces(1024)),
          '/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode',
        ),
      ]),
    ),
    bomb('object-stream.pdf', () => {
      const objects = stream(
        zlib(spaces(1024)),
        '/Type /ObjStm /N 1000000 /First 100 /Filter /FlateDecode',
      )
      return Buffer.from(
        `%PDF-1.5\n1 0 obj\n${objects}\nendobj\ntrailer << /Root 5 0 R /Size 1000000 >>\nstartxref\n9\n%%EOF`,
        'latin1',
      )
    }),
    bomb('xref-loop.pdf', () =>
      Buffer.from(
        '%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer << /Size 1 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF',
      ),
    ),
    bomb('arrays.pdf', () => drawn(stream(`${'['.repeat(500_000)} TJ`))),
  ]
}

// Articles as data

function dataFiles(): Bomb[] {
  const line = (more: object) =>
    `${JSON.stringify({ title: '通知', text: '企业可以申请。', ...more })}\n`
  return [
    bomb(
      'deep.jsonl',
      () => `${line({})}${'['.repeat(3_000_000)}\n{"text":${'{"a":'.repeat(1_000_000)}\n`,
    ),
    { name: 'long-line.jsonl', make: (path) => sparse(path, 200 * MEGABYTE, line({})) },
    bomb('bad-lines.jsonl', () => line({}) + 'x\n'.repeat(1_000_000)),
    bomb('long-text.jsonl', () => line({ text: '企业可以申请贷款，'.repeat(1_500_000) })),
    bomb(
      'halves.jsonl',
      () =>
        line({ text: '\ud800\udc00\ud800企业可以申请。\u0000\u0007' }) +
        Buffer.from(line({}), 'utf16le').toString('latin1'),
    ),
  ]
}

// Texts

function texts(): Bomb[] {
  return [
    bomb('line.txt', () => Buffer.alloc(49 * MEGABYTE, 'a')),
    bomb('long.txt', () => '市里出台办法，支持企业贷款。'.repeat(1_100_000)),
    bomb('nulls.txt', () => Buffer.alloc(MEGABYTE)),
    bomb('spaces.txt', () => `通知\n${' '.repeat(300_000)}完`),
    bomb('line-feeds.txt', () => `通知\n企业可以申请。${'\n'.repeat(5_000_000)}完。`),
    bomb('not-utf.txt', () =>
      Buffer.from(Array.from({ length: 500_000 }, (_, i) => (i * 7919) % 256)),
    ),
    bomb('half-utf16.txt', () =>
      Buffer.concat([
        Uint8Array.of(0xff, 0xfe),
        Buffer.from('企业可以申请。'.repeat(1000), 'utf16le'),
        Uint8Array.of(0x4e),
      ]),
    ),
    bomb('controls.txt', () => '\u0007\u0008企业\u001b[2J可以申请。'.repeat(5000)),
    bomb('brackets.txt', () => '（'.repeat(200_000)),
  ]
}

// What is no file, or no end

/** A file that says it is so long, and has nothing behind its beginning. */
function sparse(path: string, size: number, start = ''): void {
  const file = openSync(path, 'w')
  writeFileSync(file, start)
  ftruncateSync(file, size)
  closeSync(file)
}

const link = (name: string, to: string): Bomb => ({ name, make: (path) => symlinkSync(to, path) })

function noFiles(): Bomb[] {
  return [
    { name: 'terabyte.txt', make: (path) => sparse(path, 2 ** 40) },
    {
      name: 'terabyte.jsonl',
      make: (path) => sparse(path, 2 ** 40, '{"text":"企业可以申请。"}\n'),
    },
    link('zero.txt', '/dev/zero'),
    link('random.jsonl', '/dev/urandom'),
    link('memory.txt', '/proc/self/mem'),
    link('kernel.pdf', '/proc/kcore'),
    link('messages.txt', '/proc/kmsg'),
    link('circle.txt', 'circle.txt'),
    { name: 'pipe.html', make: (path) => void execFileSync('mkfifo', [path]) },
    {
      name: 'folder.txt',
      make: (path) => {
        mkdirSync(path)
        symlinkSync('..', join(path, 'up'))
      },
    },
  ]
}
