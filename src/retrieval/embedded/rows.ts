/**
 * Columns of a row as what they are. SQLite's columns hold anything; these say what was expected and
 * not found, rather than let a wrong or damaged file's rows wander on.
 */
import type { SQLOutputValue } from 'node:sqlite'
import { DamageError } from '../../database/errors.ts'
import { isSealed } from '../../database/seal.ts'

export type Row = Record<string, SQLOutputValue> | undefined

/** What a row is asked beside its columns, for `sealed`: whether it is as it was written. */
export const asWritten = (...columns: readonly string[]) => `${isSealed(...columns)} AS sealed`

/**
 * A row that is there and as it was written.
 * @throws DamageError when it is not.
 */
export function sealed(row: Row): Record<string, SQLOutputValue> {
  if (row?.['sealed'] !== 1) throw new DamageError('A row is missing or not as it was written')
  return row
}

/** @throws DamageError when the column is no number. */
export function integer(row: Row, column: string): number {
  const value = row?.[column]
  if (typeof value !== 'number') throw new DamageError(`There is no number in ${column}`)
  return value
}

/** @throws DamageError when the column is no text. */
export function string(row: Row, column: string): string {
  const value = row?.[column]
  if (typeof value !== 'string') throw new DamageError(`There is no text in ${column}`)
  return value
}

/** @throws DamageError when the column is no blob. */
export function bytes(row: Row, column: string): Uint8Array {
  const value = row?.[column]
  if (!(value instanceof Uint8Array)) throw new DamageError(`There are no bytes in ${column}`)
  return value
}
