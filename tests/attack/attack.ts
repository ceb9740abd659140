/** What an attack on the product promises and what it measured: `npm run attack`. */

export interface Measured {
  /** What was counted or timed, as it stands in docs/reliability.md: `lost`, `p95 ms`. */
  readonly what: string
  readonly value: number | string
  /** Whether the promise was kept; figures that promise nothing have none. */
  readonly kept?: boolean
}

export interface Attack {
  /** One word, by which it is called: `npm run attack -- kills`. */
  readonly name: string
  /** What is done to the product, in a sentence. */
  readonly does: string
  /** What the product promises then, in a sentence. */
  readonly promises: string
  /** Attacks a product of its own, in a folder of its own, and gives what it measured. */
  run(options: AttackOptions): Promise<readonly Measured[]>
}

export interface AttackOptions {
  /** A part of the whole attack, from 0 to 1: a look that takes seconds where the whole takes minutes. */
  readonly share: number
  readonly say: (line: string) => void
}

/** So many of a whole attack's rounds, at least one. */
export const shareOf = (rounds: number, { share }: AttackOptions) =>
  Math.max(1, Math.round(rounds * share))
