import { affinities } from './affinity.ts'
import { newDraft } from './draft.ts'
import type { Draft } from './draft.ts'
import { textOf } from './headline-unit.ts'
import type { HeadlineUnit } from './headline-unit.ts'

/** Affinity that two headlines must explain better than one, summed over paragraphs. */
const GAIN = 0.3
/** Share of what speaks of a headline that may stand on the other side of the cut. */
const LEAK = 0.3
/** A new block of the extraction is a likelier place for an article to begin. */
const BLOCK = 0.1
const NOTE = '版面没有标出本篇与相邻一篇的界线，按标题用词分开'

/**
 * Parts bodies that ran together because the page marks no boundary between them: where two
 * headlines, each over its own stretch of paragraphs, explain the words better than one over all.
 * `hosts` are the drafts that units stand inside of, −1 for none: such a unit speaks of no other.
 */
export function splitDrafts(
  drafts: readonly Draft[],
  units: readonly HeadlineUnit[],
  hosts: readonly number[],
): Draft[] {
  if (units.length < 2) return [...drafts]
  const paragraphs = drafts.flatMap((draft) => draft.body.map(({ text }) => text.text))
  const lines = units.map((unit) => textOf(unit))
  const affinity = affinities(paragraphs, lines)
  const scores = lines.map((line) => paragraphs.map((_, k) => affinity(line, k)))
  let from = 0
  return drafts.flatMap((draft, d) => {
    const [start, end] = [from, from + draft.body.length]
    from = end
    // Only headlines that speak of this body more than of any other can part it.
    const own = scores
      .filter((_, u) => hosts[u] === -1 || hosts[u] === d)
      .filter((score) => most(score.slice(start, end)) >= most(score))
      .map((score) => score.slice(start, end))
    return cutDraft(draft, findCuts(draft, own, 0, draft.body.length))
  })
}

const most = (scores: readonly number[]) => scores.reduce((a, b) => Math.max(a, b), 0)

/** The cuts of one body, in order: the best one, then those of both sides. */
function findCuts(
  draft: Draft,
  scores: readonly (readonly number[])[],
  start: number,
  end: number,
): number[] {
  if (end - start < 2 || scores.length < 2) return []
  const sums = scores.map((score) => runningSums(score, start, end))
  const whole = Math.max(...sums.map((sum) => sum.at(-1)!))
  let best: { cut: number; gain: number } | undefined
  for (let cut = start + 1; cut < end; cut++) {
    const k = cut - start
    const [left, right] = bestPair(sums, k)
    const gain = left + right - whole + (draft.body[cut]!.opensBlock ? BLOCK : 0)
    if (!draft.body[cut - 1]!.subhead && gain >= (best?.gain ?? GAIN)) best = { cut, gain }
  }
  if (!best) return []
  return [
    ...findCuts(draft, scores, start, best.cut),
    best.cut,
    ...findCuts(draft, scores, best.cut, end),
  ]
}

function runningSums(score: readonly number[], start: number, end: number): number[] {
  const sums = [0]
  for (let k = start; k < end; k++) sums.push(sums.at(-1)! + score[k]!)
  return sums
}

/** The best two different headlines for what stands before and after a cut, each on its side alone. */
function bestPair(sums: readonly (readonly number[])[], k: number): [number, number] {
  let best: [number, number] = [0, 0]
  for (const a of sums) {
    const before = a[k]!
    if (before < a.at(-1)! * (1 - LEAK)) continue
    for (const b of sums) {
      const after = b.at(-1)! - b[k]!
      if (a === b || after < b.at(-1)! * (1 - LEAK)) continue
      if (before + after > best[0] + best[1]) best = [before, after]
    }
  }
  return best
}

function cutDraft(draft: Draft, cuts: readonly number[]): Draft[] {
  if (cuts.length === 0) return [draft]
  const bounds = [0, ...cuts, draft.body.length]
  return bounds.slice(1).map((end, k): Draft => {
    const last = end === draft.body.length
    return {
      ...newDraft(draft.kind),
      body: draft.body.slice(bounds[k], end),
      before: k === 0 ? draft.before : [],
      credits: last ? draft.credits : [],
      notes: [...draft.notes, NOTE],
      ended: true,
    }
  })
}
