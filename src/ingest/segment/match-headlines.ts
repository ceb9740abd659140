import { toRuns } from '../../traced.ts'
import { isClosed } from '../layout/sentence.ts'
import { affinities } from './affinity.ts'
import { rangeOf } from './draft.ts'
import type { DisplayGroup, Draft } from './draft.ts'
import { textOf, unitsOf } from './headline-unit.ts'
import type { HeadlineUnit } from './headline-unit.ts'
import { isNoticeTitle } from '../layout/notice.ts'
import { splitDrafts } from './split-drafts.ts'

/** Which draft each headline unit belongs to. */
export interface Matched {
  readonly drafts: readonly Draft[]
  /** By draft, in reading order. */
  readonly units: readonly (readonly HeadlineUnit[])[]
  readonly unmatched: readonly HeadlineUnit[]
}

/** Below this a unit shares too little with a body to be its own by content alone. */
const WEAK = 0.35
/** Below this no neighbourhood makes a line a body's headline. */
const LEAST = 0.12
/** From this on a unit is plainly its own. */
const PLAIN = 0.5
/** What standing inside a body, right after it, or with names under it right before it counts. */
const INSIDE = 0.6
const RIGHT_AFTER = 0.15
const RIGHT_BEFORE = 0.6
/** Two bodies that fit a unit equally well leave it to its neighbour. */
const MARGIN = 0.08
/** Drafts that are matched together. */
const SHEET = 60
/** Paragraphs that a headline sums up: what it shares with them counts as much as the rest. */
const LEAD_PARAGRAPHS = 2

/**
 * Gives headline lines that stand apart from any body (in a pile at the foot of the page, between
 * columns, after the body) to the body they share their rare words with; a body that two of them
 * speak of at different ends is two bodies.
 */
export function matchHeadlines(drafts: readonly Draft[], groups: readonly DisplayGroup[]): Matched {
  const sheets = sheetsOf(drafts, groups).map((sheet) => matchSheet(sheet.drafts, sheet.groups))
  return {
    drafts: sheets.flatMap((sheet) => sheet.drafts),
    units: sheets.flatMap((sheet) => sheet.units),
    unmatched: sheets.flatMap((sheet) => sheet.unmatched),
  }
}

/** No page holds more drafts; a longer text is many pages, and no headline looks for its body across them. */
function sheetsOf(drafts: readonly Draft[], groups: readonly DisplayGroup[]) {
  const bounds = [0]
  for (let d = SHEET; d < drafts.length; d += SHEET)
    bounds.push(Math.max(bounds.at(-1)!, rangeOf(drafts[d]!)[0]))
  return bounds.map((from, k) => {
    const to = bounds[k + 1] ?? Infinity
    return {
      drafts: drafts.slice(k * SHEET, (k + 1) * SHEET),
      groups: groups.filter(({ at }) => at >= from && at < to),
    }
  })
}

function matchSheet(drafts: readonly Draft[], groups: readonly DisplayGroup[]): Matched {
  const units = groups.flatMap((group) => unitsOf(group))
  const parted = splitDrafts(drafts, units, hostsOf(drafts, units))
  const scores = scoreUnits(parted, units)
  const target = scores.map((own) => strongest(own))
  for (const u of units.keys()) {
    const score = target[u] === undefined ? 0 : scores[u]![target[u]]!
    if (score < WEAK || (score < INSIDE && isTie(scores[u]!)))
      target[u] = byNeighbour(units, u, target, scores) ?? target[u]
  }
  const final = target.map((d, u) => (isStray(units, scores, target, u) ? undefined : d))
  return {
    drafts: parted,
    units: parted.map((_, d) => units.filter((_unit, u) => final[u] === d)),
    unmatched: units.filter((_, u) => final[u] === undefined),
  }
}

/** A line beside a body by its place alone, which has its headline elsewhere: a slogan, an advertisement. */
function isStray(
  units: readonly HeadlineUnit[],
  scores: readonly (readonly number[])[],
  target: readonly (number | undefined)[],
  u: number,
): boolean {
  const d = target[u]
  if (d === undefined || scores[u]![d]! >= RIGHT_AFTER + LEAST) return false
  return units.some(
    ({ group }, v) => target[v] === d && group !== units[u]!.group && scores[v]![d]! >= PLAIN,
  )
}

