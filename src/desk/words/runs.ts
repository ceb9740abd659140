import type { JudgedQuestion } from '../../answer/evaluate/judged-question.ts'
import type { PassagesOf } from '../judged/pointed.ts'
import { runJudged } from '../judged/run-judged.ts'
import type { Ran } from '../judged/run-store.ts'
import type { Texts } from './lists.ts'
import type { Both, TrialEngine, Trials } from './trial.ts'
import { messageOf } from '../../message-of.ts'

/** A run of all judged questions without somebody's draft, then with it. */
export interface Run {
  /** What was tried. */
  readonly texts: Both<Texts>
  readonly state: 'running' | 'done' | 'stopped' | 'failed'
  /** What went wrong, in a sentence; '' where nothing did. */
  readonly why: string
  /** How often something was asked, of how many times in all. */
  readonly done: number
  readonly total: number
  /** What became of the questions, once all were asked. */
  readonly ran?: Both<readonly Ran[]>
}

export interface RunsDeps {
  readonly trials: Pick<Trials, 'with'>
  readonly passagesOf: PassagesOf
}

/** Runs of judged questions, one at a time, so that those who ask the bot meanwhile have a core. The last of each person is kept. */
export function createRuns({ trials, passagesOf }: RunsDeps) {
  const runs = new Map<string, Run>()
  let running: { who: string; stop: AbortController; ended: Promise<void> } | undefined

  return {
    of: (who: string): Run | undefined => runs.get(who),
    /** Whoever is at it just now. */
    busy: (): string | undefined => running?.who,
    start(who: string, texts: Both<Texts>, questions: readonly JudgedQuestion[]): void {
      if (running) return
      const stop = new AbortController()
      const { signal } = stop
      let run: Run = { texts, state: 'running', why: '', done: 0, total: 2 * questions.length }
      const say = (more: Partial<Run>) => void runs.set(who, (run = { ...run, ...more }))
      say({})
      const ask = async ({ examine: answer }: TrialEngine, asked: number) => {
        const report = (done: number) => say({ done: asked + done })
        return (await runJudged(questions, { answer, passagesOf, signal, report })).ran
      }
      const ended = trials
        .with(texts, async ({ before, after }) => ({
          before: await ask(before, 0),
          after: await ask(after, questions.length),
        }))
        .then(
          (ran) => say({ state: 'done', ran }),
          (error: unknown) =>
            signal.aborted
              ? say({ state: 'stopped' })
              : say({
                  state: 'failed',
                  why: messageOf(error),
                }),
        )
        .finally(() => (running = undefined))
      running = { who, stop, ended }
    },
    stop(who: string): void {
      if (running?.who === who) running.stop.abort()
    },
    async close() {
      running?.stop.abort()
      await running?.ended
    },
  }
}

export type Runs = ReturnType<typeof createRuns>
