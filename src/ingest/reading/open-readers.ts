import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { type Limits, LIMITS } from '../read/limits.ts'
import type { Item } from './messages.ts'
import { type ReadingProcess, startProcess } from './start-process.ts'
import type { FileToRead, Read, Task } from './tasks.ts'

/**
 * Processes that read files, so that no file ends or holds up the one that asks for it: whatever
 * touches a file's bytes happens there. A process that has to be ended is replaced for the next file.
 */
export interface Readers<T extends Task> {
  /** So many files are read at a time; of the others each waits for its turn, in order. */
  readonly size: number
  /**
   * Begins to read a file: what it gives, in its order, a little ahead of whoever takes it.
   * @throws Error in a sentence, when it cannot be read or exceeds a limit.
   */
  read(file: FileToRead): AsyncGenerator<Item<T>>
  close(): void
}

/** More than so many read faster than one process writes what they read. */
const MOST = 2

/** In milliseconds: how long a file waits for a process before another is started, which costs half a second of a core. */
const PATIENCE = 3000

/** One process is started at once: it loads what reads while whoever starts it does so, too. */
export function openReaders<T extends Task>(
  task: T,
  {
    size = Math.min(MOST, availableParallelism()),
    limits = LIMITS,
  }: { readonly size?: number; readonly limits?: Limits } = {},
): Readers<T> {
  const all = new Set<ReadingProcess<T>>()
  const idle = [start()]
  const waiting: ((process: ReadingProcess<T>) => void)[] = []
  let growing: NodeJS.Timeout | undefined

  return {
    size,
    read: (file) => begun(readIn(file)),
    close() {
      waiting.length = 0
      clearTimeout(growing)
      for (const process of all) process.end()
    },
  }

  async function* readIn(file: FileToRead): AsyncGenerator<Item<T>> {
    const process = await take()
    try {
      yield* process.read(file)
    } finally {
      giveBack(process)
    }
  }

  async function take(): Promise<ReadingProcess<T>> {
    const process = idle.pop() ?? (all.size === 0 ? start() : undefined)
    if (process?.isFit()) return process
    if (process) return replace(process)
    growing ??= setTimeout(grow, PATIENCE)
    return new Promise((resolve) => waiting.push(resolve))
  }

  function grow() {
    growing = undefined
    if (all.size < size) waiting.shift()?.(start())
    if (waiting.length > 0 && all.size < size) growing = setTimeout(grow, PATIENCE)
  }

  function giveBack(process: ReadingProcess<T>) {
    const next = waiting.shift()
    if (next) next(process.isFit() ? process : replace(process))
    else if (process.isFit()) idle.push(process)
    else end(process)
  }

  function replace(process: ReadingProcess<T>): ReadingProcess<T> {
    end(process)
    return start()
  }

  function end(process: ReadingProcess<T>) {
    process.end()
    all.delete(process)
  }

  function start(): ReadingProcess<T> {
    const process = startProcess(task, limits)
    all.add(process)
    return process
  }
}

/**
 * Reads one file in a process of its own: what each of its texts gives.
 * @throws Error in a sentence, also for a line of data that cannot be read.
 */
export async function* readAlone<T extends Task>(task: T, path: string): AsyncGenerator<Read<T>> {
  const readers = openReaders(task, { size: 1 })
  const file = { path, source: basename(path), kind: null }
  try {
    for await (const item of readers.read(file)) {
      if ('problem' in item) throw new Error(item.problem)
      yield item.read
    }
  } finally {
    readers.close()
  }
}

/** Begins at once what else would begin when it is first asked. */
function begun<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  const first = items.next()
  // Whoever asks for it hears of it.
  first.catch(() => undefined)
  return Object.assign(afterFirst(), { return: async () => items.return(undefined) })

  async function* afterFirst() {
    const { done, value } = await first
    if (done) return
    yield value
    yield* items
  }
}
