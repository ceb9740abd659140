import type { Answer } from '../corpus.ts'
import type { Logger } from '../log.ts'
import type { Engine } from './engine.ts'

/** How long the same is not said again. */
const WHILE_MS = 3_600_000

/**
 * Writes into the log why a model or an endpoint was of no use to an answer, or of less: each kind once
 * in a while, since it is so for one question after the other. What the trace says of it repeats neither
 * a key nor what people wrote.
 */
export function logFailures(engine: Pick<Engine, 'ask'>, log: Logger): Engine['ask'] {
  const said = new Map<string, number>()
  return async (...args) => {
    const asked = await engine.ask(...args)
    for (const { kind, why } of failuresIn(asked.answer)) {
      const now = performance.now()
      if (now < (said.get(kind) ?? 0)) continue
      said.set(kind, now + WHILE_MS)
      log.warn({ kind }, why)
    }
    return asked
  }
}

function failuresIn({ trace = [] }: Answer): { kind: string; why: string }[] {
  const of = (kind: string, why: unknown) => (typeof why === 'string' ? [{ kind, why }] : [])
  return trace.flatMap(({ stage, reason, detail, promptCut, degraded }) => [
    // Whoever asked stopped waiting.
    ...(reason === 'aborted' ? [] : of(`${stage}: ${String(reason)}`, detail)),
    ...of(`${stage}: prompt cut`, promptCut),
    ...of(`${stage}: degraded`, degraded),
  ])
}
