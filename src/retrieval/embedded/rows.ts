/**
 * Columns of a row as what they are. SQLite's columns hold anything; these say what was expected and
 * not found, rather than let a wrong file's rows wander on.
 */
import type { SQLOutputValue } from 'node:sqlite'

type Row = Record<string, SQLOutputValue> | undefined

/** @throws TypeError when the column is no number. */
export function integer(row: Row, column: string): number {
  const value = row?.[column]
  if (typeof value !== 'number') throw new TypeError(`The index has no number in ${column}`)
  return value
}

/** @throws TypeError when the column is no text. */
export function string(row: Row, column: string): string {
  const value = row?.[column]
  if (typeof value !== 'string') throw new TypeError(`The index has no text in ${column}`)
  return value
}

/** @throws TypeError when the column is no blob. */
export function bytes(row: Row, column: string): Uint8Array {
  const value = row?.[column]
  if (!(value instanceof Uint8Array)) throw new TypeError(`The index has no bytes in ${column}`)
  return value
}
