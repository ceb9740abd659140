import type { Facet } from './facet.ts'
import type { Scored } from './score.ts'

/** What of a facet none of the chosen says in its own words. */
export function lacking(chosen: readonly Scored[], { terms }: Facet): number[] {
  return terms.flatMap((_, i) => (chosen.some(({ has }) => has[i]! >= SAID) ? [] : [i]))
}

/** A term counts as said from here on. */
const SAID = 0.8

/** The candidate that adds the most of what is lacking, as a share of the facet; it must add `least`. */
export function bestGain(
  scored: readonly Scored[],
  missing: readonly number[],
  { terms, total }: Facet,
  least: number,
): Scored | undefined {
  let best: { scored: Scored; gain: number } | undefined
  for (const candidate of scored) {
    const gain =
      missing.reduce((sum, i) => sum + (candidate.has[i]! >= SAID ? terms[i]!.weight : 0), 0) /
      Math.max(total, 1e-9)
    if (gain < least) continue
    const worth = gain + candidate.score * 0.2
    if (!best || worth > best.gain + best.scored.score * 0.2) best = { scored: candidate, gain }
  }
  return best?.scored
}
