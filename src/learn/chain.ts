/** Names things that stand in a row: each by its own features and by the name before it. */
import { z } from 'zod'

const Weights = z.record(z.string(), z.record(z.string(), z.number()))

/** What features weigh, as a weights file has it: for a name, and for a name after another (`a>b`). */
export const Chain = z.object({
  /** When and from what it was learned, and how well. */
  about: z.unknown().optional(),
  names: z.array(z.string()),
  own: Weights,
  after: Weights,
})
export type Chain = z.infer<typeof Chain>

/** What is known of one thing: indices of its features, and of those of the step to it. */
export interface Link {
  readonly own: readonly number[]
  readonly after: readonly number[]
  /** Where this is given, it has this name. */
  readonly fixed?: number
}

export interface Vocabulary {
  readonly names: readonly string[]
  readonly own: readonly string[]
  readonly after: readonly string[]
}

/** Weights by feature, then by name or by the name before and the name. */
interface Table {
  readonly own: Float64Array
  readonly after: Float64Array
}

/** Names all links so that the weights add up to the most (Viterbi). */
export type Decode = (links: readonly Link[]) => number[]

/** A decoder of features in the order of `vocabulary`; what the chain has no weight for counts nothing. */
export function decoder(chain: Chain, { names, own, after }: Vocabulary): Decode {
  const steps = names.flatMap((a) => names.map((b) => `${a}>${b}`))
  const table = (features: readonly string[], by: readonly string[], weights: Chain['own']) =>
    Float64Array.from(features.flatMap((f) => by.map((name) => weights[f]?.[name] ?? 0)))
  const weights = { own: table(own, names, chain.own), after: table(after, steps, chain.after) }
  return (links) => decode(links, names.length, weights)
}

function decode(links: readonly Link[], size: number, weights: Table): number[] {
  const came = new Uint8Array(links.length * size)
  let scores = new Float64Array(size)
  // Few kinds of steps there are, and many steps.
  const kinds = new Map<string, Float64Array>()
  const stepsOf = (after: readonly number[]) => {
    const kind = after.join()
    const known = kinds.get(kind) ?? sumSteps(after, size, weights.after)
    kinds.set(kind, known)
    return known
  }
  for (const [i, link] of links.entries()) {
    const own = sumOwn(link, size, weights.own)
    const steps = i > 0 ? stepsOf(link.after) : null
    const next = new Float64Array(size).fill(-Infinity)
    for (let b = 0; b < size; b++) {
      if (own[b] === -Infinity) continue
      let best = steps ? -Infinity : 0
      if (steps)
        for (let a = 0; a < size; a++) {
          const score = scores[a]! + steps[a * size + b]!
          if (score > best) {
            best = score
            came[i * size + b] = a
          }
        }
      next[b] = best + own[b]!
    }
    scores = next
  }
  const named: number[] = []
  let at = scores.indexOf(Math.max(...scores))
  for (let i = links.length - 1; i >= 0; i--) {
    named[i] = at
    at = came[i * size + at]!
  }
  return named
}

/** What speaks for each name of a link by itself; −∞ where it has another. */
function sumOwn({ own, fixed }: Link, size: number, weights: Float64Array): Float64Array {
  const sums = new Float64Array(size)
  for (const f of own) for (let b = 0; b < size; b++) sums[b]! += weights[f * size + b]!
  if (fixed !== undefined) for (let b = 0; b < size; b++) if (b !== fixed) sums[b] = -Infinity
  return sums
}

function sumSteps(features: readonly number[], size: number, weights: Float64Array): Float64Array {
  const sums = new Float64Array(size * size)
  for (const f of features)
    for (let k = 0; k < sums.length; k++) sums[k]! += weights[f * sums.length + k]!
  return sums
}

export interface Row {
  readonly links: readonly Link[]
  readonly right: readonly number[]
  /** What its mistakes count beside those of the others. */
  readonly weight: number
}

/** What naming the right thing so would cost. */
type Cost = (right: number, found: number) => number

/** Of each step, and by how much weights shrink with each row. */
const RATE = 0.1
const SHRINK = 1e-5

/**
 * Learns weights from rows whose names are known: a conditional random field whose wrong namings
 * weigh more the more they cost (Gimpel and Smith 2010), by the gradient of a row at a time
 * (AdaGrad). No chance in it: the same rows in the same order make the same weights.
 */
