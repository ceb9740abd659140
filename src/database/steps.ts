import { renameSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { messageOf } from './errors.ts'
import { beforeOf, removeDatabase } from './files.ts'
import { copyInto } from './copy-into.ts'
import { schemaOf } from './tables.ts'
import { transaction } from './transaction.ts'
import { noteVersion, versionOf } from './version.ts'

/** Brings what stands in a database from one version to the next; no more than it says is there. */
export type Step = (db: DatabaseSync) => void

/** Says that a step failed: what a database holds is not what the step takes it to be, or the disk is full. */
export class StepError extends Error {
  override readonly name = 'StepError'
}

/** The version that steps lead to: the first one leads from 1 to 2. */
export const lastVersion = (steps: readonly Step[]) => steps.length + 1

/**
 * Brings a database forward by the steps that it lacks, all or none, with a copy of how it was before
 * beside it; of one that is new there is nothing to bring forward.
 * @throws StepError in a sentence when a step fails; then it is as it was.
 */
export function goForward(db: DatabaseSync, file: string, steps: readonly Step[]): void {
  const isDue = () => versionOf(db) < lastVersion(steps) && schemaOf(db).length > 0
  if (steps.length === 0 || !isDue()) return
  try {
    transaction(db, () => {
      // Another process may have done it meanwhile.
      if (!isDue()) return
      const fresh = `${beforeOf(file)}.new`
      removeDatabase(fresh)
      copyInto(file, fresh)
      renameSync(fresh, beforeOf(file))
      // From before versions were noted is as from the first.
      for (const step of steps.slice(Math.max(versionOf(db), 1) - 1)) step(db)
      noteVersion(db, lastVersion(steps))
    })
  } catch (error) {
    throw new StepError(
      `${file} could not be brought to what this version of the program keeps, and is as it was: ${messageOf(error)}`,
      { cause: error },
    )
  }
}
