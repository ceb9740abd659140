import type { DatabaseSync } from 'node:sqlite'
import { backUp } from '../database/back-up.ts'
import { openWhole } from '../database/open-whole.ts'
import { type Step, lastVersion } from '../database/steps.ts'

/** A step for each change of what is kept here since the first release; see docs/decisions/0017. */
const STEPS: readonly Step[] = []
export const VERSION = lastVersion(STEPS)

/** What staff worked for; drafts are not. */
const BACKED_UP = ['judgements', 'runs', 'word_saves']
const EVERY_MS = 3600 * 1000
const backupOf = (path: string) => `${path}.backup`

/**
 * Opens the file of what staff decide at the desk; each room makes its own tables in it. Of a damaged
 * file what can be read goes on being used; `onNotice` is told so in a sentence.
 */
export function openDeskDatabase(
  path: string,
  { onNotice = () => {} }: { readonly onNotice?: (notice: string) => void } = {},
): DatabaseSync {
  return openWhole(path, {
    busyMs: 5_000,
    steps: STEPS,
    // What staff take out shall be gone from the file, too.
    setUp: 'PRAGMA secure_delete = ON',
    schema: '',
    backup: backupOf(path),
    onDamage: (damage) =>
      onNotice(
        `工作台的记录 ${path} 已损坏（${damage}），能读出的都已救回，读不出的从缺；损坏的文件改名为 .damaged。`,
      ),
  })
}

/** Keeps a copy of what a damaged file may lack: each hour, and once more when told to stop. */
export function keepDeskCopy(db: DatabaseSync, onError: (error: unknown) => void): () => void {
  const copy = () => {
    try {
      const path = db.location()
      if (path !== null) backUp(db, backupOf(path), BACKED_UP)
    } catch (error) {
      onError(error)
    }
  }
  const timer = setInterval(copy, EVERY_MS)
  return () => {
    clearInterval(timer)
    copy()
  }
}
