import { statSync } from 'node:fs'
import { join } from 'node:path'
import { lastBackupOf } from '../backup/last-backup.ts'
import { diskRoom } from '../disk-room.ts'
import { readWatchState } from '../ingest/watch/watch-state.ts'

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
  const { free, all } = await diskRoom(folder)
  return { disk_free_bytes: free, disk_free_ratio: free / all }
}

/** When an ingest that goes on last lived and looked for articles, and its files; nothing where there is none. */
export function lastLook(folder: string) {
  const found = readWatchState(folder)
  if (!found) return {}
  const { aliveAt, lookedAt, failed, waiting } = found
  return {
    ingest_alive_timestamp_seconds: aliveAt / 1000,
    ...(lookedAt !== null && { ingest_look_timestamp_seconds: lookedAt / 1000 }),
    ingest_files_failed: failed,
    ingest_files_waiting: waiting,
  }
}

/** When the last backup was made; 0 where none was. */
export function lastBackup(folder: string) {
  const taken = lastBackupOf(folder)
  return { backup_timestamp_seconds: taken ? Date.parse(taken.at) / 1000 : 0 }
}
