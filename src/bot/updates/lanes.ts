export interface LaneOptions {
  /** Not beside another of its kind. */
  readonly alone?: boolean
}

interface Task {
  readonly key: number
  readonly alone: boolean
  readonly start: () => void
}

/**
 * Runs tasks of one key one after the other and tasks of different keys side by side, so many at a
 * time and in the order in which they came. A task can give back its place before it is done, and
 * still holds up its key; one that throws holds up nothing, its promise rejects.
 */
export function createLanes(most: number) {
  /** The tasks of each key: the first runs or could, the others wait for it. */
  const lanes = new Map<number, Task[]>()
  const ready: Task[] = []
  const drained: (() => void)[] = []
  let size = 0
  let running = 0
  let aloneRuns = false

  function next(): void {
    while (running < most) {
      const at = ready.findIndex(({ alone }) => !(alone && aloneRuns))
      const [task] = at < 0 ? [] : ready.splice(at, 1)
      if (!task) return
      running++
      aloneRuns ||= task.alone
      task.start()
    }
  }

  function giveBack({ alone }: Task): void {
    running--
    if (alone) aloneRuns = false
    next()
  }

  function leave({ key }: Task): void {
    const lane = lanes.get(key)!
    lane.shift()
    if (lane[0]) ready.push(lane[0])
    else lanes.delete(key)
    size--
    if (size === 0) for (const resolve of drained.splice(0)) resolve()
    next()
  }

  return {
    /** `free` gives the place back to others. */
    run(
      key: number,
      work: (free: () => void) => Promise<void>,
      { alone = false }: LaneOptions = {},
    ): Promise<void> {
      return new Promise((resolve, reject) => {
        const start = () => {
          let holds = true
          const free = () => {
            if (holds) giveBack(task)
            holds = false
          }
          void work(free)
            .then(resolve, reject)
            .finally(() => {
              free()
              leave(task)
            })
        }
        const task: Task = { key, alone, start }
        size++
        const lane = lanes.get(key)
        if (lane) lane.push(task)
        else {
          lanes.set(key, [task])
          ready.push(task)
          // Not before all that come together are there.
          queueMicrotask(next)
        }
      })
    },
    /** How many tasks run or wait, of the keys that count. */
    size: (counts: (key: number) => boolean = () => true) =>
      lanes.entries().reduce((sum, [key, lane]) => sum + (counts(key) ? lane.length : 0), 0),
    /** Resolves when nothing runs or waits. */
    idle(): Promise<void> {
      return size === 0 ? Promise.resolve() : new Promise((resolve) => drained.push(resolve))
    },
  }
}

export type Lanes = ReturnType<typeof createLanes>
