/**
 * As much of the pairs of letters of two names must be the same, by Dice. Of names that are written
 * otherwise BOT_TOKEN for TELEGRAM_BOT_TOKEN has least, 0.64; of other programs' names, such as
 * API_KEY, which are none of ours, few have more than 0.6.
 */
const NEAR = 0.63

/** The setting that a name that is none was likely meant for, if any. */
export function nearestSetting(name: string, settings: readonly string[]): string | undefined {
  const pairs = pairsOf(name)
  const [best] = settings
    .map((setting) => ({ setting, like: likeness(pairs, pairsOf(setting)) }))
    .toSorted((a, b) => b.like - a.like)
  return best && best.like >= NEAR ? best.setting : undefined
}

/** The pairs of letters of a name, wherever its words are parted. */
function pairsOf(name: string): ReadonlySet<string> {
  const letters = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return new Set(
    Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2)),
  )
}

const likeness = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  (2 * one.intersection(other).size) / (one.size + other.size || 1)
