import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config.ts'
import type { Held } from '../conversation/holdings.ts'
import type { EndpointCall } from '../endpoint-call.ts'
import type { Engine } from '../engine/engine.ts'
import type { Logger } from '../log.ts'
import { databaseSizes, diskOf, lastBackup, lastLook } from '../metrics/look-at-files.ts'
import { createMetrics } from '../metrics/metrics.ts'
import { unwritable, whyUnwritable } from '../why-unwritable.ts'
import { IndexUnavailableError } from '../retrieval/index-unavailable.ts'
import { PARTS, type Part, type States, canAnswer, createTroubles, noteCall } from '../troubles.ts'

/** What tells how this process does: its troubles, and what it counts. */
export function openOperations(log: Logger) {
  const troubles = createTroubles()
  const metrics = createMetrics({ ofProcess: true })
  return {
    troubles,
    metrics,
    /** Notes a request to an endpoint. */
    called: (call: EndpointCall): void => {
      metrics.called(call)
      noteCall(troubles, call)
      const { endpoint, outcome, ms, tokens } = call
      log.debug({ endpoint, outcome, ms: Math.round(ms), tokens }, 'an endpoint was asked')
    },
  }
}

export type Operations = ReturnType<typeof openOperations>

/** Whoever looks waits no longer than this for an engine that is busy. */
const LOOK_MS = 5_000
const SLOW = '检索没有及时回答。'
const BROKEN = '检索出错，原因在日志里。'
const EMPTY = '索引里还没有文章。'

/**
 * Has the gauges of one installation looked at whenever they are read; gives what looks how its parts are.
 * The index is asked by way of the engine, as questions are.
 */
export function watchInstallation(
  { troubles, metrics }: Operations,
  config: Config,
  engine: Pick<Engine, 'holdings'>,
  log: Logger,
): () => Promise<States> {
  const parts = new Set<Part>(['storage', 'index'])
  if (config.CHAT_MODEL) parts.add('model')
  if (config.EMBEDDING_MODEL) parts.add('embedding')
  if (config.TELEGRAM_BOT_TOKEN) parts.add('telegram')
  const folder = config.WENCE_DATA_DIR

  let looking: Promise<Held | undefined> | undefined
  /** What there is of the index; troubles of it and of the disk are noted. */
  const look = () => (looking ??= lookAtAll().finally(() => (looking = undefined)))

  async function lookAtAll(): Promise<Held | undefined> {
    const [held] = await Promise.all([lookAtIndex(), lookAtDisk()])
    return held
  }

  async function lookAtIndex(): Promise<Held | undefined> {
    try {
      const late = sleep(LOOK_MS, undefined, { ref: false })
      const held = await Promise.race([engine.holdings(), late])
      if (held && held.articles > 0) troubles.delete('index')
      else troubles.set('index', held ? EMPTY : SLOW)
      return held
    } catch (error) {
      const isAway = error instanceof IndexUnavailableError
      if (!isAway && !troubles.has('index')) log.error({ err: error }, 'the index cannot be asked')
      troubles.set('index', isAway ? error.message : BROKEN)
      return undefined
    }
  }

  async function lookAtDisk(): Promise<void> {
    const code = await whyUnwritable(folder)
    if (code === undefined) troubles.delete('disk')
    else troubles.set('disk', `${unwritable(code)}。`)
  }

  async function statesNow(): Promise<States> {
    await look()
    return troubles.states(parts)
  }

  metrics.gauges(INDEX, async () => {
    const held = await look()
    const ready = Number(canAnswer(troubles.states(parts)))
    if (!held) return { ready }
    return { ready, articles: held.articles, passages: held.passages, ...printed(held.newest) }
  })
  metrics.gauges(
    PART,
    async () => {
      const states = await statesNow()
      const there = PARTS.filter((part) => parts.has(part))
      return {
        part_up: Object.fromEntries(
          there.map((part) => [part, Number(states[part].state === 'ok')]),
        ),
      }
    },
    'part',
  )
  metrics.gauges(DATABASES, () => ({ database_bytes: databaseSizes(folder) }), 'database')
  metrics.gauges(DISK, () => diskOf(folder))
  metrics.gauges(INGEST, () => lastLook(folder))
  metrics.gauges(BACKUP, () => lastBackup(folder))
  return statesNow
}

/** A month is as old as its first day, which China began eight hours earlier. */
const printed = (date: string | null) =>
  date === null
    ? {}
    : {
        newest_article_timestamp_seconds:
          Date.parse(`${date}-01-01`.slice(0, 10)) / 1000 - 8 * 3600,
      }

const INDEX = {
  ready: 'Whether questions can be answered',
  articles: 'Articles in the index',
  passages: 'Passages in the index',
  newest_article_timestamp_seconds: 'When the newest article was printed',
}
const DATABASES = { database_bytes: 'Size of each database' }
const DISK = {
  disk_free_bytes: 'Room on the disk of the data directory',
  disk_free_ratio: 'The same, as a part of the disk',
}
const INGEST = {
  ingest_alive_timestamp_seconds: 'When the ingest that goes on last lived',
  ingest_look_timestamp_seconds: 'When ingest last looked for articles',
  ingest_files_failed: 'Files that ingest could not read',
  ingest_files_waiting: 'Files that ingest has yet to read',
}
const BACKUP = { backup_timestamp_seconds: 'When the last backup was made; 0 where none was' }
const PART = { part_up: 'Whether a part does its work' }
