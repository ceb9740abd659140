import { clock } from '../../clock.ts'
import type { FoundFile } from '../find-files.ts'

/** A file, and what shows that it changed: a digest is only made of one of which this did. */
export interface Stamped extends FoundFile {
  readonly stamp: string
}

interface Failure {
  readonly stamp: string
  readonly error: string
  readonly restMs: number
  readonly until: number
}

/** What stands in the place of a stamp of what is gone. */
const GONE = ''
/** Of those that failed, so many are named. */
const MOST_TOLD = 3

/**
 * Which files are to be read now: those that changed since they were read, and are as they were when
 * somebody looked before. One that failed waits until it changes, or for a growing while: what it
 * failed for may have been somebody else's fault. What is gone is gone when it was at the look before.
 */
export function createDue(
  [firstRestMs, mostRestMs]: readonly [number, number],
  now: () => number = clock.now,
) {
  const read = new Map<string, string>()
  const failures = new Map<string, Failure>()
  let settling = new Map<string, string>()

  return { look, mayBeTried, done, failed, failures: failuresNow }

  /** How many failed, and the first few of them with why. */
  function failuresNow() {
    const first = [...failures].slice(0, MOST_TOLD)
    return {
      failed: failures.size,
      failures: first.map(([path, { error }]) => ({ path, why: error })),
    }
  }

  function look(
    files: readonly Stamped[],
    {
      gone,
      isInIndex,
    }: { readonly gone: readonly string[]; readonly isInIndex: (path: string) => boolean },
  ) {
    const before = settling
    settling = new Map()
    let unsettled = 0
    const isChanged = ({ path, stamp }: Stamped) => read.get(path) !== stamp || !isInIndex(path)
    const changed = files.filter(
      (file) => isChanged(file) && mayBeTried(file) && isSettled(file.path, file.stamp),
    )
    const left = new Set(gone.filter((path) => isSettled(path, GONE)))
    const there = new Set(files.map(({ path }) => path))
    for (const path of [...read.keys(), ...failures.keys()])
      if (!there.has(path)) {
        read.delete(path)
        failures.delete(path)
      }
    return { files: changed, gone: left, settling: unsettled }

    function isSettled(path: string, stamp: string): boolean {
      settling.set(path, stamp)
      if (before.get(path) === stamp) return true
      unsettled += 1
      return false
    }
  }

  function done({ path, stamp }: Stamped) {
    read.set(path, stamp)
    failures.delete(path)
  }

  /** Whether that is news. */
  function failed({ path, stamp }: Stamped, error: string): boolean {
    const before = failures.get(path)
    const again = before?.stamp === stamp ? before : undefined
    const restMs = Math.min(again ? again.restMs * 2 : firstRestMs, mostRestMs)
    failures.set(path, { stamp, error, restMs, until: now() + restMs })
    read.delete(path)
    return again?.error !== error
  }

  /** Whether one that is as it was may be tried again. */
  function mayBeTried({ path, stamp }: Stamped): boolean {
    const failure = failures.get(path)
    return failure?.stamp !== stamp || now() >= failure.until
  }
}
