/** Backups in a folder, each called after when it was taken. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** As `backupName` makes them. */
const NAME = /^wence-\d{4}-\d\d-\d\d-\d{6}\.tar$/u

/** What a backup is called that is taken at a time in China. */
export const backupName = (time: string) => `wence-${time}.tar`

/** The backups of a folder, the oldest first. */
export const backupsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => NAME.test(name))
    .toSorted()

/** Removes all but the latest ones; gives what was removed. */
export function keepLatest(folder: string, keep: number): string[] {
  const old = backupsIn(folder).slice(0, -keep)
  for (const name of old) rmSync(join(folder, name))
  return old
}
