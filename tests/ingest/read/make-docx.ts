import { crc32, deflateRawSync } from 'node:zlib'

/** Other parts of a Word document by their names, such as `styles`, each with what its root holds. */
export type Parts = Readonly<Record<string, string>>

/** A Word document with this in its body, in WordprocessingML. */
export function makeDocx(body: string, parts: Parts = {}): Uint8Array {
  return makeZip({
    '[Content_Types].xml':
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels': relations({ officeDocument: 'word/document.xml' }),
    'word/document.xml': part('document', `<w:body>${body}</w:body>`),
    'word/_rels/document.xml.rels': relations(
      Object.fromEntries(Object.keys(parts).map((name) => [name, `${name}.xml`])),
    ),
    ...Object.fromEntries(
      Object.entries(parts).map(([name, content]) => [`word/${name}.xml`, part(name, content)]),
    ),
  })
}

const part = (root: string, content: string) =>
  `<?xml version="1.0"?><w:${root} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${content}</w:${root}>`

function relations(targets: Readonly<Record<string, string>>): string {
  const each = Object.entries(targets).map(
    ([kind, target], i) =>
      `<Relationship Id="r${i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${target}"/>`,
  )
  return `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`
}

/** A run of text, with its properties. */
export const run = (text: string, properties = '') =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`

/** A paragraph of runs, with its properties. */
export const runs = (content: string, properties = '') =>
  `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`

export const paragraph = (text: string, style?: string) =>
  runs(run(text), style && `<w:pStyle w:val="${style}"/>`)

/** A paragraph numbered in a list, at a level of it from 0. */
export const numbered = (text: string, list: number, level = 0) =>
  runs(run(text), `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`)

/** A style of paragraphs, with what it says. */
export const style = (id: string, name: string, content = '', based = '') =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${based && `<w:basedOn w:val="${based}"/>`}${content}</w:style>`

/** The levels of a list, each by its format and text, with more of it where needed. */
export const levels = (
  ...each: readonly (readonly [format: string, text: string, more?: string])[]
) =>
  each
    .map(
      ([format, text, more = ''], i) =>
        `<w:lvl w:ilvl="${i}"><w:start w:val="1"/>${more}<w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`,
    )
    .join('')

/** A kind of list by its content, and the list of the same number that is of that kind. */
export const list = (id: number, content: string, of = id) =>
  (of === id ? `<w:abstractNum w:abstractNumId="${id}">${content}</w:abstractNum>` : '') +
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${of}"/>${of === id ? '' : content}</w:num>`

export const cell = (content: string, properties = '') =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${content}</w:tc>`

export const rows = (each: readonly (readonly string[])[]) =>
  `<w:tbl>${each.map((cells) => `<w:tr>${cells.join('')}</w:tr>`).join('')}</w:tbl>`

export const table = (each: readonly (readonly string[])[]) =>
  rows(each.map((cells) => cells.map((text) => cell(paragraph(text)))))

/** A zip archive of some files, packed; `claimed` is how long it says that they are. */
export function makeZip(files: Readonly<Record<string, string>>, claimed?: number): Uint8Array {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const data = deflateRawSync(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(claimed ?? Buffer.byteLength(content), 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), data])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    entries.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), common, tail, Buffer.from(name)]),
    )
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), end])
}
