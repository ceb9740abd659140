import type { Answer, TraceStage } from '../corpus.ts'
import { served } from '../served.ts'

/** What an answer is made in. */
export const STAGES = [
  'courtesy',
  'retrieve',
  'context',
  'words',
  'model',
  'tell',
  'alone',
  'notices',
] as const
export type Stage = (typeof STAGES)[number]

/**
 * Keeps what the stages of an answer got, gave and took, in order, with how long each took; the first
 * says which request it answers, by its name in the log.
 */
export function createTrace(now: () => number = () => performance.now()) {
  const stages: TraceStage[] = []
  let last = now()
  return {
    stages: stages as readonly TraceStage[],
    /** Says that a stage is done; its time is what passed since the one before. */
    done: (stage: Stage, of: Readonly<Record<string, unknown>>): void => {
      const at = now()
      const named = { stage, ms: Math.round((at - last) * 100) / 100 }
      const { request } = served() ?? {}
      const isFirst = stages.length === 0 && request !== undefined
      stages.push({ ...named, ...of, ...named, ...(isFirst && { request }) })
      last = at
    },
  }
}

/** An answer with all that its trace can say: reasons, too, that a stage makes only when it is asked. */
export function explained(answer: Answer): Answer {
  const { trace } = answer
  return { ...answer, ...(trace && { trace: trace.map(withReasons) }) }
}

function withReasons(stage: TraceStage): TraceStage {
  const { explain } = stage
  return typeof explain === 'function' ? { ...stage, explain: explain() as unknown } : stage
}

/** The name of the request that an answer was given to. */
export function requestOf({ trace = [] }: Answer): string | undefined {
  const request = trace[0]?.['request']
  return typeof request === 'string' ? request : undefined
}
