import type { Answer, TraceStage } from '../corpus.ts'

/** Keeps what the stages of an answer got, gave and took, in order, with how long each took. */
export function createTrace(now: () => number = () => performance.now()) {
  const stages: TraceStage[] = []
  let last = now()
  return {
    stages: stages as readonly TraceStage[],
    /** Says that a stage is done; its time is what passed since the one before. */
    done(stage: string, of: Readonly<Record<string, unknown>>) {
      const at = now()
      const named = { stage, ms: Math.round((at - last) * 100) / 100 }
      stages.push({ ...named, ...of, ...named })
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
