import type { Question, Ranked } from '../corpus.ts'
import type { PassageIndex } from './passage-index.ts'
import { understand, type Understood } from './understand.ts'

export interface RetrieveDeps {
  readonly index: PassageIndex
  /** How many passages are looked at closely. */
  readonly depth?: number
}

/** `standalone` is the question as searched; `results` are best first. */
export interface Retrieved {
  readonly standalone: string
  readonly understood: Understood
  readonly results: readonly Ranked[]
}

export type Retrieve = (question: Question, limit: number) => Promise<Retrieved>

/** Finds the passages that answer, over any index. */
export function createRetrieve({ index, depth = 100 }: RetrieveDeps): Retrieve {
  return async function retrieve(question, limit) {
    const understood = understand(question)
    const query = { text: understood.standalone, terms: understood.terms }
    const hits = await index.search(query, Math.max(depth, limit))
    const results = hits
      .slice(0, limit)
      .map(({ score, passage }, i) => ({ rank: i + 1, score, passage }))
    return { standalone: understood.standalone, understood, results }
  }
}
