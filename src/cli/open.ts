import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import type { Config } from '../config.ts'
import { openCorrections } from '../ingest/corrections/corrections-file.ts'
import { lookAtLedger, openLedger } from '../ingest/ledger.ts'
import { type Readers, openReaders } from '../ingest/reading/open-readers.ts'
import { watchEngine } from '../metrics/watch-engine.ts'
import { type Operations, openOperations } from './operations.ts'
import { logFailures } from '../engine/log-failures.ts'
import { openThreads } from '../engine/open-threads.ts'
import type { Logger } from '../log.ts'
import { IndexUnavailableError, NoIndexError } from '../retrieval/index-unavailable.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import { type OpenIndex, correctionsFile, ledgerFile, openIndex } from './open-index.ts'
import { mendingIndex } from './mending-index.ts'
import type { Given } from './engine-thread.ts'
import { followWords, wordsFolder } from './saved-words.ts'
import { ingestTurn } from './one-ingest.ts'
import { ingestReport } from './ingest-report.ts'
import { showProgress } from './progress.ts'
import { SEEDS } from './seeds-folder.ts'

const SEEDS_FIRST = 'Nothing ingested yet: reading seeds/ …'
const AGAIN = 'The index is not whole: reading again what was read before …'
const NOTHING = 'Nothing is in the index yet: run npm run ingest.'

/**
 * What ingest works with: what reads files and what staff corrected, the index, and what it remembers
 * of it. Readers that are given stay open.
 */
