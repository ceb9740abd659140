import { statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { clock } from '../../clock.ts'
import { fnv1a } from '../../fnv1a.ts'
import { GAZETTEER_LIST } from '../../language/places.ts'
import { messageOf } from '../../message-of.ts'
import { type Found, type FoundFile, type SkippedFile, findFiles, isThere } from '../find-files.ts'
import { type FoundDeps, type Outcome, ingestFound, isStale, isUnembedded } from '../ingest.ts'
import type { Entry, Ledger } from '../ledger.ts'
import { UNFINISHED } from '../read/endings.ts'
import { type Stamped, createDue } from './due.ts'
import { watchEvents } from './events.ts'
import { type HeldBack, partGone } from './held-back.ts'
import { createTrouble } from './trouble.ts'
import { NOTHING_SEEN, type WatchedState } from './watch-state.ts'

/** Tells whoever runs it: some facts, and a sentence. */
export type Say = (facts: Record<string, unknown>, sentence: string) => void

export type Stores = Pick<FoundDeps, 'index' | 'ledger' | 'corrections' | 'readers'>

export interface WatchDeps {
  /** Whole paths, without a slash at their end. */
  readonly folders: readonly string[]
  /** Does something with what ingest works with, in the turn of whoever ingests. */
  readonly inTurn: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>
  /** What was read up to now, to be looked at out of turn; undefined before anything was. */
  readonly ledger: () => Pick<Ledger, 'entries' | 'version'> | undefined
  /** Told what became of files; of one that failed, or was skipped, once until it changes. */
  readonly onDone: (outcomes: readonly Outcome[], ms: number) => void
  readonly info: Say
  readonly warn: Say
  readonly onState: (state: WatchedState) => void
  readonly signal: AbortSignal
  readonly times?: Partial<WatchTimes>
}

/** In milliseconds. */
export interface WatchTimes {
  /** Between two looks where nothing says that something changed, but no more often than a look takes 20 times. */
  readonly lookMs: number
  /** What is as it was for so long is no longer being written. */
  readonly settleMs: number
  /** So long it reads at a stretch, before others have their turn; the file that is being read is done first. */
  readonly roundMs: number
  /** So long it lets others have the turn. */
  readonly pauseMs: number
  /** So often it looks whether the index is still the one that it was. */
  readonly indexMs: number
  /** How long it rests after a trouble with the index or the disk, the first time and at most. */
  readonly restMs: readonly [number, number]
  /** The same, with the embedding endpoint. */
  readonly embedMs: readonly [number, number]
  /** The same, with a file that failed. */
  readonly againMs: readonly [number, number]
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const TIMES: WatchTimes = {
  lookMs: 30_000,
  settleMs: 2_000,
  // Somebody at the desk waits for 5 seconds.
  roundMs: 3_000,
  pauseMs: 500,
  indexMs: 10 * MINUTE_MS,
  restMs: [1_000, 5 * MINUTE_MS],
  embedMs: [MINUTE_MS, HOUR_MS],
  againMs: [HOUR_MS, 24 * HOUR_MS],
}

const LOOK_SHARE = 20
/** So many paths that cannot be read are told: who mends them mends the rest. */
const MOST_CLOSED = 20

/** What a look found there is to do. */
interface Plan {
  readonly files: readonly Stamped[]
  readonly gone: readonly Entry[]
  /** How many more are still being written, or just went. */
  readonly settling: number
}

/**
 * Keeps the index as folders are, until told to stop: what is new or changed in them is read once it
 * is no longer written, what is gone is taken out, what went wrong with an index or an endpoint is
 * tried again. It looks now and then; what the system tells of changes only makes that sooner.
 */
export async function watchFolders(deps: WatchDeps): Promise<void> {
  const { folders, onDone, info, warn, signal } = deps
  const times = { ...TIMES, ...deps.times }
  const due = createDue(times.againMs)
  const notices = createNotices(warn, info)
  const remembered = untilChanged(deps.ledger)
  const skipped = new Set<string>()
  const trouble = createTrouble({
    firstMs: times.restMs[0],
    mostMs: times.restMs[1],
    onMet: (what) => warn({ what }, `${what} It is tried again, and nothing is lost.`),
    onOver: (what, ms) => info({ what, ms }, 'That has passed; going on.'),
  })
  const unembedded = createTrouble({
    firstMs: times.embedMs[0],
    mostMs: times.embedMs[1],
    onMet: (what) =>
      warn({ what }, `${what} What is read now is found by its words alone until that has passed.`),
    onOver: (what, ms) => info({ what, ms }, 'Texts are embedded again.'),
  })
  let state = NOTHING_SEEN
  let lastLookMs = 0
  let indexAt = Number.NEGATIVE_INFINITY
  /** What was taken out lately may come again under another name. */
  let goneBefore: readonly Entry[] = []
  let changed = Promise.withResolvers<void>()
  const events = watchEvents(
    () => changed.resolve(),
    (code) =>
      info(
        { code, everyMs: times.lookMs },
        `The system does not tell of all changes (${code}); they are looked for every ${times.lookMs / 1000} seconds.`,
      ),
  )

  try {
    while (!signal.aborted) {
      changed = Promise.withResolvers()
      const plan = await planned()
      if (plan) await work(plan)
      if (!plan) await pause(times.restMs[0])
      else if (plan.settling > 0) await pause(times.settleMs)
      else
        await Promise.race([
          changed.promise,
          pause(plan.files.length > 0 ? times.restMs[0] : betweenLooks()),
        ])
    }
  } finally {
    events.close()
  }

  /** Nothing where even looking cannot be done just now, as where too many files are open. */
  async function planned(): Promise<Plan | undefined> {
    try {
      return await look()
    } catch (error) {
      trouble.met(messageOf(error))
      publish({})
      return undefined
    }
  }

  async function look(): Promise<Plan> {
    const started = performance.now()
    const found = await findFiles(folders)
    const entries = remembered()
    const known = new Map(entries.map((entry) => [entry.path, entry]))
    const files = await stamped(found.files)
    const stale = await stamped(entries.filter(isStale))
    const inFolders = entries.filter(({ path }) => found.lookedFor(path))
    const missing = inFolders.filter(({ path }) => !isThere(path))
    const changes = due.look(byPath([...stale, ...files]), {
      gone: missing.map(({ path }) => path),
      isInIndex: (path) => known.has(path),
    })
    const { leaving, held } = partGone(
      missing.filter(({ path }) => changes.gone.has(path)),
      {
        read: inFolders,
        fresh: files.filter(({ path }) => !known.has(path)).length,
        roots: folders,
        stands: isFolder,
      },
    )
    const again = stale.filter(
      (file) =>
        due.mayBeTried(file) && !(isUnembedded(known.get(file.path)!) && unembedded.isResting()),
    )
    // What was never read comes first: it is what people wait for.
    const queue = byPath([
      ...changes.files.filter(({ path }) => !known.has(path)),
      ...changes.files,
      ...again,
    ])
    const closed = found.closed.filter(({ code }) => code !== 'ENOENT')
    const seen = folders.filter((folder) => !closed.some(({ path }) => path === folder))
    const there = seen.filter(isFolder)
    events.follow(new Set([...there, ...files.map(({ path }) => dirname(path))]))
    notices.tell(noticesOf(found, held))
    const unseen = found.skipped.filter(isNews)
    if (unseen.length > 0)
      onDone(
        unseen.map((file) => ({ status: 'skipped', ...file })),
        0,
      )
    lastLookMs = performance.now() - started
    publish({
      lookedAt: clock.now(),
      files: files.length,
      waiting: queue.length + leaving.length + changes.settling,
      ...due.failures(),
      missing: seen.filter((folder) => !there.includes(folder)),
      closed: closed.slice(0, MOST_CLOSED),
      heldBack: [...held],
    })
    return { files: queue, gone: leaving, settling: changes.settling }
  }

  /** Told once in its life, and nothing of what programs are still writing. */
  function isNews({ source, ending }: SkippedFile): boolean {
    if (UNFINISHED.includes(ending) || skipped.has(source)) return false
    skipped.add(source)
    return true
  }

  /** Does what there is to do, a stretch at a time, and comes back to look after a while. */
  async function work({ files, gone, settling }: Plan) {
    let left = { files, gone }
    const end = performance.now() + betweenLooks()
    const isForIndex = clock.now() - indexAt >= times.indexMs
    if (files.length + gone.length === 0 && !isForIndex) return
    while (!trouble.isResting() && !signal.aborted) {
      try {
        const done = await deps.inTurn((stores) => round(left, stores))
        left = { files: done.left, gone: [] }
        if (!done.isMet) trouble.over()
      } catch (error) {
        trouble.met(messageOf(error))
      }
      publish({ waiting: left.files.length + settling, ...due.failures() })
      if (left.files.length === 0 || performance.now() > end) return
      await pause(times.pauseMs)
    }
  }

  /**
   * Takes out what is gone and reads files until the stretch is over: those that are left, and whether
   * something kept it from that.
   */
  async function round({ files, gone: leaving }: Omit<Plan, 'settling'>, stores: Stores) {
    const started = performance.now()
    indexAt = clock.now()
    const { ledger } = stores
    // Others may have had the turn since they were looked at.
    const gone = leaving.filter(({ path }) => ledger.entry(path) && !isThere(path))
    const lacking = new Set(files.filter(({ path }) => isLacking(ledger.entry(path))))
    const met = new AbortController()
    const over = AbortSignal.any([signal, met.signal, AbortSignal.timeout(times.roundMs)])
    const outcomes: Outcome[] = []
    const left: Stamped[] = []
    const come = ingestFound({ files, gone, goneBefore }, { ...stores, signal: over })
    let told = 0
    for await (const outcome of come) {
      const file = files[told++ - gone.length]
      if (!file) outcomes.push(outcome)
      else if (outcome.status === 'failed' && outcome.passing !== undefined) {
        trouble.met(outcome.passing)
        met.abort()
        left.push(file)
      } else {
        if (settle(file, outcome)) outcomes.push(outcome)
        if ('unembedded' in outcome && outcome.unembedded?.failure)
          unembedded.met(outcome.unembedded.failure)
        else if (lacking.has(file)) unembedded.over()
      }
    }
    if (gone.length > 0) goneBefore = [...goneBefore, ...gone].slice(-MOST_GONE)
    if (outcomes.length > 0) {
      publish({ changedAt: clock.now() })
      onDone(outcomes, performance.now() - started)
    }
    return { left: [...left, ...files.slice(told - gone.length)], isMet: met.signal.aborted }
  }

  /** Remembers what became of a file; whether that is news. */
  function settle(file: Stamped, outcome: Outcome): boolean {
    // What went between a look and its turn is gone, and no failure.
    if (outcome.status === 'failed') return isThere(file.path) && due.failed(file, outcome.error)
    due.done(file)
    // What the endpoint does not take, though it takes others, it may take some day.
    if ('unembedded' in outcome && outcome.unembedded && !outcome.unembedded.failure)
      due.failed(file, 'unembedded')
    return outcome.status !== 'unchanged'
  }

  function publish(changes: Partial<WatchedState>) {
    state = { ...state, ...changes, trouble: trouble.now() ?? unembedded.now() }
    deps.onState(state)
  }

  function betweenLooks() {
    return Math.max(times.lookMs, lastLookMs * LOOK_SHARE)
  }

  async function pause(ms: number) {
    await sleep(ms, undefined, { signal }).catch(() => {})
  }
}

/** A move of so many files at once is known as one. */
const MOST_GONE = 100_000

const isLacking = (entry: Entry | undefined) => entry !== undefined && isUnembedded(entry)

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Each once, the first of those with a path. */
function byPath(files: readonly Stamped[]): Stamped[] {
  const found = new Map<string, Stamped>()
  for (const file of files) if (!found.has(file.path)) found.set(file.path, file)
  return [...found.values()]
}

/** With what changes when they do; what went meanwhile is left out. */
async function stamped(files: readonly FoundFile[]): Promise<Stamped[]> {
  const all: Stamped[] = []
  // With staff's places all are read anew.
  const places = fnv1a(GAZETTEER_LIST.read().own)
  for (const { path, source } of files) {
    const found = await stat(path, { bigint: true }).catch(() => undefined)
    if (!found) continue
    const stamp = [places, found.size, found.mtimeNs, found.ctimeNs, found.ino].join(' ')
    all.push({ path, source, stamp })
  }
  return all
}

/** What was read, asked only after it changed. */
function untilChanged(ledger: WatchDeps['ledger']): () => readonly Entry[] {
  let known: { version: string; entries: readonly Entry[] } | undefined
  return () => {
    const opened = ledger()
    if (!opened) return []
    const version = opened.version()
    if (known?.version !== version) known = { version, entries: opened.entries() }
    return known.entries
  }
}

/** Something about folders that holds for a while. */
interface Notice {
  readonly facts: Record<string, unknown>
  readonly sentence: string
}

function noticesOf(found: Found, held: readonly HeldBack[]): Notice[] {
  return [
    ...found.problems.map(({ path, error }) => ({
      facts: { path },
      sentence: isThere(path) ? error : `${path} is not there; it is read as soon as it is.`,
    })),
    ...held.map(({ folder, gone }) => ({
      facts: { folder, gone },
      sentence: `${folder}: ${gone} files that were read from it are gone; they stay in the index until it is certain. Look whether it is mounted and whole; if they are to go, run npm run ingest -- --remove for them.`,
    })),
  ]
}

/** Tells what holds once, as long as it holds, and when it does no more. */
function createNotices(warn: Say, info: Say) {
  let before = new Map<string, Notice>()
  return {
    tell(notices: readonly Notice[]) {
      const now = new Map(notices.map((notice) => [notice.sentence, notice]))
      for (const [sentence, { facts }] of now) if (!before.has(sentence)) warn(facts, sentence)
      for (const [sentence, { facts }] of before)
        if (!now.has(sentence)) info(facts, `No more: ${sentence}`)
      before = now
    },
  }
}
