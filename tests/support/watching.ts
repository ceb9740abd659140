import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import type { Outcome } from '../../src/ingest/ingest.ts'
import { openLedger } from '../../src/ingest/ledger.ts'
import { type Readers, openReaders } from '../../src/ingest/reading/open-readers.ts'
import { type Stores, type WatchDeps, watchFolders } from '../../src/ingest/watch/watch-folders.ts'
import type { WatchedState } from '../../src/ingest/watch/watch-state.ts'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import type { PassageIndex } from '../../src/retrieval/passage-index.ts'
import { tempFolder } from './temp.ts'

/** What a test does is awaited for so long on a machine that is busy. */
const PATIENCE = { timeout: 60_000, interval: 50 }

/** Folders that are watched with a real index, which looks and tries again as soon as it can. */
export async function watching(
  folders: readonly string[],
  {
    readers,
    written = (index) => index,
    ...given
  }: Partial<Pick<WatchDeps, 'times' | 'inTurn'>> & {
    readonly readers?: Readers<'articles'>
    readonly written?: (index: PassageIndex) => PassageIndex
  } = {},
) {
  const data = tempFolder()
  const index = openEmbeddedIndex(join(data, 'index.sqlite'))
  const ledger = openLedger(join(data, 'ingest.sqlite'), await index.identity())
  const reading = readers ?? openReaders('articles', { size: 1 })
  const stores: Stores = { index: written(index), ledger, readers: reading }
  const outcomes: Outcome[] = []
  const said: string[] = []
  const states: WatchedState[] = []
  const stop = new AbortController()
  let turns = 0
  const ended = watchFolders({
    folders,
    inTurn: async (work) => {
      turns += 1
      return given.inTurn ? given.inTurn(work) : work(stores)
    },
    ledger: () => ledger,
    onDone: (some) => outcomes.push(...some),
    info: (_, sentence) => said.push(sentence),
    warn: (_, sentence) => said.push(sentence),
    onState: (state) => states.push(state),
    signal: stop.signal,
    times: {
      lookMs: 100,
      settleMs: 50,
      pauseMs: 10,
      restMs: [50, 200],
      embedMs: [50, 200],
      ...given.times,
    },
  })
  onTestFinished(async () => {
    stop.abort()
    await ended
    if (!readers) reading.close()
    ledger.close()
    await index.close()
  })
  const sources = async () => {
    const all: string[] = []
    for await (const { source } of index.articles()) all.push(source)
    return all.toSorted()
  }
  /** Two looks later: whatever was there is done, or waits for something. */
  const looked = async () => {
    const from = states.length
    const looks = () => new Set(states.slice(from).map(({ lookedAt }) => lookedAt)).size
    await vi.waitUntil(() => looks() > 3 && states.at(-1)?.waiting === 0, PATIENCE)
  }
  return {
    index,
    ledger,
    stores,
    outcomes,
    said,
    sources,
    looked,
    turns: () => turns,
    state: () => states.at(-1)!,
    told: () => outcomes.map(({ source, status }) => `${source} ${status}`),
    until: (what: () => boolean | Promise<boolean>) =>
      vi.waitFor(async () => {
        if (!(await what())) throw new Error(`not yet: ${String(what)}; ${said.join('\n')}`)
      }, PATIENCE),
  }
}
