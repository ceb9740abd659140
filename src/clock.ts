/**
 * The one clock: whoever asks what time or what day it is asks here. Only what is compared with the
 * times of files asks the machine's own.
 */
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'

/** What one answer of Telegram's says is told in whole seconds and takes a while to arrive, in milliseconds. */
const TOLERANCE_MS = 5_000
const UNKNOWN = 0n

/**
 * What time it is by Telegram, in milliseconds since 1970, counted on by a clock that only runs
 * forward: when this machine's clock is wrong or jumps, nothing gets old, expires or begins anew.
 * Until Telegram has said anything it is this machine's. How far it is ahead of the counter stands in
 * memory that threads may share.
 */
export function createClock(memory = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT)) {
  const ahead = new BigInt64Array(memory)
  const known = () => Atomics.load(ahead, 0)

  const now = () => (known() === UNKNOWN ? Date.now() : counted() + Number(known()))

  function set(at: number): void {
    Atomics.store(ahead, 0, BigInt(Math.round(at - counted())))
  }

  return {
    now,
    /** It is this late now. What differs by less than can be told changes nothing, so that time does not run back. */
    is(at: number): void {
      if (known() === UNKNOWN || Math.abs(at - now()) > TOLERANCE_MS) set(at)
    },
    /** It is this late or later: somebody wrote then. A machine that slept did not count meanwhile. */
    isAtLeast(at: number): void {
      if (known() !== UNKNOWN && at > now() + TOLERANCE_MS) set(at)
    },
  }
}

export type Clock = ReturnType<typeof createClock>

/** Runs forward alike in all threads, in milliseconds. */
const counted = () => Number(process.hrtime.bigint() / 1_000_000n)

const SHARED = 'clock'
const given = getEnvironmentData(SHARED)
const memory =
  given instanceof SharedArrayBuffer
    ? given
    : new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT)
// Threads that are started from here go by the same.
setEnvironmentData(SHARED, memory)

/** This process's, in all its threads. */
export const clock = createClock(memory)
