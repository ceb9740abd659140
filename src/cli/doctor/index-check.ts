/** What is in the index, and whether what ingest remembers agrees. */
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { clock } from '../../clock.ts'
import { chinaDay } from '../../china-time.ts'
import type { Config } from '../../config.ts'
import { codeOf } from '../../endpoint/unreached.ts'
import { bytesIn, digestOf } from '../../ingest/ingest.ts'
import { type KnownFile, lookAtLedger, rememberedIndex } from '../../ingest/ledger.ts'
import { READER_VERSION } from '../../ingest/reader-version.ts'
import { daysOf } from '../../retrieval/days.ts'
import type { Contents } from '../../retrieval/embedded/contents.ts'
import { fillingMark } from '../open.ts'
import { ledgerFile } from '../open-index.ts'
import { useSavedWords } from '../saved-words.ts'
import type { Check, Finding } from './check.ts'
import { inProcess } from './in-process.ts'
import { SAY } from './say.ts'

const { index: SAID } = SAY

export const index: Check = {
  name: '索引',
  async look({ patient: { config }, signal }) {
    const faults = useSavedWords(config)
    return [
      ...(config.QDRANT_URL ? [SAID.inQdrant()] : await embedded(config, signal)),
      ...(existsSync(fillingMark(config)) ? [SAID.filling()] : []),
      ...(await ledger(ledgerFile(config), signal)),
      ...faults.map(SAID.words),
    ]
  },
}

async function embedded(config: Config, signal: AbortSignal): Promise<Finding[]> {
  const file = join(config.WENCE_DATA_DIR, 'index.sqlite')
  if (!existsSync(file)) return [SAID.none()]
  const found = await inProcess('contents', file, signal)
  if ('status' in found) return contents(found, config)
  return [SAID.unread('damage' in found ? found.damage : found.unread)]
}

function contents(found: Contents, config: Config): Finding[] {
  if (found.status !== 'ours') return [SAID[found.status]()]
  const remembered = rememberedIndex(ledgerFile(config))
  // The model of its vectors is no part of the file's identity.
  const isOfIt = remembered?.identity.split(' ')[0] === found.identity
  return [
    ...(isOfIt && found.generation < remembered.generation ? [SAID.lost()] : []),
    found.articles === 0
      ? SAID.empty()
      : SAID.filled(found.articles, found.passages, found.newest ?? '没有日期'),
    ...stale(found.newest),
  ]
}

/** Of a daily paper; after so long an alert fires, too (deploy/prometheus/alerts.yml). */
const STALE_MS = 14 * 24 * 3600_000

/** `newest` is `YYYY[-MM[-DD]]`; of a year or a month alone its last day counts. */
export function stale(newest: string | null): Finding[] {
  const last = newest === null ? undefined : daysOf(newest)?.last
  if (newest === null || last === undefined) return []
  return last < Number(chinaDay(clock.now() - STALE_MS).replaceAll('-', ''))
    ? [SAID.stale(newest)]
    : []
}

async function ledger(file: string, signal: AbortSignal): Promise<Finding[]> {
  // A machine that only serves has none.
  if (!existsSync(file)) return []
  const { files, problems } = lookAtLedger(file)
  const { there = [], gone = [], closed = [] } = Object.groupBy(files, ({ path }) => whether(path))
  const again = there.filter(({ digest }) => digest === '').length
  const sample = spread(there.filter(isSmall), SAMPLE)
  const old = await Promise.all(sample.map((one) => isOfOlder(one, signal)))
  const behind = old.filter(Boolean).length
  return [
    SAID.ledger(files.length),
    ...(again > 0 ? [SAID.again(again)] : []),
    ...(gone.length > 0 ? [SAID.gone(gone.length, gone[0]!.path)] : []),
    ...(closed.length > 0 ? [SAID.closed(closed.length, ...closedOn(closed[0]!.path))] : []),
    ...(behind > 0 ? [SAID.reader(behind, sample.length)] : []),
    ...(problems > 0 ? [SAID.problems(problems)] : []),
  ]
}

/** Whether a file is there; of one whose folder is closed nobody knows. */
function whether(path: string): 'there' | 'gone' | 'closed' {
  try {
    return statSync(path, { throwIfNoEntry: false }) ? 'there' : 'gone'
  } catch {
    return 'closed'
  }
}

/** The folder that keeps us from a path, and how. */
function closedOn(path: string): [folder: string, code: string] {
  let folder = dirname(path)
  while (!existsSync(folder)) folder = dirname(folder)
  try {
    statSync(path)
  } catch (error) {
    return [folder, codeOf(error) ?? '']
  }
  return [folder, '']
}

/** An upgrade's reader reads none or all of a folder anew: a few files show it. */
const SAMPLE = 20
const SMALL_BYTES = 5e6

const isSmall = ({ path, digest }: KnownFile) =>
  digest !== '' && (statSync(path, { throwIfNoEntry: false })?.size ?? Infinity) < SMALL_BYTES

function spread<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, all.length / most)
  return Array.from({ length: Math.min(most, all.length) }, (_, i) => all[Math.floor(i * step)]!)
}

/** Whether a file was read by an older reader, and is as it was. */
async function isOfOlder({ path, digest, kind }: KnownFile, signal: AbortSignal): Promise<boolean> {
  for (let reader = Number(READER_VERSION); reader > 0 && !signal.aborted; reader--) {
    const now = await digestOf(path, kind, String(reader)).catch(() => undefined)
    if (now === bytesIn(digest)) return String(reader) !== READER_VERSION
  }
  return false
}
