/** What one answer of Telegram's says is told in whole seconds and takes a while to arrive, in milliseconds. */
const TOLERANCE_MS = 5_000
const ASK_MS = 5_000

/**
 * What time it is by Telegram, in milliseconds since 1970, counted on by a clock that only runs
 * forward: when this machine's clock is wrong or jumps, nothing gets old, expires or begins anew.
 * Until Telegram has said anything it is this machine's.
 */
export function createClock() {
  let ahead: number | undefined

  const now = () => (ahead === undefined ? Date.now() : performance.now() + ahead)

  function set(at: number): void {
    ahead = at - performance.now()
  }

  return {
    now,
    /** It is this late now. What differs by less than can be told changes nothing, so that time does not run back. */
    is(at: number): void {
      if (ahead === undefined || Math.abs(at - now()) > TOLERANCE_MS) set(at)
    },
    /** It is this late or later: somebody wrote then. A machine that slept did not count meanwhile. */
    isAtLeast(at: number): void {
      if (ahead !== undefined && at > now() + TOLERANCE_MS) set(at)
    },
  }
}

export type Clock = ReturnType<typeof createClock>

/** What time a server says it is; nothing when it does not say. */
export async function askTime(root: string): Promise<number | undefined> {
  try {
    const { headers } = await fetch(root, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(ASK_MS),
    })
    const at = Date.parse(headers.get('date') ?? '')
    return Number.isNaN(at) ? undefined : at
  } catch {
    return undefined
  }
}
