import { governs } from '../../language/governors.ts'
import { readSentence } from '../../language/read-sentence.ts'
import type { Sentence } from './context.ts'

/** The pieces of a sentence, by place among them, but 本报讯（记者 王明）; all where it is nothing else. */
export function withoutByline({ text, pieces }: Sentence): number[] {
  const { clauses, structure } = readSentence(text, pieces, governs)
  const all = [...pieces.keys()]
  const said = all.filter((i) => !clauses[structure.clauseOf[i]!]?.has('byline'))
  return said.length > 0 ? said : all
}
