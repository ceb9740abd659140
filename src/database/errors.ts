/** What goes wrong with a database, told apart. */

/** Says that what was read is not what was written. */
export class DamageError extends Error {
  override readonly name = 'DamageError'
}

/** What SQLite says is wrong, without its extension; https://sqlite.org/rescode.html. */
export const CODES = {
  error: 1,
  busy: 5,
  readOnly: 8,
  ioError: 10,
  damaged: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const

/** Whether a file is no database, or no whole one. */
export const isDamage = (error: unknown) => {
  const code = codeOf(error)
  return code === CODES.damaged || code === CODES.notADatabase || error instanceof DamageError
}

/** Whether nothing more can be written just now: the disk is full, or fails. */
export const isFull = (error: unknown) => {
  const code = codeOf(error)
  return code === CODES.full || code === CODES.ioError
}

/** The same of any file, and of what was thrown because of it. */
export const isNoRoom = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) ||
    isFull(error) ||
    isNoRoom(error.cause))

/** Whether a write may succeed later as it is: there is no room, another process holds the file, the disk is read-only. */
export const isUnwritable = (error: unknown) => isFull(error) || UNWRITABLE.has(codeOf(error) ?? 0)

export const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error)

const UNWRITABLE: ReadonlySet<number> = new Set([CODES.busy, CODES.readOnly, CODES.cannotOpen])

/** Whether another connection writes just now. */
export const isBusy = (error: unknown) => codeOf(error) === CODES.busy

/** Whether another program holds a file, also where it could not be opened for that. */
export const isHeld = (error: unknown) =>
  isBusy(error) || (error instanceof Error && isBusy(error.cause))

/** Whether SQLite refused a statement as such: a table that should be there is not. */
export const isRefusedStatement = (error: unknown) => codeOf(error) === CODES.error

export const isSqlite = (error: unknown) => codeOf(error) !== undefined

export const codeOf = (error: unknown) =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined
