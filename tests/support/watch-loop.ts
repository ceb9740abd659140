/**
 * Watches how long the event loop of a process is held, from within: preload it with
 * `NODE_OPTIONS=--import=…/watch-loop.ts` and `HOLDS_FILE` set. Only the process's own thread is watched.
 */
import { appendFileSync, readFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

/** One turn of the loop that took longer than a turn should. Milliseconds. */
export interface Hold {
  /** Since 1970, when it ended. */
  readonly at: number
  /** From when a timer was due until it ran, without the time that the thread waited for a core. */
  readonly heldMs: number
  /** The same with that time: on a busy machine, what others do. */
  readonly wallMs: number
  /** How long the thread computed. */
  readonly cpuMs: number
}

const TICK_MS = 5
/** Shorter ones are not noted. */
const NOTED_MS = 10

export function readHolds(file: string, since = 0): Hold[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Hold => JSON.parse(line))
    .filter(({ at }) => at >= since)
}

const file = process.env['HOLDS_FILE']
if (file && isMainThread) {
  appendFileSync(file, '')
  let [wall, cpu, waited] = [performance.now(), cpuMs(), waitedMs()]
  const tick = () => {
    const before = [wall, cpu, waited] as const
    ;[wall, cpu, waited] = [performance.now(), cpuMs(), waitedMs()]
    const wallMs = wall - before[0] - TICK_MS
    const hold: Hold = {
      at: Date.now(),
      heldMs: wallMs - (waited - before[2]),
      wallMs,
      cpuMs: cpu - before[1],
    }
    if (Math.max(hold.wallMs, hold.cpuMs) > NOTED_MS)
      appendFileSync(file, `${JSON.stringify(hold)}\n`)
    setTimeout(tick, TICK_MS).unref()
  }
  setTimeout(tick, TICK_MS).unref()
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** How long this thread was ready to run and waited for a core; 0 where the system does not say. */
function waitedMs(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[1]) / 1e6
  } catch {
    return 0
  }
}
