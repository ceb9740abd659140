import type { Share, Summary } from './summary.ts'

/** A run as a terminal shows it: the shares, by kind, by stage, and what changed since the last run. */
export function reportText(
  summary: Summary,
  change: { readonly worse: readonly string[]; readonly better: readonly string[] } | null,
  { failures = false } = {},
): string {
  const rows: [string, string][] = [
    ['right', percent(summary.right)],
    ['words right', percent(summary.worded)],
    ['cites judged evidence', percent(summary.cites)],
    ['cites all of it', percent(summary.citesAll)],
    ['wrongly refused', percent(summary.wronglyRefused)],
    ['rightly refused', percent(summary.rightlyRefused)],
    ['breaks the contract', percent(summary.broken)],
    ['median length', `${summary.medianLength} characters`],
    ['time', `p50 ${summary.ms.p50.toFixed(0)} ms, p95 ${summary.ms.p95.toFixed(0)} ms`],
  ]
  const blocks = [
    table(rows),
    [
      'by kind',
      ...table(Object.entries(summary.kinds).map(([kind, of]) => [`  ${kind}`, percent(of)])),
    ],
    [
      'wrong, by stage',
      ...table(Object.entries(summary.stages).map(([stage, n]) => [`  ${stage}`, String(n)])),
    ],
    change ? sinceLast(change) : [],
    failures
      ? summary.wrong.map(
          ({ id, kind, stage, question, why }) =>
            `${id} [${kind}, ${stage}] ${question} — ${why.join('; ')}`,
        )
      : [],
  ]
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

function sinceLast({
  worse,
  better,
}: {
  readonly worse: readonly string[]
  readonly better: readonly string[]
}): string[] {
  if (worse.length + better.length === 0) return ['since the last run: no question changed']
  return [
    `since the last run: ${better.length} better, ${worse.length} worse`,
    ...(better.length > 0 ? [`  better: ${better.join(' ')}`] : []),
    ...(worse.length > 0 ? [`  WORSE:  ${worse.join(' ')}`] : []),
  ]
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`)
}

function percent({ have, of }: Share): string {
  return of === 0 ? 'none' : `${have}/${of} = ${((100 * have) / of).toFixed(1)}%`
}
