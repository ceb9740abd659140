import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { removeSetAside } from '../database/set-aside.ts'
import type { Logger } from '../log.ts'
import type { ConversationStore } from './conversation-store.ts'
import { backUpState, removeOldDamage } from './state-database.ts'

const DAY_MS = 24 * 3600 * 1000
const EVERY_MS = 3600 * 1000
/** What was asked is remembered so long when it is kept in memory only. */
const MEMORY_DAYS = 1

export interface KeepHouseDeps {
  readonly db: DatabaseSync
  readonly store: Pick<ConversationStore, 'expire'>
  readonly keepDays: number
  readonly now: () => number
  readonly log: Logger
  /** What else is to be cleared away. */
  readonly more?: () => void
}

/** Forgets what was kept long enough, now and every hour, until told to stop. */
export function keepHouse({ db, store, keepDays, now, log, more }: KeepHouseDeps): () => void {
  const clear = async () => {
    try {
      await store.expire(now() - (keepDays || MEMORY_DAYS) * DAY_MS)
      more?.()
      removeOldDamage(db)
      const file = db.location()
      if (file !== null) removeSetAside(dirname(file))
      backUpState(db)
    } catch (error) {
      // What was not done when it ended is done at the next start.
      if (!db.isOpen) return
      log.error({ err: error }, 'nothing could be cleared away; tried again in an hour')
    }
  }
  void clear()
  const timer = setInterval(() => void clear(), EVERY_MS)
  return () => clearInterval(timer)
}
