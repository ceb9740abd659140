/** A process that reads one file after another for the one that started it; see `open-readers.ts`. */
import { stat } from 'node:fs/promises'
import { constants, getPriority, setPriority } from 'node:os'
import { useOwnWords } from '../../language/word-lists.ts'
import { MEGABYTE } from '../read/limits.ts'
import { AHEAD, type FromReader, type Item, type Start, type ToReader } from './messages.ts'
import { type FileToRead, type Task, TASKS } from './tasks.ts'
import { startWatch } from './watch.ts'
import { messageOf } from '../../message-of.ts'

/** A bot on this machine goes first. */
const PRIORITY = constants.priority.PRIORITY_BELOW_NORMAL
/** What was read in so many milliseconds goes in one message. */
const SENT_EVERY = 20
/** A process that holds so large a share of what it may is not asked again: not all is given back. */
const FIT = 0.4
/** Of the lines of a file that cannot be read, so many are told; of a file that is no data at all, that is each. */
const TOLD = 1000

const { task, limits, words }: Start = JSON.parse(process.argv[2]!)
useOwnWords(words)
const reads = TASKS[task]()
const watch = startWatch(limits.memoryMb)
let sent = 0
let taken = 0
let wake = () => {}
const isFarAhead = () => sent - taken >= AHEAD

// Whose parent is lower still may not rise.
if (getPriority() < PRIORITY) setPriority(PRIORITY)
// Only messages are sent; of millions of bad lines, the traces took most of the time.
Error.stackTraceLimit = 0
process.on('disconnect', () => process.exit())
process.on('message', (message: ToReader) => {
  if ('file' in message) return void read(message.file)
  taken++
  wake()
})

async function read(file: FileToRead): Promise<void> {
  const textsOf = await reads
  let items: Item<Task>[] = []
  let since = performance.now()
  let problems = 0
  const onProblem = (problem: string) => {
    if (++problems <= TOLD) items.push({ problem })
  }
  watch.begin(Math.max(limits.seconds, limits.secondsPerMb * (await megabytesOf(file))))
  try {
    for await (const text of textsOf(file, limits, onProblem)) {
      items.push({ read: text })
      if (performance.now() - since >= SENT_EVERY) await sendItems()
    }
    if (problems > TOLD)
      items.push({ problem: `${file.path}: … and ${problems - TOLD} more lines cannot be read.` })
    await sendItems()
    finish()
  } catch (error) {
    await sendItems()
    finish(sentence(file.path, error))
  }

  async function sendItems(): Promise<void> {
    if (items.length === 0) return
    watch.rest()
    while (isFarAhead()) await new Promise<void>((resolve) => (wake = resolve))
    watch.goOn()
    sent++
    send({ items })
    items = []
    since = performance.now()
  }
}

/** What is not there takes no time; who reads it says what is wrong. */
const megabytesOf = ({ path }: FileToRead) =>
  stat(path).then(
    ({ size }) => size / MEGABYTE,
    () => 0,
  )

function finish(failed?: string): void {
  watch.end()
  const isFit = process.memoryUsage.rss() < limits.memoryMb * MEGABYTE * FIT
  send({ done: true, isFit, ...(failed !== undefined && { failed }) })
}

function send(message: FromReader<Task>): void {
  process.send!(message)
}

/** What is too deep or too long for the language we are written in has no sentence of its own. */
function sentence(path: string, error: unknown): string {
  const message = messageOf(error)
  return error instanceof RangeError
    ? `${path}: it is too deep or too long to be read (${message}); give its text, or in parts.`
    : message
}
