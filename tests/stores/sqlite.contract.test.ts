import { join } from 'node:path'
import { describe, onTestFinished } from 'vitest'
import { createConversationStore } from '../../src/conversation/conversation-store.ts'
import { openStateDatabase } from '../../src/conversation/state-database.ts'
import { createBudget } from '../../src/stores/sqlite/budget.ts'
import { createSecrets } from '../../src/stores/sqlite/secrets.ts'
import { createWriter } from '../../src/stores/sqlite/writer.ts'
import { tempFolder } from '../support/temp.ts'
import { budgetContract } from './budget-contract.ts'
import { late } from './late.ts'
import { secretsContract } from './secrets-contract.ts'
import type { Shared } from './shared.ts'

const state = async () => {
  const file = join(tempFolder(), 'conversations.sqlite')
  return async () => {
    const db = openStateDatabase(file)
    onTestFinished(() => db.close())
    createConversationStore(db, { keepQuestions: true })
    const write = createWriter(db)
    return { budget: createBudget(db, write), secrets: createSecrets(db, write) }
  }
}

type State = Awaited<ReturnType<Awaited<ReturnType<typeof state>>>>

describe.each([
  ['a file', <Store extends object>(store: Store): Store => store],
  ['a file that answers late', late],
] satisfies [string, typeof late][])('%s', (_name, as: typeof late) => {
  const shared =
    <Store extends object>(of: (all: State) => Store): Shared<Store> =>
    async () => {
      const open = await state()
      return async () => as(of(await open()))
    }
  budgetContract(shared(({ budget }) => budget))
  secretsContract(shared(({ secrets }) => secrets))
})
