import { join } from 'node:path'
import { describe, onTestFinished } from 'vitest'
import { openState } from '../../src/stores/sqlite/open-state.ts'
import type { State } from '../../src/stores/state.ts'
import { tempFolder } from '../support/temp.ts'
import { budgetContract } from './budget-contract.ts'
import { conversationsContract, sharedConversationsContract } from './conversations-contract.ts'
import { followsContract } from './follows-contract.ts'
import { late } from './late.ts'
import { secretsContract } from './secrets-contract.ts'
import { staffRepliesContract } from './staff-replies-contract.ts'
import { toldContract } from './told-contract.ts'

const inFile = (keepQuestions: boolean) => async () => {
  const file = join(tempFolder(), 'conversations.sqlite')
  return async () => {
    const state = await openState(file, { keepQuestions })
    onTestFinished(() => state.close())
    return state
  }
}

describe.each<[string, (state: State) => State]>([
  ['in a file', (state) => state],
  ['in a file that answers late', late],
])('%s', (_name, as) => {
  const share = async () => {
    const open = await inFile(true)()
    return async () => as(await open())
  }
  const open = async () => (await share())()
  budgetContract(share)
  secretsContract(share)
  conversationsContract(open)
  sharedConversationsContract(share)
  staffRepliesContract(share)
  followsContract(share)
  toldContract(open)
})

describe('in memory, where no question is kept', () => {
  const open = async () => (await inFile(false)())()
  conversationsContract(open)
  toldContract(open)
})
