import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Outcome } from '../ingest/ingest.ts'
import { type Ledger, openLedger } from '../ingest/ledger.ts'
import { type Readers, openReaders } from '../ingest/reading/open-readers.ts'
import { type Say, type WatchTimes, watchFolders } from '../ingest/watch/watch-folders.ts'
import { NOTHING_SEEN, type WatchState, writeWatchState } from '../ingest/watch/watch-state.ts'
import { type Logger, createLog } from '../log.ts'
import { liesIn } from '../lies-in.ts'
import { messageOf } from '../message-of.ts'
import { aborted, stopSignal } from '../stop-signal.ts'
import { UsageError } from './command.ts'
import { checkDataDirectory } from './data-directory.ts'
import { countsOf, ingestReport, outcomeLine } from './ingest-report.ts'
import { inIngestTurn } from './one-ingest.ts'
import { openStores } from './open.ts'
import { ledgerFile } from './open-index.ts'
import { type FetchTimes, fetchedFolder, watchAddresses } from './watch-addresses.ts'

/** `watch.json` is written at least so often. */
const ALIVE_MS = 30_000
/** Reading processes that have nothing to read end after this; they hold 100 MB and more. */
const IDLE_MS = 60_000
/** Who is told to end is waited for so long: a container is killed after 10 seconds. */
const GRACE_MS = 5_000
/** So many files that failed are told of one stretch, by name. */
const FAILURES_TOLD = 20

/**
 * Keeps the index as folders are, until SIGTERM or Ctrl+C: what `npm run ingest -- --watch` does. In a
 * terminal it speaks in sentences, else it writes a log.
 * @throws UsageError for folders that cannot be watched.
 */
export async function watchIngest(
  config: Config,
  given: readonly string[],
  {
    times,
    fetching,
  }: { readonly times?: Partial<WatchTimes>; readonly fetching?: FetchTimes } = {},
): Promise<void> {
  const folders = given.map((path) => resolve(path))
  for (const folder of folders) refuse(folder, config)
  checkDataDirectory(config.WENCE_DATA_DIR)
  const log = createLog(config.LOG_LEVEL ?? (process.stderr.isTTY ? 'silent' : 'info'))
  const isSpoken = log.level === 'silent' && process.stderr.isTTY
  const speak: Say = (_, sentence) => console.error(sentence)
  const info: Say = isSpoken ? speak : (facts, sentence) => log.info(facts, sentence)
  const warn: Say = isSpoken ? speak : (facts, sentence) => log.warn(facts, sentence)
  const stop = stopSignal()
  const failed = new AbortController()
  const stores = openInTurn(config, log, (line) => info({}, line))
  const keeper = keepState(config, folders, warn)
  info({ folders }, `Watching ${folders.join(', ')}; Ctrl+C ends it.`)
  const signal = AbortSignal.any([stop, failed.signal])
  const watching = watchFolders({
    folders: [...folders, fetchedFolder(config)],
    inTurn: stores.inTurn,
    ledger: stores.ledger,
    onDone: isSpoken ? speakOf : (outcomes, ms) => note(log, outcomes, ms),
    info,
    warn,
    onState: keeper.change,
    signal,
    ...(times && { times }),
  })
  const onState = (addresses: WatchState['addresses']) => keeper.change({ addresses })
  const fetched = watchAddresses(config, folders, { info, warn, onState, signal }, fetching)
  // Neither goes on without the other: whoever started us starts both again.
  for (const one of [watching, fetched]) one.catch(() => failed.abort())
  // What is being read may take longer: it is made whole the next time, as after any end.
  const isDone = await Promise.race([
    Promise.all([watching, fetched]).then(() => true),
    aborted(stop).then(() => sleep(GRACE_MS, false, { ref: false })),
  ]).finally(() => {
    keeper.close()
    stores.close()
  })
  info({}, 'Watching has ended.')
  if (!isDone) process.exit(0)
}

function refuse(folder: string, { WENCE_DATA_DIR }: Config) {
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw new UsageError(`${folder}: this is a file; --watch takes folders.`)
  if (liesIn(WENCE_DATA_DIR, folder))
    throw new UsageError(
      `${folder}: the data directory ${WENCE_DATA_DIR} lies in it; watch a folder of articles alone.`,
    )
}

/** What ingest works with, opened for each turn: others may have made the index anew since. */
function openInTurn(config: Config, log: Logger, tell: (line: string) => void) {
  let readers: Readers<'articles'> | undefined
  let ledger: Ledger | undefined
  let idle: NodeJS.Timeout | undefined
  let said: string | undefined
  const lazy: Readers<'articles'> = {
    size: 2,
    read: (file) => (readers ??= openReaders('articles', { size: lazy.size })).read(file),
    close: () => end(),
  }
  const end = () => {
    readers?.close()
    readers = undefined
  }
  /** Told at every opening, and said once. */
  const onNotice = (notice: string) => {
    if (notice !== said) tell(notice)
    said = notice
  }
  const inTurn = async <T>(
    work: (stores: Awaited<ReturnType<typeof openStores>>) => Promise<T>,
  ) => {
    clearTimeout(idle)
    const opened = async () => {
      const stores = await openStores(config, lazy, onNotice)
      try {
        return await work(stores)
      } finally {
        await stores.close()
      }
    }
    try {
      return await inIngestTurn(config, opened, { tell })
    } finally {
      idle = setTimeout(end, IDLE_MS).unref()
    }
  }
  const remembered = () => {
    if (!ledger && existsSync(ledgerFile(config)))
      ledger = openLedger(ledgerFile(config), null, { onNotice: (notice) => log.error(notice) })
    return ledger
  }
  const close = () => {
    clearTimeout(idle)
    end()
    ledger?.close()
  }
  return { inTurn, ledger: remembered, close }
}

/** Writes `watch.json`, now and then and when something changed; what cannot be written is told once. */
function keepState(config: Config, folders: readonly string[], warn: Say) {
  const startedAt = clock.now()
  let state: WatchState = {
    version: 1,
    pid: process.pid,
    startedAt,
    aliveAt: startedAt,
    ...NOTHING_SEEN,
    folders: [...folders],
    addresses: { listed: 0, pages: 0, failed: 0, askedAt: null },
  }
  let isTold = false
  const alive = setInterval(write, ALIVE_MS).unref()
  write()
  const change = (changes: Partial<WatchState>) => {
    state = { ...state, ...changes }
    write()
  }
  return { change, close: () => clearInterval(alive) }

  function write() {
    state = { ...state, aliveAt: clock.now() }
    try {
      writeWatchState(config.WENCE_DATA_DIR, state)
      isTold = false
    } catch (error) {
      if (!isTold) warn({ err: error }, `watch.json cannot be written: ${messageOf(error)}`)
      isTold = true
    }
  }
}

function speakOf(outcomes: readonly Outcome[], ms: number) {
  const lines = outcomes.flatMap((outcome) => outcomeLine(outcome) ?? [])
  console.error([...lines, ingestReport(outcomes, ms)].join('\n'))
}

/** A line of what was done, and one for each file that failed. */
function note(log: Logger, outcomes: readonly Outcome[], ms: number) {
  const failed = outcomes.flatMap((outcome) => (outcome.status === 'failed' ? [outcome] : []))
  for (const { source, error } of failed.slice(0, FAILURES_TOLD)) log.warn({ source }, error)
  log.info({ ...countsOf(outcomes), ms: Math.round(ms) }, 'ingested')
}
