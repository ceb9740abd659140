import { z } from 'zod'
import { type Governors, GOVERNORS, governorsOf } from '../../language/governors.ts'
import { pieces as piecesOf } from '../../language/pieces.ts'
import { readSentence } from '../../language/read-sentence.ts'
import { fitProbability } from '../../learn/fit.ts'
import { probability, scorer } from '../../learn/linear.ts'
import { FEATURES, type Needs, besides } from './needs.ts'

/**
 * A judged cut: what was picked of a sentence (`keep`), what must be told with it, what need not be; of
 * one without `mustTell`, what may not.
 */
export const JudgedCut = z.object({
  id: z.string(),
  sentence: z.string(),
  keep: z.array(z.string()),
  mustTell: z.array(z.string()),
  mayDrop: z.array(z.string()),
})
export type JudgedCut = z.infer<typeof JudgedCut>

/** The rows of one judged cut; `right` is null where nobody judged. */
interface Judged {
  readonly harmless: boolean
  readonly rows: readonly { readonly row: readonly number[]; readonly right: boolean | null }[]
}

/** Of the square of the weights, per standard deviation: the best of .01, .02 and .04 on what was held out. */
const PENALTY = 0.02
const FOLDS = 5
const GATES = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6]
const WITHS = [0.03, 0.05, 0.07, 0.1, 0.15, 0.2]

/** Learns what a cut needs; the same cases make the same weights. `made` is a day, YYYY-MM-DD. */
export function learnNeeds(cases: readonly JudgedCut[], made: string): Needs {
  const governs = governorsOf(GOVERNORS)
  const judged = cases.flatMap((one) => judge(one, governs) ?? [])
  const held = judged.map((_, i) => i % FOLDS)
  const likely: number[][] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const score = scorer(fit(judged.filter((_, i) => held[i] !== fold)), FEATURES)
    judged.forEach(({ rows }, i) => {
      if (held[i] === fold) likely[i] = rows.map(({ row }) => probability(score(row)))
    })
  }
  const choices = GATES.flatMap((gate) => WITHS.map((withs) => ({ gate, with: withs })))
  const best = choices
    .map((thresholds) => ({ thresholds, right: share(judged, likely, thresholds) }))
    .toSorted((a, b) => b.right.all - a.right.all)[0]!
  return {
    about: {
      made,
      cases: judged.length,
      'held out, all right': best.right.all,
      'held out, must be told and is': best.right.must,
      'held out, harmless and left alone': best.right.harmless,
    },
    model: fit(judged),
    thresholds: best.thresholds,
  }
}

function fit(judged: readonly Judged[]) {
  const rows = judged.flatMap(({ rows: all }) =>
    all.flatMap(({ row, right }) => (right === null ? [] : [{ row, right, weight: 1 }])),
  )
  return fitProbability(rows, FEATURES, { penalty: PENALTY })
}

/** Rows of a table, and sentences that do not say what was kept, teach nothing. */
function judge(
  { sentence, keep, mustTell, mayDrop }: JudgedCut,
  governs: Governors,
): Judged | null {
  const pieces = piecesOf(sentence)
  const read = readSentence(sentence, pieces, governs)
  const clausesOf = (some: readonly string[]) =>
    new Set(
      some.flatMap((words) => {
        const start = sentence.indexOf(words)
        if (start < 0) return []
        return pieces.flatMap((piece, i) =>
          piece.start < start + words.length && start < piece.end
            ? [read.structure.clauseOf[i]!]
            : [],
        )
      }),
    )
  const picked = clausesOf(keep)
  if (picked.size === 0 || (sentence.includes('\n') && !sentence.includes('，'))) return null
  const [must, may] = [clausesOf(mustTell), clausesOf(mayDrop)]
  return {
    harmless: mustTell.length === 0,
    rows: besides({ ...read, picked }).map(({ clause, features }) => ({
      row: features,
      right: must.has(clause) ? true : may.has(clause) ? false : null,
    })),
  }
}

/** How many cuts are told right, of all, of what must be told, of those that need nothing. */
function share(
  judged: readonly Judged[],
  likely: readonly (readonly number[])[],
  { gate, with: withs }: Needs['thresholds'],
) {
  const outcomes = judged.map(({ rows, harmless }, i) => {
    const needs = likely[i]!.some((p) => p >= gate)
    const told = (k: number) => needs && likely[i]![k]! >= withs
    const must = rows.filter(({ right }) => right === true)
    const found = rows.filter(({ right }, k) => right === true && told(k))
    const over = harmless && rows.some(({ right }, k) => right === false && told(k))
    return { harmless, over, must: must.length, found: found.length }
  })
  const sum = (value: (o: (typeof outcomes)[number]) => number) =>
    outcomes.reduce((all, outcome) => all + value(outcome), 0)
  const of = (have: number, all: number) => Math.round((1000 * have) / Math.max(1, all)) / 1000
  return {
    all: of(
      sum((o) => Number(!o.over && o.must === o.found)),
      outcomes.length,
    ),
    must: of(
      sum((o) => o.found),
      sum((o) => o.must),
    ),
    harmless: of(
      sum((o) => Number(o.harmless && !o.over)),
      sum((o) => Number(o.harmless)),
    ),
  }
}
