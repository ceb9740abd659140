import { makeZip } from './make-docx.ts'

/** An Excel file of some sheets; a Date becomes a day in a cell of Excel's own. */
export function makeXlsx(
  sheets: Readonly<Record<string, readonly (readonly (string | number | Date | null)[])[]>>,
): Uint8Array {
  const names = Object.keys(sheets)
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const related = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const head = '<?xml version="1.0" encoding="UTF-8"?>'
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${related}/${type}" Target="${target}"/>`
  const relations = (all: string) =>
    `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all}</Relationships>`
  const files: Record<string, string> = {
    '_rels/.rels': relations(relation('r1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${related}"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="r${i + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      names
        .map((_, i) => relation(`r${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`))
        .join('') + relation('styles', 'styles', 'styles.xml'),
    ),
    // Style 1 is a day.
    'xl/styles.xml': `${head}<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  }
  for (const [i, rows] of Object.values(sheets).entries()) {
    files[`xl/worksheets/sheet${i + 1}.xml`] =
      `${head}<worksheet xmlns="${main}"><sheetData>${rows.map(rowXml).join('')}</sheetData></worksheet>`
  }
  return makeZip(files)
}

const DAY_MS = 24 * 60 * 60 * 1000
/** Day 0 of Excel. */
const EPOCH = Date.UTC(1899, 11, 30)

function rowXml(cells: readonly (string | number | Date | null)[], row: number): string {
  const written = cells.map((cell, column) => {
    const at = `r="${String.fromCodePoint(65 + column)}${row + 1}"`
    if (cell === null) return ''
    if (typeof cell === 'number') return `<c ${at}><v>${cell}</v></c>`
    if (cell instanceof Date)
      return `<c ${at} s="1"><v>${(cell.getTime() - EPOCH) / DAY_MS}</v></c>`
    return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${cell}</t></is></c>`
  })
  return `<row r="${row + 1}">${written.join('')}</row>`
}
