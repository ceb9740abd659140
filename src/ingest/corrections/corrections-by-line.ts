import type { Correction } from '../../correction.ts'
import { trace } from '../../traced.ts'
import type { SourceText } from '../read/source-text.ts'
import { repairCharacters } from '../repair/repair-characters.ts'
import { lettersOf } from '../sketch.ts'

/**
 * The corrections of each text of a source, by its line; null of a text that is the whole source. One of
 * a line of data belongs to that line while its words stand there, and to another only where they stand
 * nowhere else; else to none.
 */
export async function correctionsByLine(
  corrections: readonly Correction[],
  texts: () => AsyncIterable<SourceText>,
): Promise<ReadonlyMap<number | null, readonly Correction[]>> {
  const lines = new Map<Correction, number>()
  const isLeft = (one: Correction) => one.line !== null && !lines.has(one)
  if (corrections.some(isLeft))
    for await (const { line, text } of texts()) {
      const here = line === null ? [] : corrections.filter((one) => one.line === line)
      for (const one of standingIn(text, here)) lines.set(one, line!)
      if (!corrections.some(isLeft)) break
    }
  const moved = corrections.filter(isLeft)
  if (moved.length > 0) {
    const found = new Map<Correction, number[]>()
    for await (const { line, text } of texts())
      for (const one of standingIn(text, moved))
        if (line !== null) found.set(one, [...(found.get(one) ?? []), line])
    for (const [one, [line, ...more]] of found) if (more.length === 0) lines.set(one, line!)
  }
  return Map.groupBy(
    corrections.filter((one) => !isLeft(one)),
    (one) => lines.get(one) ?? null,
  )
}

function standingIn(text: string, corrections: readonly Correction[]): Correction[] {
  if (corrections.length === 0) return []
  const letters = repairedLetters(text)
  return corrections.filter(({ words }) => letters.includes(lettersOf(words)))
}

/** The letters of a text of data, by which words are found in it. */
export const repairedLetters = (text: string) => lettersOf(repairCharacters(trace(text)).text.text)
