/** A thread of a bot's engine (`engine/thread.ts`): opens what the settings say, and serves it. */
import { constants, getPriority, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import type { Config } from '../config.ts'
import { createHoldings } from '../conversation/holdings.ts'
import { createLibrary } from '../conversation/library.ts'
import { serveEngine } from '../engine/serve-engine.ts'
import { useOwnWords } from '../language/word-lists.ts'
import { useProxy } from '../proxy.ts'
import { openFilledIndex } from './open.ts'
import { wire } from './wire.ts'

/** The settings, and where staff's words are: those saved, or some that are tried. */
export interface Given {
  readonly config: Config
  readonly words: string
  /** Whether others go first: nobody who asks the bot waits for what is tried. */
  readonly isTrial?: boolean
}

const { config, words, isTrial = false }: Given = workerData
const { PRIORITY_BELOW_NORMAL } = constants.priority
// Of Linux alone it is the thread's own, not that of the whole process.
if (isTrial && process.platform === 'linux' && getPriority() < PRIORITY_BELOW_NORMAL)
  setPriority(PRIORITY_BELOW_NORMAL)
useOwnWords(words)
useProxy(config)
const { conversation, arrivals, checkClaim, examine, rank, index, retrieve, close } = await wire(
  config,
  await openFilledIndex(config),
)
// The first search reads dictionaries; nobody shall wait for that. A server may be back for the next.
await retrieve({ question: '企业用电报装要多久？' }, 1).catch(() => {})
serveEngine(
  parentPort!,
  {
    ...conversation,
    ...createLibrary({ index, retrieve }),
    ...arrivals,
    ...createHoldings({ index }),
    checkClaim,
    examine,
    rank,
  },
  close,
)
