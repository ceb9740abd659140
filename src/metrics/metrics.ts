/**
 * What is counted, for Prometheus. Labels are words of ours alone: doors, outcomes, stages, methods. No
 * question, name or id is ever one, so that there are some hundred series, however much is asked.
 */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { EndpointCall, FailureReason } from '../endpoint-call.ts'
import type { Stage } from '../answer/trace.ts'
import { DOORS, type Door } from '../served.ts'

/** `courtesy`: no question; `limited`: too much was asked in a minute; `stopped`: whoever asked went away. */
export type Outcome =
  | 'answered'
  | 'partial'
  | 'not_found'
  | 'courtesy'
  | 'failed'
  | 'stopped'
  | 'limited'
export type Picker = 'model' | 'weights' | 'none'

/** From some milliseconds of a stage to the half minute of a slow model. */
const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** Gauges of one look: what each means, by its name without `wence_`. */
type Helps<Name extends string> = Readonly<Record<Name, string>>
/** What a look found; what it could not see is left out. A list has a value for each label. */
export type Found<Name extends string> = {
  readonly [N in Name]?: number | Readonly<Record<string, number>> | undefined
}

export type Metrics = ReturnType<typeof createMetrics>

/** `ofProcess`: with memory, time on the processor and the lag of the event loop of this process. */
export function createMetrics({ ofProcess = false } = {}) {
  const register = new Registry()
  const registers = [register]
  if (ofProcess) collectDefaultMetrics({ register })
  const looks: (() => Promise<void>)[] = []
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `wence_${name}`, help, labelNames, registers })
  const histogram = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Histogram({ name: `wence_${name}`, help, labelNames, buckets: SECONDS, registers })

  const questions = counter('questions_total', 'Questions by what became of them', [
    'door',
    'outcome',
    'picker',
  ])
  // How much a count grew is seen only of one that was there before.
  for (const door of DOORS) questions.inc({ door, outcome: 'failed', picker: 'none' }, 0)
  const answerSeconds = histogram('answer_seconds', 'From a question to its answer', ['door'])
  const claims = counter('claims_total', 'Claims that were checked, by verdict', [
    'door',
    'outcome',
  ])
  const stageSeconds = histogram('stage_seconds', 'Each stage of an answer', ['stage'])
  const unpicked = counter(
    'model_unused_total',
    'Answers in which weights chose because the model did not, by why',
    ['reason'],
  )
  const endpointSeconds = histogram(
    'endpoint_call_seconds',
    'Requests to the chat and embedding endpoints, by what became of them',
    ['endpoint', 'outcome'],
  )
  const tokens = counter('endpoint_tokens_total', 'Tokens as the endpoints count them', [
    'endpoint',
    'kind',
  ])
  const telegram = counter('telegram_calls_total', 'Calls of the Bot API, by how it answered', [
    'method',
    'code',
  ])
  const floodSeconds = counter(
    'telegram_flood_wait_seconds_total',
    'How long Telegram asked to wait',
    [],
  )
  const httpSeconds = histogram('http_request_seconds', 'HTTP requests that were served', [
    'door',
    'status',
  ])

  return {
    asked(of: { door: Door; outcome: Outcome; picker: Picker }, seconds?: number): void {
      questions.inc(of)
      if (seconds !== undefined) answerSeconds.observe({ door: of.door }, seconds)
    },
    checked: (door: Door, outcome: string): void => claims.inc({ door, outcome }),
    staged: (stage: Stage, seconds: number): void => stageSeconds.observe({ stage }, seconds),
    unpicked: (reason: FailureReason): void => unpicked.inc({ reason }),
    called({ endpoint, outcome, ms, tokens: counted }: EndpointCall): void {
      endpointSeconds.observe({ endpoint, outcome }, ms / 1000)
      for (const [kind, count] of Object.entries(counted ?? {}))
        tokens.inc({ endpoint, kind }, count)
    },
    telegram(method: string, code: string): void {
      telegram.inc({ method, code })
    },
    floodWait: (seconds: number): void => floodSeconds.inc(seconds),
    http: (door: Door, status: number, seconds: number): void =>
      httpSeconds.observe({ door, status: `${Math.floor(status / 100)}xx` }, seconds),

    /** Gauges that are looked at when they are read; `label` names what tells several values of one apart. */
    gauges<Name extends string>(
      helps: Helps<Name>,
      look: () => Found<Name> | Promise<Found<Name>>,
      label?: string,
    ): void {
      const gauges = Object.entries<string>(helps).map(([name, help]) => {
        const labelNames = label === undefined ? [] : [label]
        return { name, gauge: new Gauge({ name: `wence_${name}`, help, labelNames, registers }) }
      })
      looks.push(async () => {
        const found: Readonly<Record<string, Found<Name>[Name]>> = await Promise.resolve()
          .then(look)
          .catch(() => ({}))
        for (const { name, gauge } of gauges) {
          gauge.reset()
          const value = found[name]
          if (typeof value === 'number') gauge.set(value)
          else if (label === undefined) gauge.remove()
          else for (const [of, n] of Object.entries(value ?? {})) gauge.set({ [label]: of }, n)
        }
      })
    },
    /** All of it, as Prometheus reads it. */
    async read(): Promise<{ readonly type: string; readonly text: string }> {
      await Promise.all(looks.map((look) => look()))
      return { type: register.contentType, text: await register.metrics() }
    },
    register,
  }
}
