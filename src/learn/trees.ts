/** A linear model and boosted trees over named features, as a weights file has them. */
import { z } from 'zod'
import { Linear, probability, scorer } from './linear.ts'

/** A leaf's worth, or a feature with the bound that parts its rows: `below` where the value is at most `bound`. */
export type Tree =
  | number
  | {
      readonly feature: string
      readonly bound: number
      readonly below: Tree
      readonly above: Tree
    }

const Tree: z.ZodType<Tree> = z.lazy(() =>
  z.union([
    z.number(),
    z.object({ feature: z.string(), bound: z.number(), below: Tree, above: Tree }),
  ]),
)

/** A linear score, and the worths of trees that learned what it left, add up to the logarithm of the odds. */
export const Boosted = z.object({ linear: Linear, trees: z.array(Tree) })
export type Boosted = z.infer<typeof Boosted>

/** Gives the probability for features in the order of `names`. */
export function boostedProbability(
  { linear, trees }: Boosted,
  names: readonly string[],
): (values: ArrayLike<number>) => number {
  const at = new Map(names.map((name, i) => [name, i]))
  const score = scorer(linear, names)
  const worth = (tree: Tree, values: ArrayLike<number>): number =>
    typeof tree === 'number'
      ? tree
      : worth(values[at.get(tree.feature)!]! <= tree.bound ? tree.below : tree.above, values)
  return (values) =>
    probability(trees.reduce<number>((sum, tree) => sum + worth(tree, values), score(values)))
}
