import { cut } from '../../code-points.ts'
import { type Field, columnsOf } from './columns.ts'
import { plainSource } from './source-text.ts'
import type { Given, SourceText } from './source-text.ts'

/** Cells as text; the first row is number 1. */
export type Rows = readonly (readonly string[])[]

/** A title may stand above the names of the columns. */
const NAMES_WITHIN = 5
/** So much is told of columns that hold no text. */
const NAMES_TOLD = 12
const NAME_LENGTH = 20

/** In which row the columns are named, and what they hold; null where no column holds text. */
export function findColumns(
  rows: Rows,
): { readonly row: number; readonly columns: ReadonlyMap<Field, number> } | null {
  for (const [row, names] of rows.slice(0, NAMES_WITHIN).entries()) {
    const columns = columnsOf(names)
    if (columns) return { row, columns }
  }
  return null
}

/**
 * The articles of a table, one a row below the names of its columns; `line` is the row's number
 * behind `before` others.
 * @throws Error at a row without text, unless `onProblem` takes it.
 */
export function* readRows(
  rows: Rows,
  found: NonNullable<ReturnType<typeof findColumns>>,
  known: Partial<SourceText> & { readonly where: string; readonly before?: number },
  onProblem: (error: Error) => void,
): Generator<SourceText> {
  const { where, before = 0, ...rest } = known
  for (const [i, cells] of rows.entries()) {
    if (i <= found.row || cells.every((cell) => cell.trim() === '')) continue
    const cell = (field: Field) => cells[found.columns.get(field) ?? -1] ?? ''
    const text = cell('text')
    if (text.trim() === '') {
      onProblem(new Error(`${where}:${i + 1}: the row has no text; give it some or remove it.`))
      continue
    }
    yield plainSource(text, { ...rest, given: givenBy(cell), line: before + i + 1 })
  }
}

function givenBy(cell: (field: Field) => string): Given {
  const given = (field: keyof Given) => cell(field).trim() || null
  return {
    id: given('id'),
    title: given('title'),
    date: given('date'),
    place: given('place'),
    publication: given('publication'),
    url: given('url'),
  }
}

/** Why a table gives no articles, by the columns that it has. */
export function noTextColumn(where: string, rows: Rows): Error {
  const names = (rows.find((cells) => cells.some((cell) => cell.trim() !== '')) ?? [])
    .map((name) => cut(name.trim(), NAME_LENGTH))
    .filter((name) => name !== '')
  const told = names.slice(0, NAMES_TOLD).join(', ') + (names.length > NAMES_TOLD ? ', …' : '')
  return new Error(
    `${where}: none of the columns is the articles' text (${told || 'there are none'}); name it 正文 or text.`,
  )
}
