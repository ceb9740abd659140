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
}

/** Lets so many in at a time, in the order in which they came; who comes beyond waits a little. */
export function createTurns({ most = 8, mostWaiting = 64, waitMs = 5_000 }: TurnsOptions = {}) {
  const line = new Set<() => void>()
  let running = 0

  /** The place goes to whoever waited longest. */
  function leave(): void {
    const [next] = line
    if (next) next()
    else running--
  }

  /**
   * Waits for a turn, and gives what ends it.
   * @throws BusyError when there is none in time, or whoever waits went away.
   */
  return async function enter(signal: AbortSignal): Promise<() => void> {
    if (running < most) running++
    else await inLine(signal)
    return leave
  }

  function inLine(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const giveUp = () => reject(new BusyError('Too much is asked at once'))
    if (line.size >= mostWaiting || signal.aborted) giveUp()
    else line.add(resolve)
    const timer = setTimeout(giveUp, waitMs)
    signal.addEventListener('abort', giveUp, { once: true })
    return promise.finally(() => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      line.delete(resolve)
    })
  }
}

export type Turns = ReturnType<typeof createTurns>
