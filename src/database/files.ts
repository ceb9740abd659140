/** The files that a database is made of. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'

/** The database and what SQLite keeps beside it while it is open. */
export const DATABASE_SUFFIXES = ['', '-wal', '-shm'] as const

/**
 * Makes a folder that only we may enter. One that is there already is closed to others when it is
 * ours alone: we own it and nothing but databases lies in it; an older version left it open. Any
 * other was made by somebody for more than us, and keeps its rights.
 */
export function makePrivateFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (first !== undefined) return
  const { uid, mode } = statSync(folder)
  if ((mode & 0o077) === 0 || uid !== process.getuid?.()) return
  const names = readdirSync(folder)
  if (names.length > 0 && names.every((name) => name.includes('.sqlite') || name === 'filling'))
    closeToOthers(folder, 0o700)
}

/**
 * Takes the rights of others away, where we may: what lies on a share or in a pod's volume is often
 * ours to read and write, and its owner's alone to change.
 */
export function closeToOthers(path: string, mode: number): void {
  try {
    chmodSync(path, mode)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'EPERM' && code !== 'ENOTSUP') throw error
  }
}

/** Removes a database and what is beside it. */
export function removeDatabase(file: string): void {
  for (const suffix of DATABASE_SUFFIXES) rmSync(file + suffix, { force: true })
}

/** Where what was rescued of a damaged database stands until that is set aside. */
export const rescuedOf = (file: string) => `${file}.rescued`

/** Where a damaged database is kept. */
export const damagedOf = (file: string) => `${file}.damaged`

/** Where a copy is kept of how a database was before a newer version brought it forward. */
export const beforeOf = (file: string) => `${file}.before`

/** Names a damaged file and what is beside it `.damaged`; an earlier one is to be removed before. */
export function setAside(file: string): void {
  // Its log first: beside another database it would be taken for that one's.
  for (const suffix of DATABASE_SUFFIXES.toReversed()) {
    if (existsSync(file + suffix)) renameSync(file + suffix, damagedOf(file) + suffix)
  }
}
