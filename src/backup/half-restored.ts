import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Holds what is restored, whole, while what was there before is set aside. */
export const REPLACING = 'restore.replacing'
/** The same, while it takes its place. */
export const PLACING = 'restore.placing'

/** Whether a restore has begun to change what is in a data directory, and has not ended. */
export const isHalfRestored = (dataDirectory: string): boolean =>
  [REPLACING, PLACING].some((name) => existsSync(join(dataDirectory, name)))
