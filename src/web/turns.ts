/** Says that too much is asked at once; a moment later there may be room. */
export class BusyError extends Error {
  override readonly name = 'BusyError'
}

export interface TurnsOptions {
  /** So many have their turn at a time: what is asked at other doors waits for no more than these. */
  readonly most?: number
  /** So many more may wait for theirs, and so long. */
  readonly mostWaiting?: number
  readonly waitMs?: number
  /** How long a turn may take, in milliseconds. */
  readonly longestMs?: number
}

export interface Turn {
  /** Aborted when whoever asked goes away, or when it takes too long: a TimeoutError. */
  readonly signal: AbortSignal
  /** Ends it, once. */
  readonly leave: () => void
}

/** Lets so many in at a time, in the order in which they came; who comes beyond waits a little. */
export function createTurns({
  most = 4,
  mostWaiting = 64,
  waitMs = 5_000,
  longestMs = 60_000,
}: TurnsOptions = {}) {
  const line = new Set<() => void>()
  let running = 0

  /** The place goes to whoever waited longest. */
  function leave(): void {
    const [next] = line
    if (next) next()
    else running--
  }

  /**
   * Waits for a turn; `gone` is aborted when whoever wants it goes away.
   * @throws BusyError when there is none in time, or they went away.
   */
  return async function enter(gone: AbortSignal): Promise<Turn> {
    if (running < most) running++
    else await inLine(gone)
    return { signal: AbortSignal.any([gone, AbortSignal.timeout(longestMs)]), leave }
  }

  function inLine(gone: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const giveUp = () => {
      line.delete(next)
      reject(new BusyError('Too much is asked at once'))
    }
    const next = () => {
      line.delete(next)
      resolve()
    }
    if (line.size >= mostWaiting || gone.aborted) giveUp()
    else line.add(next)
    const timer = setTimeout(giveUp, waitMs)
    gone.addEventListener('abort', giveUp, { once: true })
    return promise.finally(() => {
      clearTimeout(timer)
      gone.removeEventListener('abort', giveUp)
    })
  }
}

export type Turns = ReturnType<typeof createTurns>
