import { setTimeout as sleep } from 'node:timers/promises'
import { messageOf } from '../../message-of.ts'
import type { Check, Finding, Patient } from './check.ts'
import { SAY } from './say.ts'

export interface Examined {
  readonly check: string
  readonly findings: readonly Finding[]
}

export interface ExamineOptions {
  readonly offline: boolean
  /** How long each check may take. */
  readonly seconds: number
}

/** So long after its time a check may still say what it found. */
const GRACE_MS = 500

/** Looks at everything side by side, and tells it in order as it is found; whatever fails is a finding. */
export async function* examine(
  checks: readonly Check[],
  patient: Patient,
  options: ExamineOptions,
): AsyncGenerator<Examined> {
  const examined = checks.map(async (check) => ({
    check: check.name,
    findings: await findingsOf(check, patient, options),
  }))
  for (const one of examined) yield await one
}

async function findingsOf(
  { asks = false, look }: Check,
  patient: Patient,
  { offline, seconds }: ExamineOptions,
): Promise<readonly Finding[]> {
  if (asks && offline) return [SAY.offline()]
  const signal = AbortSignal.timeout(seconds * 1_000)
  const over = new AbortController()
  const late = sleep(seconds * 1_000 + GRACE_MS, [SAY.late(seconds)], { signal: over.signal })
  late.catch(() => {})
  try {
    // One that fails at once fails like one that fails later.
    const looked = Promise.resolve({ patient, offline, seconds, signal }).then(look)
    return await Promise.race([looked, late])
  } catch (error) {
    return [signal.aborted ? SAY.late(seconds) : SAY.failed(messageOf(error))]
  } finally {
    over.abort()
  }
}
