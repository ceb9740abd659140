import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { backUp } from '../../database/back-up.ts'
import { damagedOf, removeDatabase } from '../../database/files.ts'
import { openWhole } from '../../database/open-whole.ts'
import { seal } from '../../database/seal.ts'
import { type Step, lastVersion } from '../../database/steps.ts'

/** A step for each change of what is kept here since the first release; see docs/decisions/0017. */
const STEPS: readonly Step[] = []
export const VERSION = lastVersion(STEPS)

const SCHEMA = `CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL, ${seal('name', 'value')})`

/** What a database that cannot be read at all is begun with: nothing that people wrote, so that nothing of it has to be erased here too. */
const BACKED_UP = ['secrets', 'spent', 'moved']
const backupOf = (path: string) => `${path}.backup`

const DAY_MS = 24 * 3600 * 1000
/** Nothing of what is deleted stays in the file, and nothing of it goes into another. */
export const KEEP_SECRET = 'PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY'

/**
 * Opens the file of what doors and conversations remember. What is deleted is overwritten too, and
 * what was committed survives the process being killed. Of a damaged file what can be read goes on
 * being used; `onNotice` is told so in a sentence.
 */
export function openStateDatabase(
  path: string,
  {
    onNotice = () => {},
    busyMs = 5_000,
  }: { readonly onNotice?: (notice: string) => void; readonly busyMs?: number } = {},
): DatabaseSync {
  return openWhole(path, {
    busyMs,
    steps: STEPS,
    setUp: KEEP_SECRET,
    schema: SCHEMA,
    backup: backupOf(path),
    onDamage: (damage) =>
      onNotice(
        `对话记录 ${path} 已损坏（${damage}），能读出的都已救回，读不出的从缺；损坏的文件改名为 .damaged 保留一天，需要查看请另存。`,
      ),
  })
}

/** Keeps a copy of what a new file needs when this one cannot be read any more. */
export function backUpState(db: DatabaseSync): void {
  const path = db.location()
  if (path !== null) backUp(db, backupOf(path), BACKED_UP)
}

/** Removes what was set aside a day ago: it may hold what was to be forgotten since. */
export function removeOldDamage(db: DatabaseSync): void {
  const damaged = damagedOf(db.location() ?? '')
  const since = statSync(damaged, { throwIfNoEntry: false })?.ctimeMs
  if (since !== undefined && Date.now() - since > DAY_MS) removeDatabase(damaged)
}
