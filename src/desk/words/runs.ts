import type { JudgedQuestion } from '../../answer/evaluate/judged-question.ts'
import type { Texts } from './lists.ts'
import { type Both, type Comparison, type Trials, compare } from './trial.ts'

/** A run of all judged questions with somebody's draft. */
export interface Run {
  readonly who: string
  /** What was tried. */
  readonly texts: Both<Texts>
  readonly state: 'running' | 'done' | 'stopped' | 'failed'
  /** What went wrong, in a sentence; '' where nothing did. */
  readonly why: string
  readonly so: Comparison
}

/** Runs of judged questions, one at a time, so that those who ask the bot meanwhile have a core. The last of each person is kept. */
export function createRuns({ with: tryWith }: Pick<Trials, 'with'>) {
  const runs = new Map<string, Run>()
  const stop = new Map<string, AbortController>()
  let running: Promise<void> | undefined

  return {
    of: (who: string): Run | undefined => runs.get(who),
    /** Whoever is at it just now. */
    busy: (): string | undefined => [...stop.keys()][0],
    start(who: string, texts: Both<Texts>, questions: readonly JudgedQuestion[]): void {
      if (stop.size > 0) return
      const stopping = new AbortController()
      stop.set(who, stopping)
      const total = questions.length
      const none = { total, done: 0, right: { before: 0, after: 0 }, other: [] }
      let run: Run = { who, texts, state: 'running', why: '', so: none }
      const say = (more: Partial<Run>) => void runs.set(who, (run = { ...run, ...more }))
      say({})
      running = tryWith(texts, (engines) =>
        compare(engines, questions, { signal: stopping.signal, report: (so) => say({ so }) }),
      )
        .then(
          () => say({ state: 'done' }),
          (error: unknown) =>
            stopping.signal.aborted
              ? say({ state: 'stopped' })
              : say({
                  state: 'failed',
                  why: error instanceof Error ? error.message : String(error),
                }),
        )
        .finally(() => stop.delete(who))
    },
    stop: (who: string): void => stop.get(who)?.abort(),
    async close() {
      for (const stopping of stop.values()) stopping.abort()
      await running
    },
  }
}

export type Runs = ReturnType<typeof createRuns>
