import { readFileSync } from 'node:fs'
import { JudgedCut } from '../../../src/answer/tell/learn-needs.ts'
import { type Needs, neededBy } from '../../../src/answer/tell/needs.ts'
import { pickedOf } from './told.ts'

/** Cuts of invented sentences, judged by hand. */
export const CUTS: readonly JudgedCut[] = readFileSync(
  new URL('fixtures/cuts.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JudgedCut.parse(JSON.parse(line)))

/** The cuts that are told right: all that must be, and nothing beside where nothing must be. */
export function rightBy(needs: Needs | undefined, cuts: readonly JudgedCut[] = CUTS): JudgedCut[] {
  return cuts.filter(({ sentence, keep, mustTell, mayDrop }) => {
    const read = pickedOf(sentence, keep)
    const told = new Set([...read.picked, ...neededBy(read, needs)])
    const isTold = (words: string) => pickedOf(sentence, [words]).picked.isSubsetOf(told)
    return mustTell.every(isTold) && (mustTell.length > 0 || !mayDrop.some(isTold))
  })
}
