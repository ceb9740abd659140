import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type StateOptions, openState } from '../../src/stores/sqlite/open-state.ts'
import { openStateDatabase } from '../../src/stores/sqlite/state-database.ts'
import { tempFolder } from '../support/temp.ts'

/** A state in a file of its own, and a look into that file beside it; closed when the test is finished. */
export async function openSmall({
  file = join(tempFolder(), 'conversations.sqlite'),
  keepQuestions = true,
}: Partial<StateOptions> & { readonly file?: string } = {}) {
  const state = await openState(file, { keepQuestions })
  const db = openStateDatabase(file)
  onTestFinished(async () => {
    await state.close()
    db.close()
  })
  return { file, state, db }
}
