import { STAGES } from '../answer/trace.ts'
import type { Answer } from '../corpus.ts'
import { courtesyIn } from '../answer/courteous.ts'
import type { Engine } from '../engine/engine.ts'
import { REASONS } from '../endpoint-call.ts'
import { doorNow } from '../served.ts'
import type { Metrics, Outcome } from './metrics.ts'

type Asking = Pick<Engine, 'ask' | 'examine' | 'checkClaim'>

/** Counts what is asked of an engine, through which door and with what outcome; an answer's trace says the rest. */
export function watchEngine(engine: Asking, metrics: Metrics): Asking {
  return {
    ask: (chat, question, options) =>
      counted(
        () => engine.ask(chat, question, options),
        ({ answer }) => answer,
        options?.signal,
      ),
    examine: (...args) =>
      counted(
        () => engine.examine(...args),
        (answer) => answer,
      ),
    async checkClaim(...args) {
      try {
        const claim = await engine.checkClaim(...args)
        metrics.checked(doorNow(), claim.verdict)
        return claim
      } catch (error) {
        metrics.checked(doorNow(), 'failed')
        throw error
      }
    },
  }

  async function counted<T>(
    work: () => Promise<T>,
    answerOf: (value: T) => Answer,
    signal?: AbortSignal,
  ): Promise<T> {
    const door = doorNow()
    const began = performance.now()
    const end = (outcome: Outcome, mode?: Answer['mode']) => {
      const picker = mode === undefined ? 'none' : mode === 'model' ? mode : 'weights'
      metrics.asked({ door, outcome, picker }, (performance.now() - began) / 1000)
    }
    try {
      const value = await work()
      const answer = answerOf(value)
      if (signal?.aborted) end(brokenOff(signal))
      else end(courtesyIn(answer) ? 'courtesy' : answer.status, answer.mode)
      traced(answer)
      return value
    } catch (error) {
      end(signal?.aborted ? brokenOff(signal) : 'failed')
      throw error
    }
  }

  /** What came from a thread is JSON; only words that we know become labels. */
  function traced({ trace = [] }: Answer): void {
    for (const { stage, ms, reason } of trace) {
      const known = STAGES.find((one) => one === stage)
      if (known) metrics.staged(known, ms / 1000)
      const why = REASONS.find((one) => one === reason)
      if (why && known === 'model') metrics.unpicked(why)
    }
  }
}

/** Whoever asked went away, or it took longer than anybody waits. */
const brokenOff = ({ reason }: AbortSignal): Outcome =>
  reason instanceof DOMException && reason.name === 'TimeoutError' ? 'failed' : 'stopped'
