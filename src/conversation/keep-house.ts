import type { Logger } from '../log.ts'
import type { State } from '../stores/state.ts'

const DAY_MS = 24 * 3600 * 1000
const EVERY_MS = 3600 * 1000
/** What was asked is remembered so long when it is kept in memory only. */
const MEMORY_DAYS = 1

export interface KeepHouseDeps {
  readonly state: Pick<State, 'expire'>
  readonly keepDays: number
  readonly now: () => number
  readonly log: Logger
  /** What else is to be cleared away. */
  readonly more?: () => void
}

/** Forgets what was kept long enough, now and every hour, until told to stop. */
export function keepHouse({ state, keepDays, now, log, more }: KeepHouseDeps): () => void {
  let stopped = false
  const clear = async () => {
    try {
      await state.expire(now() - (keepDays || MEMORY_DAYS) * DAY_MS)
      more?.()
    } catch (error) {
      // What was not done when it ended is done at the next start.
      if (stopped) return
      log.error({ err: error }, 'nothing could be cleared away; tried again in an hour')
    }
  }
  void clear()
  const timer = setInterval(() => void clear(), EVERY_MS)
  return () => {
    stopped = true
    clearInterval(timer)
  }
}
