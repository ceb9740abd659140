import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Question } from '../../corpus.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Texts } from './lists.ts'
import { writeTexts } from './words-store.ts'

export interface TrialEngine extends Pick<Engine, 'examine'> {
  readonly close: () => Promise<void>
}
/** Opens an engine that answers with the words in a folder. */
export type OpenTrial = (folder: string) => Promise<TrialEngine>

/** Of the same, with the words as they are saved and as they would be. */
export interface Both<T> {
  readonly before: T
  readonly after: T
}

/** Opening one costs a second or two; who tries something tries something else right after. */
const IDLE_MS = 60_000
const MOST = 2

/** Engines for trying words beside the one that serves: two for each pair of texts, kept for a while. */
export function createTrials(openTrial: OpenTrial) {
  interface Opened {
    readonly engines: Promise<Both<TrialEngine>>
    users: number
    idle: NodeJS.Timeout | undefined
  }
  const opened = new Map<string, Opened>()

  return {
    /**
     * Does something with an engine of each of two texts.
     * @throws Error in a sentence when too many are being tried.
     */
    async with<T>(texts: Both<Texts>, work: (engines: Both<TrialEngine>) => Promise<T>) {
      const key = JSON.stringify(texts)
      const trial = opened.get(key) ?? begin(key, texts)
      trial.users++
      clearTimeout(trial.idle)
      try {
        return await work(await trial.engines)
      } finally {
        if (--trial.users === 0) trial.idle = setTimeout(() => void end(key), IDLE_MS).unref()
      }
    },
    async close() {
      await Promise.all(Array.from(opened.keys(), end))
    },
  }

  function begin(key: string, texts: Both<Texts>): Opened {
    const unused = [...opened].filter(([, { users }]) => users === 0).slice(0, 1)
    if (opened.size >= MOST) {
      if (unused.length === 0) throw new Error('已经有人在试别的改动，请过一会儿再试。')
      for (const [other] of unused) void end(other)
    }
    const trial: Opened = { engines: openBoth(texts), users: 0, idle: undefined }
    opened.set(key, trial)
    // Whoever asked for it hears of it; the next who does begins anew.
    trial.engines.catch(() => void end(key))
    return trial
  }

  async function openBoth({ before, after }: Both<Texts>): Promise<Both<TrialEngine>> {
    const first = await openOne(before)
    try {
      return { before: first, after: await openOne(after) }
    } catch (error) {
      await first.close()
      throw error
    }
  }

  /** The files stay as long as it does: a thread of it may have to be replaced. */
  async function openOne(texts: Texts): Promise<TrialEngine> {
    const folder = await mkdtemp(join(tmpdir(), 'wence-words-'))
    const remove = () => rm(folder, { recursive: true, force: true })
    try {
      writeTexts(folder, texts)
      const { examine, close } = await openTrial(folder)
      return {
        examine,
        async close() {
          await close()
          await remove()
        },
      }
    } catch (error) {
      await remove()
      throw error
    }
  }

  async function end(key: string): Promise<void> {
    const trial = opened.get(key)
    opened.delete(key)
    clearTimeout(trial?.idle)
    const engines = await trial?.engines.catch(() => undefined)
    await Promise.all([engines?.before.close(), engines?.after.close()])
  }
}

export type Trials = ReturnType<typeof createTrials>

/** Asks both the same. */
export async function askBoth(engines: Both<TrialEngine>, question: Question) {
  const before = await engines.before.examine(question)
  return { before, after: await engines.after.examine(question) }
}
