/** Backups in a folder, each called after when it was taken. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** As `backupName` makes them. */
const NAME = /^wence-\d{4}-\d\d-\d\d-\d{6}\.tar$/u
const UNFINISHED = /^wence-\d{4}-\d\d-\d\d-\d{6}\.tar\.part(?:\.d)?$/u

/** What a backup is called that is taken at a time in China. */
export const backupName = (time: string) => `wence-${time}.tar`

/** The backups of a folder, the oldest first. */
export const backupsIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && NAME.test(entry.name))
    .map(({ name }) => name)
    .toSorted()

/**
 * Removes all but so many: the one just taken, whatever this machine's clock said then, and the latest
 * of the others. Gives what was removed.
 */
export function keepLatest(folder: string, keep: number, taken: string): string[] {
  const others = backupsIn(folder).filter((name) => name !== taken)
  const old = others.slice(0, Math.max(0, others.length - keep + 1))
  for (const name of old) rmSync(join(folder, name))
  return old
}

/** Removes what backups that were killed left in a folder: each had a name that no later one takes. */
export function clearUnfinished(folder: string): void {
  for (const name of readdirSync(folder))
    if (UNFINISHED.test(name)) rmSync(join(folder, name), { recursive: true })
}
