import type { ParseError } from 'papaparse'
import { decode } from './decode.ts'
import { findColumns, noTextColumn, readRows } from './read-rows.ts'
import type { SourceText } from './source-text.ts'

/** What parts cells; the first that makes names of columns counts. Spreadsheets set to German or French write semicolons. */
const SEPARATORS = [',', '\t', ';', '|']
const ROWS_TRIED = 5

const DATA = { kind: 'data', reason: '表格的一行' } as const

/**
 * The articles of a table written as text, one a row below the names of its columns.
 * @throws Error when it has no column of text; a bad row is told to `onProblem`.
 */
export async function* readCsv(
  bytes: Uint8Array,
  path: string,
  onProblem: (error: Error) => void,
): AsyncGenerator<SourceText> {
  const { default: papaparse } = await import('papaparse')
  const { text, encoding, notes } = decode(bytes, path)
  const parse = (delimiter: string, preview = 0) =>
    papaparse.parse<string[]>(text, { delimiter, preview })
  const starts = SEPARATORS.map((separator) => ({
    separator,
    rows: parse(separator, ROWS_TRIED).data,
  }))
  const start = starts.find(({ rows }) => findColumns(rows))
  if (!start) throw noTextColumn(path, widest(starts.map(({ rows }) => rows)))
  const { data: rows, errors } = parse(start.separator)
  for (const error of errors) onProblem(broken(path, error))
  // A quotation mark that is never closed swallows what follows.
  const bad = new Set(errors.map(({ row }) => row))
  const sound = rows.map((cells, i) => (bad.has(i) ? [] : cells))
  yield* readRows(
    sound,
    findColumns(rows)!,
    { where: path, encoding, notes, kind: DATA },
    onProblem,
  )
}

const widest = (tables: readonly string[][][]) =>
  tables.toSorted((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0))[0] ?? []

function broken(path: string, { row = 0, message }: ParseError): Error {
  return new Error(
    `${path}:${row + 1}: the row cannot be read (${message}); correct its quotation marks.`,
  )
}
