/** Every two neighbouring characters of a text of letters: what two texts share when they say nearly the same. */
export function letterPairs(letters: string): Set<string> {
  return new Set(
    Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2)),
  )
}
