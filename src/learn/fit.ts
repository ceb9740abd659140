/** Fits linear models: full batches, Adam, no chance in it, so the same rows make the same weights. */
import type { Linear } from './linear.ts'

type Row = ArrayLike<number>

export interface FitOptions {
  /** Of the square of the weights, per standard deviation. */
  readonly penalty: number
  readonly steps?: number
}

/** Rows of which one, or some by shares that add up to 1, are right. */
export interface Group {
  readonly rows: readonly Row[]
  readonly right: readonly number[]
  readonly weight: number
}

/** Fits a softmax over each group's rows to those that are right. */
export function fitChoice(
  groups: readonly Group[],
  names: readonly string[],
  { penalty, steps = 150 }: FitOptions,
): Linear {
  const { scaled, means, deviations } = standardized(
    groups.map(({ rows }) => rows),
    names.length,
  )
  const total = groups.reduce((sum, { weight }) => sum + weight, 0)
  const weights = descend(names.length, steps, (now, gradient) => {
    groups.forEach(({ right, weight }, g) => {
      const rows = scaled[g]!
      const scores = rows.map((row) => dot(now, row))
      const top = Math.max(...scores)
      const powers = scores.map((score) => Math.exp(score - top))
      const all = powers.reduce((a, b) => a + b, 0)
      rows.forEach((row, i) =>
        add(gradient, row, ((powers[i]! / all - right[i]!) * weight) / total),
      )
    })
    add(gradient, now, penalty)
  })
  return linear(names, weights, means, deviations, 0)
}

export interface Labelled {
  readonly row: Row
  readonly right: boolean
  readonly weight: number
}

/** Fits the probability that a row is right. */
export function fitProbability(
  rows: readonly Labelled[],
  names: readonly string[],
  { penalty, steps = 250 }: FitOptions,
): Linear {
  const {
    scaled: [scaled = []],
    means,
    deviations,
  } = standardized([rows.map(({ row }) => row)], names.length)
  const total = rows.reduce((sum, { weight }) => sum + weight, 0)
  const size = names.length
  const found = descend(size + 1, steps, (now, gradient) => {
    rows.forEach(({ right, weight }, i) => {
      const likely = 1 / (1 + Math.exp(-(dot(now, scaled[i]!) + now[size]!)))
      const error = ((likely - (right ? 1 : 0)) * weight) / total
      add(gradient, scaled[i]!, error)
      gradient[size]! += error
    })
    for (let j = 0; j < size; j++) gradient[j]! += penalty * now[j]!
  })
  return linear(names, found, means, deviations, found[size]!)
}

function dot(a: Row, b: Row): number {
  let sum = 0
  for (let i = 0; i < b.length; i++) sum += a[i]! * b[i]!
  return sum
}

function add(to: Float64Array, row: Row, times: number): void {
  if (Math.abs(times) < 1e-9) return
  for (let i = 0; i < row.length; i++) to[i]! += times * row[i]!
}

/** Adam (Kingma and Ba 2015) with its own constants. */
function descend(
  size: number,
  steps: number,
  gradientAt: (now: Float64Array, gradient: Float64Array) => void,
  rate = 0.06,
): Float64Array {
  const now = new Float64Array(size)
  const [mean, square] = [new Float64Array(size), new Float64Array(size)]
  for (let step = 1; step <= steps; step++) {
    const gradient = new Float64Array(size)
    gradientAt(now, gradient)
    for (let i = 0; i < size; i++) {
      mean[i] = 0.9 * mean[i]! + 0.1 * gradient[i]!
      square[i] = 0.999 * square[i]! + 0.001 * gradient[i]! ** 2
      const m = mean[i]! / (1 - 0.9 ** step)
      const s = square[i]! / (1 - 0.999 ** step)
      now[i]! -= (rate * m) / (Math.sqrt(s) + 1e-8)
    }
  }
  return now
}

function standardized(groups: readonly (readonly Row[])[], size: number) {
  const means = new Float64Array(size)
  const deviations = new Float64Array(size)
  const rows = groups.flat()
  for (const row of rows) for (let i = 0; i < size; i++) means[i]! += row[i]! / rows.length
  for (const row of rows) {
    for (let i = 0; i < size; i++) deviations[i]! += (row[i]! - means[i]!) ** 2 / rows.length
  }
  // What never varies weighs nothing.
  for (let i = 0; i < size; i++) deviations[i] = Math.sqrt(deviations[i]!) || 1
  const scaled = groups.map((group) =>
    group.map((row) =>
      Float64Array.from({ length: size }, (_, i) => (row[i]! - means[i]!) / deviations[i]!),
    ),
  )
  return { scaled, means, deviations }
}

const round = (x: number) => Number(x.toPrecision(6))

function linear(
  names: readonly string[],
  weights: Float64Array,
  means: Float64Array,
  deviations: Float64Array,
  bias: number,
): Linear {
  const features = names.flatMap((name, i) =>
    Math.abs(weights[i]!) < 1e-4
      ? []
      : [
          [
            name,
            {
              weight: round(weights[i]!),
              mean: round(means[i]!),
              deviation: round(deviations[i]!),
            },
          ] as const,
        ],
  )
  return { bias: round(bias), features: Object.fromEntries(features) }
}
