import type { CellValue } from 'read-excel-file/universal'
import type { Limits } from './limits.ts'
import { findColumns, noTextColumn, readRows } from './read-rows.ts'
import type { Rows } from './read-rows.ts'
import type { SourceText } from './source-text.ts'
import { repack } from './unzip.ts'
import { messageOf } from '../../message-of.ts'

const DATA = { kind: 'data', reason: '.xlsx 的一行' } as const

/**
 * The articles of an Excel file, one a row below the names of its columns, of all sheets that have a
 * column of text; rows of a later sheet are counted behind those before.
 * @throws Error when it cannot be read, or no sheet has a column of text; a row without text is
 * told to `onProblem`.
 */
export async function* readXlsx(
  bytes: Uint8Array,
  path: string,
  onProblem: (error: Error) => void,
  limits: Limits,
): AsyncGenerator<SourceText> {
  const sheets = await sheetsOf(bytes, path, limits)
  const found = sheets.map(({ rows }) => findColumns(rows))
  if (found.every((columns) => columns === null)) throw noTextColumn(path, sheets[0]?.rows ?? [])
  let before = 0
  for (const [i, { name, rows }] of sheets.entries()) {
    const columns = found[i]
    const where = sheets.length === 1 ? path : `${path}:${name}`
    if (columns) yield* readRows(rows, columns, { where, before, kind: DATA }, onProblem)
    before += rows.length
  }
}

async function sheetsOf(
  bytes: Uint8Array,
  path: string,
  { tableMb }: Limits,
): Promise<{ readonly name: string; readonly rows: Rows }[]> {
  const { default: readSheets } = await import('read-excel-file/universal')
  try {
    const sheets = await readSheets(await repack(bytes, tableMb), { trim: false })
    return sheets.map(({ sheet, data }) => ({
      name: sheet,
      rows: data.map((cells) => cells.map(written)),
    }))
  } catch (error) {
    const why = messageOf(error)
    throw new Error(
      `${path}: the Excel file cannot be read (${why}); save it anew, or give its articles as .csv.`,
      { cause: error },
    )
  }
}

/** A cell as text; of a moment the day, as Excel keeps it without a time zone. */
function written(cell: CellValue | null): string {
  if (cell === null) return ''
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)
}
