import type { Logger } from '../../log.ts'
import { readWeights } from '../../answer/pick/learned/weights.ts'
import type { Answer } from '../../corpus.ts'
import type { JudgedStore } from './judged-store.ts'
import { type RunJudgedDeps, runJudged } from './run-judged.ts'
import type { RunStore } from './run-store.ts'
import { clock } from '../../clock.ts'

export interface RunnerDeps extends Pick<RunJudgedDeps, 'answer' | 'passagesOf'> {
  readonly judged: Pick<JudgedStore, 'all'>
  readonly runs: Pick<RunStore, 'add'>
  readonly log: Logger
  readonly now?: () => number
}

/** A run that is under way. */
export interface Progress {
  readonly who: string
  readonly done: number
  readonly total: number
  readonly seconds: number
}

/** Runs all judged questions beside everything else, one run at a time, and keeps what came of it. */
export function createRunner({ judged, runs, log, now = clock.now, ...deps }: RunnerDeps) {
  let running:
    | { who: string; done: number; total: number; at: number; stop: AbortController }
    | undefined

  async function run(who: string): Promise<void> {
    const questions = judged.all().map((one) => one.judged)
    const stop = new AbortController()
    const mine = (running = { who, done: 0, total: questions.length, at: now(), stop })
    try {
      const { ran, last } = await runJudged(questions, {
        ...deps,
        signal: stop.signal,
        report: (done) => void (mine.done = done),
      })
      const at = now()
      runs.add({ who, at, ms: at - mine.at, picked: pickedBy(last), ran })
    } catch (error) {
      if (!stop.signal.aborted) log.error({ err: error }, 'a run of judged questions failed')
    } finally {
      running = undefined
    }
  }

  return {
    /** Begins a run, unless one is under way. */
    start(who: string): void {
      if (!running) void run(who)
    },
    stop(): void {
      running?.stop.abort()
    },
    progress(): Progress | undefined {
      if (!running) return undefined
      const { who, done, total, at } = running
      return { who, done, total, seconds: Math.round((now() - at) / 1000) }
    },
  }
}

export type Runner = ReturnType<typeof createRunner>

function pickedBy(answer: Answer | undefined): string {
  if (answer?.mode === 'model') return `${answer.model}，提示词 ${answer.promptVersion}`
  return `权重 ${readWeights().about.made}`
}
