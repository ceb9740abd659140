import { FIRST_LEVEL, LEAD, mayStartAnew, startsAnew } from '../layout/marker.ts'
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
  isBody: (i: number) => boolean,
  adjoins: (left: string, right: string) => boolean,
): Map<number, number> {
  const carriesOn = new Map<number, number>()
  for (let i = 0; i < paragraphs.length; i++) {
    if (!isBody(i) || !isBroken(paragraphs[i]!.text.text) || wasParted(paragraphs, i, isBody))
      continue
    const target = findContinuation(paragraphs, i, isBody, adjoins, carriesOn)
    if (target !== undefined) carriesOn.set(target, i)
  }
  return carriesOn
}

/** Layout saw the next paragraph beside it and kept them apart: only a full stop is missing. */
const wasParted = (paragraphs: readonly Paragraph[], i: number, isBody: (i: number) => boolean) =>
  isBody(i + 1) && !paragraphs[i + 1]!.opensBlock

const isBroken = (text: string) =>
  !isFinished(text) && !/[：:]$/u.test(text) && !(FIRST_LEVEL.test(text) && !/[。；]/u.test(text))

function findContinuation(
  paragraphs: readonly Paragraph[],
  i: number,
  isBody: (i: number) => boolean,
  adjoins: (left: string, right: string) => boolean,
  taken: ReadonlyMap<number, number>,
): number | undefined {
  const left = paragraphs[i]!.text.text
  let best: number | undefined
  let bestScore = 0
  let score = NEAREST
  for (let k = i + 1; k < Math.min(paragraphs.length, i + AHEAD); k++) {
    if (!isBody(k) || taken.has(k) || !beginsBlock(paragraphs, k, isBody)) continue
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

const beginsBlock = (paragraphs: readonly Paragraph[], k: number, isBody: (i: number) => boolean) =>
  paragraphs[k]!.opensBlock || !isBody(k - 1) || paragraphs[k]!.gapBefore
