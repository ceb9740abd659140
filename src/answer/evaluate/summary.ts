import type { Evaluated, Stage } from './evaluate.ts'
import { UNANSWERABLE } from './judged-question.ts'

export interface Share {
  readonly of: number
  readonly have: number
}

/** What a run showed, as it is kept and printed as JSON. */
export interface Summary {
  readonly questions: number
  /** Of those that the articles answer. */
  readonly right: Share
  readonly worded: Share
  readonly cites: Share
  readonly citesAll: Share
  readonly wronglyRefused: Share
  /** Of those that they do not answer. */
  readonly rightlyRefused: Share
  /** Answers that break the contract. */
  readonly broken: Share
  /** Characters; of those answered. */
  readonly medianLength: number
  readonly ms: { readonly p50: number; readonly p95: number }
  readonly kinds: Readonly<Record<string, Share>>
  /** Of those that are wrong. */
  readonly stages: Readonly<Partial<Record<Stage, number>>>
  readonly wrong: readonly {
    readonly id: string
    readonly kind: string
    readonly question: string
    readonly stage: Stage
    readonly why: readonly string[]
  }[]
}

export function summarize(evaluated: readonly Evaluated[]): Summary {
  const answerable = evaluated.filter(({ judged }) => judged.kind !== UNANSWERABLE)
  const unanswerable = evaluated.filter(({ judged }) => judged.kind === UNANSWERABLE)
  const wrong = evaluated.flatMap(({ judged, verdict, stage }) =>
    stage === null
      ? []
      : [{ id: judged.id, kind: judged.kind, question: judged.question, stage, why: verdict.why }],
  )
  const ms = evaluated.map(({ answer }) => answer.ms)
  return {
    questions: evaluated.length,
    right: share(answerable, ({ verdict }) => verdict.right),
    worded: share(answerable, ({ verdict }) => verdict.worded),
    cites: share(answerable, ({ verdict }) => verdict.cites),
    citesAll: share(answerable, ({ verdict }) => verdict.citesAll),
    wronglyRefused: share(answerable, ({ verdict }) => verdict.refused),
    rightlyRefused: share(unanswerable, ({ verdict }) => verdict.refused),
    broken: share(evaluated, ({ verdict }) => verdict.broken.length > 0),
    medianLength: quantile(
      answerable.filter(({ verdict }) => !verdict.refused).map(({ verdict }) => verdict.length),
      0.5,
    ),
    ms: { p50: quantile(ms, 0.5), p95: quantile(ms, 0.95) },
    kinds: Object.fromEntries(
      [...Map.groupBy(evaluated, ({ judged }) => judged.kind)]
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([kind, of]) => [kind, share(of, ({ verdict }) => verdict.right)]),
    ),
    stages: Object.fromEntries(
      [...Map.groupBy(wrong, ({ stage }) => stage)].map(([stage, of]) => [stage, of.length]),
    ),
    wrong,
  }
}

/** Questions that were right in the last run and are wrong now, and the other way round; only those in both. */
export function changed(
  now: { readonly wrong: readonly { readonly id: string }[] },
  ids: readonly string[],
  last: { readonly ids: readonly string[]; readonly wrong: readonly string[] },
): { readonly worse: string[]; readonly better: string[] } {
  const before = new Set(last.wrong)
  const known = new Set(last.ids)
  const wrong = new Set(now.wrong.map(({ id }) => id))
  const both = ids.filter((id) => known.has(id))
  return {
    worse: both.filter((id) => wrong.has(id) && !before.has(id)),
    better: both.filter((id) => !wrong.has(id) && before.has(id)),
  }
}

function share<T>(list: readonly T[], test: (item: T) => boolean): Share {
  return { of: list.length, have: list.filter((item) => test(item)).length }
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0
}
