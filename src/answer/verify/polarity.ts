import { checkDirection } from './check-direction.ts'
import { checkExtent } from './check-extent.ts'
import { checkNegation } from './check-negation.ts'
import { checkPlan } from './check-plan.ts'
import type { PolarityProblem } from './polarity-problem.ts'

export { negations } from '../../language/negations.ts'

/**
 * Holds a text's negations, plans, directions, restrictions and extents against the words it rests on.
 * `asked` is what a correction may deny: the question's own words. `sentences` are those the evidence
 * is cut from: 下一步 at their head makes a plan of each clause.
 */
export function checkPolarity(
  statement: string,
  evidence: readonly string[],
  asked = '',
  sentences: readonly string[] = evidence,
): PolarityProblem[] {
  return [
    ...checkNegation(statement, evidence, asked),
    ...checkPlan(statement, sentences),
    ...checkDirection(statement, evidence),
    ...checkExtent(statement, evidence, asked),
  ]
}
