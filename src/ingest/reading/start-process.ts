import { fork } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { Socket } from 'node:net'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GAZETTEER_LIST } from '../../language/places.ts'
import { ownWordsFolder } from '../../language/word-lists.ts'
import type { Limits } from '../read/limits.ts'
import { type FromReader, type Item, LAST_WORDS, type Start, type ToReader } from './messages.ts'
import type { FileToRead, Task } from './tasks.ts'

/** A process of its own that reads one file at a time. */
export interface ReadingProcess<T extends Task> {
  /**
   * What a file gives, in its order.
   * @throws Error in a sentence, when it cannot be read, or exceeds a limit: then the process has ended.
   */
  read(file: FileToRead): AsyncGenerator<Item<T>>
  /** Whether another file can be read by it: it has not ended, nor was it left in the middle of one. */
  isFit(): boolean
  /** Ends it: at once, where it is in the middle of a file. */
  end(): void
}

const PROGRAM = fileURLToPath(new URL('reading-process.ts', import.meta.url))

/** The heap gets less than the process, so that V8 tidies up before it is ended; the rest is buffers and code. */
const HEAP_SHARE = 0.75
/** V8 says in a page what it died of; the first lines tell. */
const WORDS_KEPT = 20_000

/** Starts a process that reads. It knows none of our settings, since it sees what strangers wrote. */
export function startProcess<T extends Task>(task: T, limits: Limits): ReadingProcess<T> {
  const start: Start = { task, limits, words: ownWordsFolder() }
  const places = GAZETTEER_LIST.read().own
  const compileCache = getCompileCacheDir()
  const child = fork(PROGRAM, [JSON.stringify(start)], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${Math.round(limits.memoryMb * HEAP_SHARE)}`],
    env: { NODE_COMPILE_CACHE: compileCache && dirname(compileCache) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const inbox: FromReader<T>[] = []
  let lastWords = ''
  /** Why it ended, once it has. */
  let ended: string | null = null
  let isFit = true
  let wake = () => {}

  child.stderr!.setEncoding('utf8').on('data', (words: string) => {
    if (lastWords.length < WORDS_KEPT) lastWords += words
  })
  child.on('message', (message: FromReader<T>) => {
    inbox.push(message)
    wake()
  })
  child.on('error', (error) =>
    hasEnded(`no process to read it in can be started (${error.message})`),
  )
  child.on('close', (code, signal) =>
    hasEnded(
      reason(lastWords, limits) ??
        `what reads it has ended (${signal ?? code}); try again, or give its text`,
    ),
  )

  // Whoever waits for a file is kept waiting, until it is read or the process has ended; nobody else.
  function hold(how: 'ref' | 'unref') {
    child[how]()
    child.channel?.[how]()
    if (child.stderr instanceof Socket) child.stderr[how]()
  }
  hold('unref')

  // One that knows other places than are saved now reads no more.
  const isFitNow = () => isFit && ended === null && places === GAZETTEER_LIST.read().own
  return { read, isFit: isFitNow, end }

  async function* read(file: FileToRead): AsyncGenerator<Item<T>> {
    isFit = false
    hold('ref')
    say({ file })
    for (;;) {
      const message = inbox.shift()
      if (!message) {
        if (ended !== null) throw new Error(`${file.path}: ${ended}.`)
        await new Promise<void>((resolve) => (wake = resolve))
      } else if ('items' in message) {
        yield* message.items
        say({ taken: true })
      } else {
        isFit = message.isFit
        hold('unref')
        if (message.failed !== undefined) throw new Error(message.failed)
        return
      }
    }
  }

  function end() {
    // One that ends by itself keeps what it compiled for the next.
    if (isFit && child.connected) child.disconnect()
    else child.kill('SIGKILL')
  }

  function hasEnded(why: string) {
    ended ??= why
    wake()
  }

  function say(message: ToReader) {
    // One that has ended is seen by whoever waits for its answer.
    if (child.connected) child.send(message, () => {})
  }
}

/** Why a process ended that was to read on, from what it said last. */
function reason(words: string, { seconds, secondsPerMb, memoryMb }: Limits): string | undefined {
  if (words.includes(LAST_WORDS.memory))
    return `reading it takes more than ${memoryMb} MB of memory; give its text, or in parts`
  if (words.includes(LAST_WORDS.time))
    return `reading it takes longer than ${seconds} s, or ${secondsPerMb} s for each of its MB; give its text, or in parts`
  return undefined
}
