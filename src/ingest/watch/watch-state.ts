import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Milliseconds since 1970 by this machine's clock. */
const Time = z.int()

/**
 * How a watching ingest is, in `watch.json` of the data directory: written anew, in one piece, twice a
 * minute while it lives and whenever something came of it. One whose `aliveAt` is older than some two
 * minutes is gone or hangs; one that was ended writes nothing more.
 */
export const WatchState = z.object({
  version: z.literal(1),
  pid: z.int(),
  startedAt: Time,
  aliveAt: Time,
  /** When it last looked through all folders, and found out what there is to do; null before it first did. */
  lookedAt: Time.nullable(),
  /** When something was last read into the index or taken out of it. */
  changedAt: Time.nullable(),
  folders: z.array(z.string()),
  /** Files that can be read, at the last look. */
  files: z.int(),
  /** Those of them that are yet to be read, or still being written. */
  waiting: z.int(),
  /** Those of them that could not be read as they are. */
  failed: z.int(),
  /** The first few of these, and why. */
  failures: z.array(z.object({ path: z.string(), why: z.string() })).default([]),
  /** Folders that are not there. */
  missing: z.array(z.string()),
  /** Folders, or what lies in them, that are there and cannot be read, the first few: with the system's code. */
  closed: z.array(z.object({ path: z.string(), code: z.string() })).default([]),
  /** Folders of which so much is gone that nothing of it was taken out, and how many files. */
  heldBack: z.array(z.object({ folder: z.string(), gone: z.int() })),
  /** What keeps it from its work, in a sentence, and since when: the index, an endpoint, a disk. */
  trouble: z.object({ what: z.string(), since: Time }).nullable(),
  /** Of addresses: how many are asked, how many pages were kept, and those that failed when last asked. */
  addresses: z.object({
    listed: z.int(),
    pages: z.int(),
    failed: z.int(),
    /** When one was last asked. */
    askedAt: Time.nullable(),
  }),
})

export type WatchState = z.infer<typeof WatchState>

/** What looking through folders finds out. */
export type WatchedState = Pick<
  WatchState,
  | 'lookedAt'
  | 'changedAt'
  | 'files'
  | 'waiting'
  | 'failed'
  | 'failures'
  | 'missing'
  | 'closed'
  | 'heldBack'
  | 'trouble'
>

/** Before the first look. */
export const NOTHING_SEEN: WatchedState = {
  lookedAt: null,
  changedAt: null,
  files: 0,
  waiting: 0,
  failed: 0,
  failures: [],
  missing: [],
  closed: [],
  heldBack: [],
  trouble: null,
}

const fileIn = (dataDirectory: string) => join(dataDirectory, 'watch.json')

/** @throws what the system says, as when the disk is full. */
export function writeWatchState(dataDirectory: string, state: WatchState): void {
  const file = fileIn(dataDirectory)
  writeFileSync(`${file}.part`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.part`, file)
}

/** How the ingest that watches is, or was last; undefined where none ever did, or a later version. */
export function readWatchState(dataDirectory: string): WatchState | undefined {
  try {
    return WatchState.parse(JSON.parse(readFileSync(fileIn(dataDirectory), 'utf8')))
  } catch {
    return undefined
  }
}
