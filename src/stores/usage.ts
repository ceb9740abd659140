/**
 * How much was asked and how it went, counted by the hour as it happens: who looks at it reads some
 * thousand numbers, however many questions are kept. Numbers name nobody, and stay when a question
 * is forgotten.
 */
import type { Answer } from '../corpus.ts'

export interface Usage {
  readonly asked: number
  readonly people: number
  readonly answered: number
  readonly partial: number
  readonly notFound: number
  readonly byModel: number
  /** Of the time to answer, in milliseconds, within a twentieth; null when nothing was asked. */
  readonly medianMs: number | null
  readonly p95Ms: number | null
  /** What each stage of an answer takes on average, in milliseconds, the slowest first. */
  readonly stages: readonly { readonly stage: string; readonly ms: number }[]
}

/** What is counted in an hour: `what` is a status, a mode, a step of time or a stage of an answer. */
export interface Count {
  readonly kind: 'status' | 'mode' | 'step' | 'stage'
  readonly what: string
  /** Adds up, of a step and a stage. */
  readonly ms: number
}

/** A count with how often it was counted. */
export type Counted = Omit<Count, 'kind'> & { readonly kind: string; readonly times: number }

/** Times to answer are counted in steps, each a tenth longer than the one before. */
const STEP = 1.1
const stepOf = (ms: number) => Math.round(Math.log(Math.max(ms, 1)) / Math.log(STEP))
const msOf = (step: number) => STEP ** step

const HOUR_MS = 3600 * 1000
/** The hour of a time, in hours since 1970. */
export const hourOf = (time: number) => Math.floor(time / HOUR_MS)

/** What an answer counts as. */
export const countsOf = ({ status, mode, ms, trace = [] }: Answer): Count[] => [
  { kind: 'status', what: status, ms: 0 },
  { kind: 'mode', what: mode, ms: 0 },
  { kind: 'step', what: String(stepOf(ms)), ms },
  ...trace.map(({ stage, ms: took }) => ({ kind: 'stage' as const, what: stage, ms: took })),
]

/** What counts say, summed up over the hours looked at. */
export function usageOf(counted: readonly Counted[], people: number): Usage {
  const of = (kind: Count['kind']) => counted.filter((row) => row.kind === kind)
  const times = (kind: Count['kind'], what: string) =>
    of(kind).find((row) => row.what === what)?.times ?? 0
  const asked = of('status').reduce((sum, row) => sum + row.times, 0)
  const steps = of('step').toSorted((a, b) => Number(a.what) - Number(b.what))
  const nth = (share: number) => {
    let before = 0
    const step = steps.find((row) => (before += row.times) > Math.floor(asked * share))
    return step ? msOf(Number(step.what)) : null
  }
  return {
    asked,
    people,
    answered: times('status', 'answered'),
    partial: times('status', 'partial'),
    notFound: times('status', 'not_found'),
    byModel: times('mode', 'model'),
    medianMs: nth(0.5),
    p95Ms: nth(0.95),
    stages: of('stage')
      .map(({ what, ms, times: n }) => ({ stage: what, ms: ms / n }))
      .toSorted((a, b) => b.ms - a.ms),
  }
}
