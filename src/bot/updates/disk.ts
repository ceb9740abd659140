import { setTimeout as sleep } from 'node:timers/promises'
import { isBusy, isUnwritable } from '../../database/errors.ts'
import type { Logger } from '../../log.ts'
import { plainError } from '../plain-error.ts'

export type DiskState = 'full' | 'well'

export interface DiskDeps {
  readonly log: Logger
  /** Tells whoever looks after the machine that nothing can be written, or that it can again. */
  readonly tell: (state: DiskState) => void | Promise<void>
  /** Ends every wait that is given no signal of its own. */
  readonly signal: AbortSignal
  readonly firstMs?: number
  readonly settleMs?: number
}

const LONGEST_MS = 30_000
/** How often and how long an erasing of the file is waited for before it counts as no room: it takes 10 ms a megabyte. */
const BUSY = { tries: 40, ms: 250 }
/** A disk that has room for a moment only is not well again. */
const SETTLE_MS = 20_000

/**
 * Does what has to be written, and waits for room where there is none: a full disk is an hour in
 * which answers wait. It is told once, and once when it is over for good.
 */
export function createDisk({ log, tell, signal, firstMs = 250, settleMs = SETTLE_MS }: DiskDeps) {
  /** Who could not write and did not since. */
  const failing = new Set<unknown>()
  let told = false
  let settling: NodeJS.Timeout | undefined

  function failed(who: unknown, error: unknown): void {
    failing.add(who)
    clearTimeout(settling)
    if (told) return
    told = true
    log.error(
      { err: plainError(error) },
      'nothing can be written: answers wait until there is room',
    )
    void tell('full')
  }

  function did(who: unknown): void {
    if (!failing.delete(who) || failing.size > 0) return
    settling = setTimeout(() => {
      told = false
      log.warn('what waited for the disk is written')
      void tell('well')
    }, settleMs).unref()
  }

  /** Tries once on behalf of somebody, or again while others write; throws what went wrong. */
  async function attempt<T>(who: unknown, work: () => T | Promise<T>, busy = 0): Promise<T> {
    try {
      const result = await work()
      did(who)
      return result
    } catch (error) {
      if (isBusy(error) && busy < BUSY.tries) {
        await sleep(BUSY.ms)
        return attempt(who, work, busy + 1)
      }
      if (isUnwritable(error)) failed(who, error)
      else did(who)
      throw error
    }
  }

  return {
    attempt,
    /**
     * Tries until it is written, from the start each time, ever more slowly.
     * @throws what is no want of room, or that too when the signal ends the wait.
     */
    async patiently<T>(work: () => T | Promise<T>, until: AbortSignal = signal): Promise<T> {
      for (let tries = 0; ; tries++) {
        try {
          return await attempt(work, work)
        } catch (error) {
          if (!isUnwritable(error) || until.aborted) throw error
          const ms = Math.min(LONGEST_MS, firstMs * 2 ** tries) * (0.75 + Math.random() / 2)
          await sleep(ms, undefined, { signal: until }).catch(() => {})
        }
      }
    },
  }
}

export type Disk = ReturnType<typeof createDisk>
