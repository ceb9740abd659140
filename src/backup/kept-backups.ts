/** Backups in a folder, each called after when it was taken. */
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
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

export interface Keeping {
  readonly folder: string
  readonly keep: number
  /** The one just taken. */
  readonly taken: string
  readonly dataDirectory: string
}

/**
 * Removes all but so many: the one just taken, whatever this machine's clock said then, and the latest
 * of the others; from then on the folder is for this data directory. Gives what was removed.
 */
export function keepLatest({ folder, keep, taken, dataDirectory }: Keeping): string[] {
  writeFileSync(join(folder, OWNER), `${dataDirectory}\n`, { mode: 0o600 })
  const others = backupsIn(folder).filter((name) => name !== taken)
  const old = others.slice(0, Math.max(0, others.length - keep + 1))
  for (const name of old) rmSync(join(folder, name))
  return old
}

/** Says whose backups a folder keeps, by the data directory. */
const OWNER = 'wence-backups-of.txt'

/**
 * Looks whether a folder is for the backups of a data directory.
 * @throws Error with a sentence when it keeps those of another, which would be removed with ours.
 */
export function checkFolder(folder: string, dataDirectory: string): void {
  const file = join(folder, OWNER)
  const owner = existsSync(file) ? readFileSync(file, 'utf8').trim() : dataDirectory
  if (owner !== dataDirectory)
    throw new Error(
      `${folder} keeps the backups of ${owner}: give each data directory a folder of its own. Where that is this one, moved, delete ${file}.`,
    )
}

/** Removes what backups that were killed left in a folder: each had a name that no later one takes. */
export function clearUnfinished(folder: string): void {
  for (const name of readdirSync(folder))
    if (UNFINISHED.test(name)) rmSync(join(folder, name), { recursive: true })
}
