/** A word of print on a page: where its base line begins, in points, and how large it is. */
export interface Print {
  readonly x: number
  readonly y: number
  readonly size?: number
  readonly text: string
}

/**
 * A PDF of some pages in one Chinese font that is named and not embedded, as old typesetting left
 * them: its codes are GBK (`GBK-EUC-H`), and no table says which characters they are.
 */
export function makePdf(pages: readonly (readonly Print[])[]): Uint8Array {
  const objects: string[] = []
  const add = (body: string) => objects.push(body)
  const kids = pages.map((_, i) => `${6 + i * 2} 0 R`).join(' ')
  add('<< /Type /Catalog /Pages 2 0 R >>')
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`)
  add(
    '<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /GBK-EUC-H /DescendantFonts [4 0 R] >>',
  )
  add(
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor 5 0 R >>',
  )
  add(
    '<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -141 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -141 /CapHeight 700 /StemV 80 >>',
  )
  for (const prints of pages) {
    const content = prints.map(showText).join('\n')
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${objects.length + 2} 0 R >>`,
    )
    add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`)
  }
  return assemble(objects)
}

function showText({ x, y, size = 10, text }: Print): string {
  return `BT /F1 ${size} Tf ${x} ${y} Td <${Buffer.from(toGbk(text)).toString('hex')}> Tj ET`
}

/** A PDF of some objects, numbered from 1; the first is its catalogue. */
export function assemble(objects: readonly string[]): Uint8Array {
  let file = '%PDF-1.4\n'
  const offsets = objects.map((body, i) => {
    const offset = file.length
    file += `${i + 1} 0 obj\n${body}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const xref = file.length
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}

const GBK = new Map<string, readonly [number, number]>()
for (let high = 0x81; high <= 0xfe; high++) {
  for (let low = 0x40; low <= 0xfe; low++) {
    const character = new TextDecoder('gb18030').decode(Uint8Array.of(high, low))
    if (character.length === 1 && character !== '\uFFFD') GBK.set(character, [high, low])
  }
}

/** Text in GBK, which is also GB18030 of two bytes a character. */
export function toGbk(text: string): Uint8Array {
  return Uint8Array.from(
    text.split('').flatMap((character) => {
      const ascii = character.charCodeAt(0) < 0x80
      return ascii ? [character.charCodeAt(0)] : (GBK.get(character) ?? [0x3f])
    }),
  )
}
