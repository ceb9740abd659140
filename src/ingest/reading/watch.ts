import { Worker } from 'node:worker_threads'

/** Sees to it that reading ends in time and in memory, also where the thread that reads never looks up. */
export interface Watch {
  /** A file is begun, for so many seconds of the processor. */
  begin(seconds: number): void
  /** Whoever takes what was read is waited for. */
  rest(): void
  goOn(): void
  end(): void
}

/** What the threads share: the ends of the reading, in milliseconds of the processor and of the clock. */
export const PROCESSOR = 0
export const CLOCK = 1

/** A disk may be slow and a machine busy, but not so many times the processor's time. */
const PATIENCE = 20

export const now = {
  processor: () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  },
  // The same in every thread.
  clock: () => Number(process.hrtime.bigint() / 1_000_000n),
}

export interface Watched {
  readonly ends: Float64Array
  readonly memoryMb: number
  readonly parent: number
}

/** Starts the thread that watches this process and ends it, saying why on stderr. */
export function startWatch(memoryMb: number): Watch {
  const ends = new Float64Array(new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT))
  ends.fill(Infinity)
  let patience = 0
  const watched: Watched = { ends, memoryMb, parent: process.ppid }
  new Worker(new URL('watching-thread.ts', import.meta.url), { workerData: watched }).unref()

  const goOn = () => void (ends[CLOCK] = now.clock() + patience)
  return {
    begin(seconds) {
      patience = seconds * PATIENCE * 1000
      ends[PROCESSOR] = now.processor() + seconds * 1000
      goOn()
    },
    rest: () => void (ends[CLOCK] = Infinity),
    goOn,
    end: () => void ends.fill(Infinity),
  }
}
