/**
 * Runs tasks of one key one after the other and tasks of different keys side by side. A task that
 * throws does not hold up the next; its promise rejects.
 */
export function createLanes() {
  const tails = new Map<number, Promise<void>>()
  let waiting = 0
  const drained: (() => void)[] = []

  function leave(): void {
    waiting--
    if (waiting === 0) for (const resolve of drained.splice(0)) resolve()
  }

  return {
    run(key: number, task: () => Promise<void>): Promise<void> {
      waiting++
      const done = (tails.get(key) ?? Promise.resolve()).then(task)
      const tail: Promise<void> = done
        .catch(() => {})
        .finally(() => {
          if (tails.get(key) === tail) tails.delete(key)
          leave()
        })
      tails.set(key, tail)
      return done
    },
    /** How many tasks run or wait. */
    size: () => waiting,
    /** Resolves when nothing runs or waits. */
    idle(): Promise<void> {
      return waiting === 0 ? Promise.resolve() : new Promise((resolve) => drained.push(resolve))
    },
  }
}

export type Lanes = ReturnType<typeof createLanes>