export async function openStores(
  config: Config,
  given?: Readers<'articles'>,
  onNotice: (notice: string) => void = console.error,
) {
  const { index, written, close } = await openIndex(config, onNotice)
  try {
    const ledger = openLedger(ledgerFile(config), await index.identity(), { onNotice })
    const corrections = openCorrections(correctionsFile(config), { onNotice })
    const readers = given ?? openReaders('articles')
    return {
      readers,
      index: written,
      ledger,
      corrections,
      async close() {
        if (!given) readers.close()
        ledger.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * The index with something in it: one that was made anew gets back what was read before, and with
 * nothing ingested yet, the seeds are read first; into a Qdrant goes what is ingested alone. Serving
 * needs nothing else; a server that cannot be reached now may be there for the next question.
 */
export async function openFilledIndex(config: Config): Promise<OpenIndex> {
  const reopen = () => {
    // Its disk is gone, and what would be made there instead would answer that no paper says anything.
    if (config.QDRANT_URL === undefined && !existsSync(config.WENCE_DATA_DIR))
      throw new IndexUnavailableError(`${config.WENCE_DATA_DIR} 不在了。`)
    return openFilled(config)
  }
  return mendingIndex(await (isMainThread ? openFilled(config) : reopen()), reopen)
}

async function openFilled(config: Config): Promise<OpenIndex> {
  const turn = ingestTurn(config)
  for (; ; await turn.wait()) {
    const opened = await openIfFilled(config)
    if (opened) return opened
    if (!hasWhatToRead(config)) {
      if (isMainThread) console.error(NOTHING)
      return openIndex(config)
    }
    const hold = turn.take()
    if (!hold) continue
    try {
      // Whoever had the turn may have filled it.
      const filled = await openIfFilled(config)
      if (filled) return filled
      writeFileSync(fillingMark(config), '', { mode: 0o600 })
      await fill(config)
      rmSync(fillingMark(config))
      // What was read may hold no article.
      return await openIndex(config)
    } finally {
      hold.release()
    }
  }
}

/**
 * Others may fill a Qdrant, or restore it: what is in it is for whoever runs it to say. Where people are
 * served they are answered from their own papers alone: an image has no seeds, and units do not read them.
 */
const hasSeeds = (config: Config) =>
  config.QDRANT_URL === undefined && process.env['NODE_ENV'] !== 'production' && existsSync(SEEDS)

/** Whether an index can be filled from here: nobody waits for a turn at reading nothing. */
function hasWhatToRead(config: Config): boolean {
  const file = ledgerFile(config)
  return hasSeeds(config) || (existsSync(file) && lookAtLedger(file).files.length > 0)
}

/** Is there while an index is being filled; a start that was killed is taken up by the next. */
export const fillingMark = ({ WENCE_DATA_DIR }: Config) => join(WENCE_DATA_DIR, 'filling')

async function openIfFilled(config: Config): Promise<OpenIndex | undefined> {
  if (existsSync(fillingMark(config))) return undefined
  const opened = await openIndex(config)
  try {
    if (!(await isEmpty(opened.index))) return opened
  } catch (error) {
    if (!(error instanceof IndexUnavailableError)) throw error
    return opened
  }
  await opened.close()
  return undefined
}

async function fill(config: Config) {
  const { ingest } = await import('../ingest/ingest.ts')
  const stores = await openStores(config)
  const entries = stores.ledger.entries()
  const remembered = entries.filter(({ path }) => existsSync(path))
  const gone = entries.length - remembered.length
  if (gone > 0)
    console.error(
      `读过的文件中有 ${gone} 个已不在原处，重建的索引里没有它们；请放回原处，或重新运行 npm run ingest。`,
    )
  console.error(remembered.length > 0 ? AGAIN : hasSeeds(config) ? SEEDS_FIRST : NOTHING)
  const started = performance.now()
  const paths = remembered.every(({ path }) => path.startsWith(SEEDS + sep)) ? [SEEDS] : []
  try {
    if (remembered.length === 0 && !hasSeeds(config)) return
    const outcomes = await ingest(paths, { ...stores, report: showProgress().report })
    console.error(ingestReport(outcomes, performance.now() - started))
  } finally {
    await stores.close()
  }
}

/** Everything that a command asks, wired as the settings say, in this process. */
export async function openWence(config: Config) {
  const { wire } = await import('./wire.ts')
  return wire(config, await openFilledIndex(config))
}

/**
 * What a bot asks, in threads of its own. Each wires itself over the index, which is filled before;
 * what it remembers (vectors of questions, an endpoint that rests) is its own. Words that staff save
 * are taken up within a minute, or as soon as `takeUpWords` says so. What it is asked is counted.
 */
export async function openEngine(
  config: Config,
  log: Logger,
  { metrics, called }: Watching = openOperations(log),
) {
  await (await openFilledIndex(config)).close()
  const words = wordsFolder(config)
  const threads = await openThreads({ ...threadsOf(config, words), log, called })
  const engine = { ...threads, ...watchEngine(threads, metrics) }
  const { takeUpWords, stop } = followWords(words, engine.renew, log)
  return {
    ...engine,
    ask: logFailures(engine, log),
    takeUpWords,
    close: async () => {
      stop()
      await engine.close()
    },
  }
}

type Watching = Pick<Operations, 'metrics' | 'called'>

export type ServingEngine = Awaited<ReturnType<typeof openEngine>>

/**
 * An engine that answers with the words of a folder, in one thread, for trying them. No model picks:
 * what it picks need not be what it picked before, and it is paid.
 */
export function openTrial(config: Config, words: string, log: Logger) {
  const alone = { ...config, CHAT_MODEL: undefined }
  const { given, ...threads } = threadsOf(alone, words)
  const last = { given: { ...given, isTrial: true }, size: 1, heldMs: TRIAL_HELD_MS }
  return openThreads({ ...threads, ...last, log })
}

const threadsOf = (config: Config, words: string) => ({
  entry: new URL('engine-thread.ts', import.meta.url),
  given: { config, words } satisfies Given,
  longestMs: ANSWER_MS + 2 * (config.CHAT_FIRST_BYTE_TIMEOUT_MS + config.CHAT_TIMEOUT_MS),
})

/** Who goes last is long at one question where the machine is busy. */
const TRIAL_HELD_MS = 60_000

/** What an answer may take beside a model: a server or an endpoint that is slow, and a wait for its turn. */
const ANSWER_MS = 30_000

async function isEmpty(index: PassageIndex): Promise<boolean> {
  try {
    return (await index.size()) === 0
  } catch (error) {
    if (error instanceof NoIndexError) return true
    throw error
  }
}
