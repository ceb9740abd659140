import { type Failure, failure } from './failure.ts'

export interface Patience {
  /** How long nothing may come of the answer at first: a model may have to be loaded. */
  readonly firstMs: number
  /** How long nothing may come once it has begun. */
  readonly silenceMs: number
  /** How long all of it may take from there on. */
  readonly answerMs: number
}

/** Waits for one answer, in one try or several, and says when it is waited for no longer. */
export function createPatience({ firstMs, silenceMs, answerMs }: Patience) {
  const controller = new AbortController()
  const started = performance.now()
  let outcome: Failure | undefined
  let silence: NodeJS.Timeout | undefined
  let deadline: NodeJS.Timeout | undefined
  let isWaiting = true

  return {
    signal: controller.signal,
    /** Why it is waited for no longer. */
    outcome: () => outcome,
    /** How long the first of it may still take. */
    left: () => Math.max(0, firstMs - (performance.now() - started)),
    /** Whether nothing of the answer has come since it was asked for. */
    isWaiting: () => isWaiting,
    asked() {
      isWaiting = true
      quietFor(firstMs)
    },
    /** Something came, which shows that the endpoint lives; it begins no answer. */
    heard: () => isWaiting || quietFor(silenceMs),
    began() {
      isWaiting = false
      deadline ??= setTimeout(end, answerMs, failure('timeout', 'The chat endpoint took too long'))
      quietFor(silenceMs)
    },
    paused: () => clearTimeout(silence),
    end() {
      clearTimeout(silence)
      clearTimeout(deadline)
    },
  }

  function quietFor(ms: number) {
    clearTimeout(silence)
    silence = setTimeout(end, ms, failure('silence', 'The chat endpoint fell silent'))
  }

  function end(why: Failure) {
    outcome = why
    controller.abort()
  }
}
