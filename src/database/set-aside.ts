import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What is kept in a folder for whoever may miss something: a damaged database, one from before an upgrade or a restore. */
const SET_ASIDE = /\.(?:damaged|before|other)(?:-wal|-shm)?$|^replaced-/u
const KEPT_MS = 7 * 24 * 3600 * 1000

/** Removes what was set aside in a folder a week ago: it holds what may have been forgotten since. */
export function removeSetAside(folder: string): void {
  for (const name of readdirSync(folder).filter((one) => SET_ASIDE.test(one))) {
    const path = join(folder, name)
    // When it was set aside, not when it was last written.
    const since = statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? Infinity
    if (Date.now() - since > KEPT_MS) rmSync(path, { recursive: true, force: true })
  }
}
