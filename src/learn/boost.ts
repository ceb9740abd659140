/**
 * Fits a linear model and, to what it leaves, boosted trees (Friedman 2001, with second-order leaves as Chen and Guestrin 2016).
 * Which features a tree may ask is drawn from a seeded sequence, so the same rows make the same trees.
 */
import { type Labelled, fitProbability } from './fit.ts'
import { scorer } from './linear.ts'
import type { Boosted, Tree } from './trees.ts'

export interface BoostOptions {
  /** Of the square of the linear weights, per standard deviation. */
  readonly linear: number
  readonly rounds: number
  readonly depth: number
  /** What of each tree's worth is added. */
  readonly rate: number
  /** Rows, by weight, that a leaf has at least. */
  readonly leaf: number
  /** Added to the curvature of a leaf: holds back leaves of few rows. */
  readonly penalty: number
  /** The share of the features that one tree may ask. */
  readonly features: number
}

/** Bounds are looked for between so many groups of a feature's values. */
const BINS = 32

interface Binned {
  /** Of each row, which group its value is in. */
  readonly bins: Uint8Array
  /** Between each group and the next. */
  readonly bounds: readonly number[]
}

export function fitBoosted(
  rows: readonly Labelled[],
  names: readonly string[],
  options: BoostOptions,
): Boosted {
  const linear = fitProbability(rows, names, { penalty: options.linear })
  const base = scorer(linear, names)
  const binned = names.map((_, j) => binnedOf(rows.map(({ row }) => row[j]!)))
  const weights = rows.map(({ weight }) => weight)
  const right = rows.map((one) => (one.right ? 1 : 0))
  const scores = Float64Array.from(rows, ({ row }) => base(row))
  const gradient = new Float64Array(rows.length)
  const curvature = new Float64Array(rows.length)
  const next = sequence()
  const trees: Tree[] = []
  for (let round = 0; round < options.rounds; round++) {
    for (let i = 0; i < rows.length; i++) {
      const likely = 1 / (1 + Math.exp(-scores[i]!))
      gradient[i] = weights[i]! * (right[i]! - likely)
      curvature[i] = weights[i]! * likely * (1 - likely)
    }
    const asked = binned.keys().filter(() => next() < options.features)
    const all = Uint32Array.from(rows.keys())
    trees.push(grow(all, [...asked], options.depth))
  }
  return { linear, trees }

  function grow(own: Uint32Array, asked: readonly number[], depth: number): Tree {
    const split = depth > 0 ? bestSplit(own, asked) : undefined
    if (!split) {
      const worth = round6(
        (options.rate * of(own, gradient)) / (of(own, curvature) + options.penalty),
      )
      for (const i of own) scores[i]! += worth
      return worth
    }
    const { feature, bin } = split
    const { bins, bounds } = binned[feature]!
    return {
      feature: names[feature]!,
      bound: bounds[bin]!,
      below: grow(
        own.filter((i) => bins[i]! <= bin),
        asked,
        depth - 1,
      ),
      above: grow(
        own.filter((i) => bins[i]! > bin),
        asked,
        depth - 1,
      ),
    }
  }

  /** The feature and bound that tell most, where both sides have enough rows. */
  function bestSplit(own: Uint32Array, asked: readonly number[]) {
    const worth = (g: number, h: number) => (g * g) / (h + options.penalty)
    const [g, h, w] = [of(own, gradient), of(own, curvature), of(own, weights)]
    const whole = worth(g, h)
    let best: { readonly feature: number; readonly bin: number } | undefined
    let most = 1e-9
    const [sums, curves, heaps] = [
      new Float64Array(BINS),
      new Float64Array(BINS),
      new Float64Array(BINS),
    ]
    for (const feature of asked) {
      const { bins, bounds } = binned[feature]!
      sums.fill(0)
      curves.fill(0)
      heaps.fill(0)
      for (const i of own) {
        const bin = bins[i]!
        sums[bin]! += gradient[i]!
        curves[bin]! += curvature[i]!
        heaps[bin]! += weights[i]!
      }
      let [left, curve, heap] = [0, 0, 0]
      for (let bin = 0; bin < bounds.length; bin++) {
        left += sums[bin]!
        curve += curves[bin]!
        heap += heaps[bin]!
        if (heap < options.leaf || w - heap < options.leaf) continue
        const gain = worth(left, curve) + worth(g - left, h - curve) - whole
        if (gain > most) {
          most = gain
          best = { feature, bin }
        }
      }
    }
    return best
  }
}

function binnedOf(values: readonly number[]): Binned {
  const sorted = values.toSorted((a, b) => a - b)
  const ends = new Set(
    Array.from(
      { length: BINS - 1 },
      (_, k) => sorted[Math.ceil(((k + 1) / BINS) * sorted.length) - 1]!,
    ),
  )
  const bounds = [...ends].flatMap((end) => {
    const next = sorted.find((value) => value > end)
    return next === undefined ? [] : [round6((end + next) / 2)]
  })
  const bins = Uint8Array.from(values, (value) => {
    const at = bounds.findIndex((bound) => value <= bound)
    return at < 0 ? bounds.length : at
  })
  return { bins, bounds }
}

const of = (own: Uint32Array, numbers: ArrayLike<number>) => {
  let all = 0
  for (const i of own) all += numbers[i]!
  return all
}

const round6 = (x: number) => Number(x.toPrecision(6))

/** Numbers from 0 to 1, the same each time (Park and Miller 1988). */
function sequence(): () => number {
  let state = 20_261_125
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
