import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { parseJson } from '../parse-json.ts'

/** What is noted of a backup once it was read back and found whole. */
const LastBackup = z.object({
  at: z.iso.datetime(),
  file: z.string(),
  bytes: z.number(),
  /** How long it took. */
  seconds: z.number(),
  /** Of the program. */
  version: z.string(),
  files: z.number(),
  /** How many files that were read were not where they had been, and so are not in it. */
  missing: z.number(),
})
export type LastBackup = z.infer<typeof LastBackup>

const fileIn = (dataDirectory: string) => join(dataDirectory, 'backup.json')

/** Tells whoever looks after a data directory when the last backup of it was taken. */
export function noteBackup(dataDirectory: string, taken: LastBackup): void {
  const file = fileIn(dataDirectory)
  writeFileSync(`${file}.new`, `${JSON.stringify(taken)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** The last backup; nothing where none was noted, or nobody can read what was. */
export function lastBackupOf(dataDirectory: string): LastBackup | undefined {
  const file = fileIn(dataDirectory)
  if (!existsSync(file)) return undefined
  return LastBackup.safeParse(parseJson(readFileSync(file, 'utf8'))).data
}
