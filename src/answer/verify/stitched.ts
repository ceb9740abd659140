import { placesNamed, related } from '../../language/places.ts'
import type { Place } from './place.ts'

/**
 * Two places whose articles a text runs together without naming both, or null. What one city's paper
 * says of its power supply and another's of its water make no sentence of one of them.
 */
export function stitched(text: string, cited: readonly Place[]): readonly [string, string] | null {
  const paths = cited.map(({ passage }) => passage.place).filter((path) => path.length > 1)
  for (const [i, a] of paths.entries()) {
    const b = paths.slice(i + 1).find((other) => !related(a, other) && !related(other, a))
    if (b && !(isNamed(a, b, text) && isNamed(b, a, text))) return [a.at(-1)!, b.at(-1)!]
  }
  return null
}

/** Whether a text names a place, in full or short, by a part of its path that the other has not. */
function isNamed(path: readonly string[], other: readonly string[], text: string): boolean {
  return path
    .filter((name) => !other.includes(name))
    .some((name) =>
      [name, ...placesNamed(name).flatMap(({ names }) => names)].some((n) => text.includes(n)),
    )
}
