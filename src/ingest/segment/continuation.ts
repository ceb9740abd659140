import { FIRST_LEVEL, LEAD, mayStartAnew, startsAnew } from '../layout/marker.ts'
import { isBody } from '../layout/paragraph.ts'
import type { Paragraph } from '../layout/paragraph.ts'
import { breaksOff, isFinished } from '../layout/sentence.ts'
import { crossesWord } from '../layout/word-boundary.ts'

const AHEAD = 40
/** What speaks for a continuation: the next block, two characters seen side by side, a word that runs on. */
const NEAREST = 1
const ADJOINS = 0.7
const WITHIN_WORD = 1

/**
 * For paragraphs that break off, which later paragraph carries them on, past captions, headlines,
 * page breaks and other articles: the nearest that a word runs on into, else the next block.
 * Answers from the paragraph that carries on to the one it continues.
 */
export function continuations(
  paragraphs: readonly Paragraph[],
  adjoins: (left: string, right: string) => boolean,
): Map<number, number> {
  const carriesOn = new Map<number, number>()
  for (const [i, paragraph] of paragraphs.entries()) {
    if (!isBody(paragraph) || !isBroken(paragraph.text.text) || wasParted(paragraphs, i)) continue
    const target = findContinuation(paragraphs, i, adjoins, carriesOn)
    if (target !== undefined) carriesOn.set(target, i)
  }
  return carriesOn
}

/** Layout saw the next paragraph beside it and kept them apart: only a full stop is missing. */
function wasParted(paragraphs: readonly Paragraph[], i: number): boolean {
  const next = paragraphs[i + 1]
  return next !== undefined && isBody(next) && !next.opensBlock
}

const isBroken = (text: string) =>
  !isFinished(text) && !/[：:]$/u.test(text) && !(FIRST_LEVEL.test(text) && !/[。；]/u.test(text))

function findContinuation(
  paragraphs: readonly Paragraph[],
  i: number,
  adjoins: (left: string, right: string) => boolean,
  taken: ReadonlyMap<number, number>,
): number | undefined {
  const left = paragraphs[i]!.text.text
  let best: number | undefined
  let bestScore = 0
  let score = NEAREST
  for (let k = i + 1; k < Math.min(paragraphs.length, i + AHEAD); k++) {
    if (!isBody(paragraphs[k]!) || taken.has(k) || !beginsBlock(paragraphs, k)) continue
    const right = paragraphs[k]!.text.text
    if (LEAD.test(right)) break
    if (startsAnew(right) || mayStartAnew(right)) continue
    const fit =
      score + (adjoins(left, right) ? ADJOINS : 0) + (crossesWord(left, right) ? WITHIN_WORD : 0)
    if (fit > bestScore) [best, bestScore] = [k, fit]
    score = 0
  }
  return bestScore >= NEAREST || breaksOff(left) ? best : undefined
}

const beginsBlock = (paragraphs: readonly Paragraph[], k: number) =>
  paragraphs[k]!.opensBlock || !isBody(paragraphs[k - 1]!) || paragraphs[k]!.gapBefore