const textFrom = ({ body }: Draft, from: number, to?: number) =>
  body
    .slice(from, to)
    .map(({ text }) => text.text)
    .join('\n')

/** The draft on both sides of each unit, or −1. */
function hostsOf(drafts: readonly Draft[], units: readonly HeadlineUnit[]): number[] {
  const around = surroundings(drafts)
  return units.map((unit) => {
    const { before, after } = around(unit.group.at)
    return before === after ? before : -1
  })
}

/** For an offset, the drafts whose text stands nearest before and after it, and whether the latter begins there. */
function surroundings(
  drafts: readonly Draft[],
): (at: number) => { before: number; after: number; begins: boolean } {
  const runs = drafts
    .flatMap((draft, d) =>
      isCaption(draft)
        ? []
        : draft.body.flatMap(({ text }) => toRuns(text.origin).map(([at]) => ({ at, d }))),
    )
    .toSorted((a, b) => a.at - b.at)
  return (at) => {
    const next = runs.findIndex((run) => run.at > at)
    const last = next < 0 ? runs.length : next
    const after = runs[last]?.d ?? -1
    const begins = after >= 0 && !runs.slice(0, last).some(({ d }) => d === after)
    return { before: runs[last - 1]?.d ?? -1, after, begins }
  }
}

const isCaption = (draft: Draft) =>
  draft.kind === 'photo' && draft.body.length === 1 && !isClosed(draft.body[0]!.text.text)

/** How well each unit fits each draft; negative where it cannot belong. */
function scoreUnits(drafts: readonly Draft[], units: readonly HeadlineUnit[]): number[][] {
  const lines = units.map((unit) => textOf(unit))
  const whole = drafts.map((draft) => textFrom(draft, 0))
  const leads = drafts.map((draft) => textFrom(draft, 0, LEAD_PARAGRAPHS))
  const affinity = affinities(whole, lines)
  const leadAffinity = affinities(leads, lines)
  const around = surroundings(drafts)
  return units.map((unit, u) => {
    const { before, after, begins } = around(unit.group.at)
    return drafts.map((draft, d) => {
      if (draft.before.length > 0 || isCaption(draft)) return -1
      const inside = d === before && d === after ? INSIDE : 0
      const follows = d === before ? RIGHT_AFTER : 0
      const over = d === after && begins ? placeBonus(units, u) : 0
      const shared = (affinity(lines[u]!, d) + leadAffinity(lines[u]!, d)) / 2
      // Where a line stands is no reason alone: what shares nothing with a body is not its headline.
      return shared + inside + over < LEAST ? 0 : shared + inside + follows + over
    })
  })
}

/** What standing right over a body counts: the last line of a group does, or one that announces it. */
function placeBonus(units: readonly HeadlineUnit[], u: number): number {
  const unit = units[u]!
  if (announces(unit)) return RIGHT_BEFORE
  if (units[u + 1]?.group === unit.group) return 0
  return unit.group.over ? RIGHT_BEFORE : RIGHT_AFTER
}

/** A unit that belongs to the text below it: with names under it, or a bare word like 公告. */
const announces = (unit: HeadlineUnit) => unit.credits.length > 0 || isNoticeTitle(textOf(unit))

function isTie(scores: readonly number[]): boolean {
  const [first = 0, second = 0] = scores.toSorted((a, b) => b - a)
  return first - second < MARGIN
}

function strongest(scores: readonly number[]): number | undefined {
  let best: number | undefined
  scores.forEach((score, d) => {
    if (score > 0 && (best === undefined || score > scores[best]!)) best = d
  })
  return best
}

/**
 * A line of little content of its own goes with the line after it in its group, else before it,
 * where that is plainly placed and this shares something with its body too.
 */
function byNeighbour(
  units: readonly HeadlineUnit[],
  u: number,
  target: readonly (number | undefined)[],
  scores: readonly (readonly number[])[],
): number | undefined {
  for (const k of [u + 1, u - 1]) {
    const d = target[k]
    if (d === undefined || units[k]?.group !== units[u]!.group) continue
    if (scores[k]![d]! >= PLAIN && scores[u]![d]! > 0) return d
  }
  return undefined
}
