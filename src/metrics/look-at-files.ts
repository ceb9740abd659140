import { readFileSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { parseJson } from '../parse-json.ts'

/** The databases of a data directory. */
const DATABASES = ['conversations', 'desk', 'fetch', 'index', 'ingest', 'vectors'] as const

/** Bytes of each database, with what was written to it and not yet put in its place. */
export function databaseSizes(folder: string): Record<string, number> {
  const bytes = (file: string) => statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0
  return Object.fromEntries(
    DATABASES.map((name) => [name, bytes(`${name}.sqlite`) + bytes(`${name}.sqlite-wal`)]),
  )
}

/** How much may still be written to the disk on which a folder lies, in bytes and as a part of it. */
export async function diskOf(folder: string) {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { disk_free_bytes: bavail * bsize, disk_free_ratio: bavail / blocks }
}

/** In milliseconds since 1970, or ISO. */
const Time = z
  .union([z.number(), z.string().transform((text) => Date.parse(text))])
  .pipe(z.number())

/** What an ingest that goes on says of itself. */
const Watch = z.object({
  aliveAt: Time,
  lookedAt: Time.nullable(),
  failed: z.int(),
  waiting: z.int(),
})
/** What the last backup that was verified says of itself. */
const Backup = z.object({ at: Time })

/** When an ingest that goes on last lived and looked for articles, and its files; nothing where there is none. */
export function lastLook(folder: string) {
  const found = read(Watch, join(folder, 'watch.json'))
  if (!found) return {}
  const { aliveAt, lookedAt, failed, waiting } = found
  return {
    ingest_alive_timestamp_seconds: aliveAt / 1000,
    ...(lookedAt !== null && { ingest_look_timestamp_seconds: lookedAt / 1000 }),
    ingest_files_failed: failed,
    ingest_files_waiting: waiting,
  }
}

/** When the last backup was made; nothing where none was. */
export function lastBackup(folder: string) {
  const found = read(Backup, join(folder, 'backup.json'))
  return found ? { backup_timestamp_seconds: found.at / 1000 } : {}
}

function read<T>(schema: z.ZodType<T>, file: string): T | undefined {
  try {
    return schema.safeParse(parseJson(readFileSync(file, 'utf8'))).data
  } catch {
    // It is not there, or just being replaced.
    return undefined
  }
}
