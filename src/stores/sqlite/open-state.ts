import { eraseAtOnce, eraseState } from './erase-state.ts'
import { emptyLog, InUseError } from '../../database/erase.ts'
import { openDatabase } from '../../database/open.ts'
import { makeTables } from '../../database/tables.ts'
import { transaction } from '../../database/transaction.ts'
import { waitForNobody } from '../../database/when-free.ts'
import type { State } from '../state.ts'
import { BUDGET_TABLE, createBudget } from './budget.ts'
import { ASKED_TABLES, CHATS_TABLES, WORDS, createConversations } from './conversations.ts'
import { FOLLOWS_TABLES, createFollows } from './follows.ts'
import { createHandled } from './handled.ts'
import { createSecrets } from './secrets.ts'
import { createStaffReplies } from './staff-replies.ts'
import { backUpState, openStateDatabase, removeOldDamage } from './state-database.ts'
import { createTold } from './told.ts'
import { createUsage } from './usage.ts'
import { PATIENCE_MS, asUnwritable, createWriter } from './writer.ts'

export interface StateOptions {
  /**
   * With false, questions, answers and feedback live in memory and end with the process: follow-ups and
   * sources work, and nothing that was asked is ever written.
   */
  readonly keepQuestions: boolean
  /** Told in a sentence what became of a file that was damaged. */
  readonly onNotice?: (notice: string) => void
  /** How long whoever writes waits for other processes that do. */
  readonly patienceMs?: number
}

/** How often what is too old is erased from the file, too. */
const ERASE_MS = 24 * 3600 * 1000

/**
 * All that processes share, in one file of this machine, which each of them opens.
 * @throws UnwritableError while another process holds it, Error in a sentence when it can be neither opened
 * nor made.
 */
export async function openState(file: string, options: StateOptions): Promise<State> {
  try {
    return open(file, options)
  } catch (error) {
    throw asUnwritable(error)
  }
}

function open(
  file: string,
  { keepQuestions, onNotice = () => {}, patienceMs = PATIENCE_MS }: StateOptions,
): State {
  const db = openStateDatabase(file, { onNotice, busyMs: patienceMs })
  makeTables(db, CHATS_TABLES + BUDGET_TABLE + FOLLOWS_TABLES + ASKED_TABLES)
  const words = keepQuestions ? db : openDatabase(':memory:', { busyMs: 0 })
  if (!keepQuestions) {
    makeTables(words, ASKED_TABLES)
    for (const table of [...WORDS, 'follows', 'news']) db.exec(`DELETE FROM ${table}`)
    eraseAtOnce(db)
  }
  const inFile = createWriter(db, patienceMs)
  const write: typeof inFile = (work) => inFile(() => transaction(words, work))
  const usage = createUsage(words)
  const told = createTold(words)
  const asked = createConversations({ db, words, write, usage, told })
  const { nameOf } = asked
  const followed = createFollows({
    db,
    write,
    nameOf,
    keep({ asked: news, sent }) {
      asked.recordNews(news)
      asked.sent(sent)
    },
  })
  transaction(words, () => asked.countAll())
  // Who serves waits for other writers without holding up the rest: whoever writes does.
  waitForNobody(db)
  let erasedAt = -Infinity

  return {
    conversations: asked.conversations,
    follows: followed.follows,
    replies: createStaffReplies(words, write),
    handled: createHandled(words, write),
    told: told.told,
    budget: createBudget(db, write),
    secrets: createSecrets(db, write),

    moved: async () => asked.moved(),
    move: (moved) =>
      write(() => {
        const isNew = asked.move(moved)
        if (isNew) followed.move(moved.was, moved.chat)
        return isNew
      }),
    async forget({ user, chat, shared }) {
      await write(() => {
        const own = chat === undefined ? user : nameOf(chat)
        asked.forget(user, own, shared === undefined ? undefined : nameOf(shared))
        followed.forget(user, own)
      })
      try {
        await eraseState(db)
        return true
      } catch (error) {
        if (error instanceof InUseError) return false
        throw error
      }
    },
    async expire(before) {
      const gone = await asked.expire(before)
      // What is too old need not be gone within the hour: a large file takes seconds to erase.
      if (gone > 0 && performance.now() - erasedAt > ERASE_MS) {
        await eraseState(db)
        erasedAt = performance.now()
      } else emptyLog(db)
      removeOldDamage(db)
      backUpState(db)
      return gone
    },
    async close() {
      // What was asked for is written before.
      await inFile(() => {}).catch(() => {})
      db.close()
      if (words !== db) words.close()
    },
  }
}