export function learnChain(
  rows: readonly Row[],
  vocabulary: Vocabulary,
  cost: Cost,
  rounds = 18,
): Chain {
  const size = vocabulary.names.length
  const blank = (): Table => ({
    own: new Float64Array(vocabulary.own.length * size),
    after: new Float64Array(vocabulary.after.length * size * size),
  })
  const [now, squares, sum] = [blank(), blank(), blank()]
  for (let round = 0; round < rounds; round++)
    for (const { links, right, weight } of rows) {
      const gradient = gradientOf(links, right, size, now, cost)
      for (const which of ['own', 'after'] as const)
        for (const [at, by] of gradient[which]) {
          const slope = by * weight - SHRINK * now[which][at]!
          squares[which][at]! += slope ** 2
          now[which][at]! += (RATE * slope) / (Math.sqrt(squares[which][at]!) + 1e-8)
        }
      // The mean of the second half of the way is steadier than its end.
      if (round * 2 < rounds) continue
      for (const which of ['own', 'after'] as const)
        for (let k = 0; k < now[which].length; k++)
          sum[which][k]! += now[which][k]! / (Math.ceil(rounds / 2) * rows.length)
    }
  return toChain(sum, vocabulary)
}

/** By how much more of each weight would speak for the right names: what holds of them less what is expected. */
function gradientOf(
  links: readonly Link[],
  right: readonly number[],
  size: number,
  weights: Table,
  cost: Cost,
) {
  const gradient = { own: new Map<number, number>(), after: new Map<number, number>() }
  const add = (to: Map<number, number>, at: number, by: number) =>
    void (Math.abs(by) > 1e-6 && to.set(at, (to.get(at) ?? 0) + by))
  const own = links.map((link, i) =>
    powers(sumOwn(link, size, weights.own).map((score, b) => score + cost(right[i]!, b))),
  )
  const steps = links.map((link) => powers(sumSteps(link.after, size, weights.after)))
  const forward = forwards(own, steps, size)
  let backward: Float64Array = new Float64Array(size).fill(1)
  for (let i = links.length - 1; i >= 0; i--) {
    const { own: features, after } = links[i]!
    const here = forward[i]!.map((f, b) => f * backward[b]!)
    const all = here.reduce((a, b) => a + b, 0)
    for (let b = 0; b < size; b++) {
      const by = (right[i] === b ? 1 : 0) - here[b]! / all
      for (const f of features) add(gradient.own, f * size + b, by)
    }
    if (i === 0) break
    const before = new Float64Array(size)
    const pairs = new Float64Array(size * size)
    let total = 0
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++) {
        const onwards = steps[i]![a * size + b]! * own[i]![b]! * backward[b]!
        before[a]! += onwards
        pairs[a * size + b] = forward[i - 1]![a]! * onwards
        total += pairs[a * size + b]!
      }
    for (let k = 0; k < pairs.length; k++) {
      const by = (k === right[i - 1]! * size + right[i]! ? 1 : 0) - pairs[k]! / total
      for (const f of after) add(gradient.after, f * size * size + k, by)
    }
    backward = normal(before)
  }
  return gradient
}

/** How likely each name of each link is by what stands up to it. */
function forwards(own: readonly Float64Array[], steps: readonly Float64Array[], size: number) {
  const forward: Float64Array[] = []
  for (const [i, scores] of own.entries()) {
    const last = forward[i - 1]
    forward.push(
      normal(
        scores.map((score, b) => {
          if (!last) return score
          let sum = 0
          for (let a = 0; a < size; a++) sum += last[a]! * steps[i]![a * size + b]!
          return sum * score
        }),
      ),
    )
  }
  return forward
}

/** e to the power of each beside the greatest, so that none is too great for a number. */
function powers(scores: Float64Array): Float64Array {
  const top = scores.reduce((a, b) => Math.max(a, b))
  return scores.map((score) => Math.exp(score - top))
}

function normal(values: Float64Array): Float64Array {
  const sum = values.reduce((a, b) => a + b, 0)
  return values.map((value) => value / sum)
}

const LEAST = 0.1

function toChain(table: Table, { names, own, after }: Vocabulary): Chain {
  const steps = names.flatMap((a) => names.map((b) => `${a}>${b}`))
  const write = (weights: Float64Array, features: readonly string[], by: readonly string[]) =>
    Object.fromEntries(
      features.map((feature, f) => [
        feature,
        Object.fromEntries(
          by.flatMap((name, k) => {
            const weight = Number(weights[f * by.length + k]!.toFixed(2))
            return Math.abs(weight) < LEAST ? [] : [[name, weight] as const]
          }),
        ),
      ]),
    )
  return {
    names: [...names],
    own: write(table.own, own, names),
    after: write(table.after, after, steps),
  }
}
