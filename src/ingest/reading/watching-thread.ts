import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { MEGABYTE } from '../read/limits.ts'
import { LAST_WORDS } from './messages.ts'
import { CLOCK, now, PROCESSOR, type Watched } from './watch.ts'

/** In milliseconds: a fast reader fills 30 MB meanwhile. */
const EVERY = 10
const STDERR = 2

const { ends, memoryMb, parent }: Watched = workerData

setInterval(() => {
  if (process.memoryUsage.rss() > memoryMb * MEGABYTE) end(LAST_WORDS.memory)
  if (now.processor() > ends[PROCESSOR]! || now.clock() > ends[CLOCK]!) end(LAST_WORDS.time)
  // Whoever asked was killed, and nobody reads the answer.
  if (process.ppid !== parent) end('')
}, EVERY)

function end(words: string): void {
  // A thread's own streams pass through the one that does not look up.
  writeSync(STDERR, words)
  process.kill(process.pid, 'SIGKILL')
}
