/** A thread of a bot's engine (`engine/thread.ts`): opens what the settings say, and serves it. */
import { parentPort, workerData } from 'node:worker_threads'
import { createLibrary } from '../conversation/library.ts'
import { serveEngine } from '../engine/serve-engine.ts'
import { openFilledIndex } from './open.ts'
import { wire } from './wire.ts'

const { conversation, checkClaim, examine, rank, index, retrieve, close } = await wire(
  workerData,
  await openFilledIndex(workerData),
)
// The first search reads dictionaries; nobody shall wait for that. A server may be back for the next.
await retrieve({ question: '企业用电报装要多久？' }, 1).catch(() => {})
serveEngine(
  parentPort!,
  { ...conversation, ...createLibrary({ index, retrieve }), checkClaim, examine, rank },
  close,
)
