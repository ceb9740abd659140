import type { Question, Ranked } from '../corpus.ts'
import type { EmbedQuestion } from './embed-question.ts'
import { dropNearDuplicates } from './near-duplicates.ts'
import type { PassageIndex } from './passage-index.ts'
import { rerank, RERANK, type Reranked, type RerankSettings } from './rerank.ts'
import { understand, type Understood, type UnderstandDeps } from './understand.ts'
import { weighFusion } from './weigh-fusion.ts'
import { queryTerms, weighUnits, type WeighedUnit } from './weigh.ts'

export interface RetrieveDeps extends UnderstandDeps {
  readonly index: PassageIndex
  /** None for words alone. */
  readonly embedQuestion?: EmbedQuestion
  /** How many passages are looked at closely. */
  readonly depth?: number
  readonly settings?: RerankSettings
}

/** A result that can say why it stands where it does; `parts` add up to its score. */
export type RetrievedPassage = Ranked & Omit<Reranked, 'score' | 'passage'>

export interface Retrieved {
  /** The question as searched. */
  readonly standalone: string
  readonly understood: Understood
  /** The question's parts and what each is worth here; `known` is false where no article has it. */
  readonly units: readonly WeighedUnit[]
  /** Why the search was less than it could be, in one sentence; for the log. */
  readonly degraded?: string
  /** Best first. */
  readonly results: readonly RetrievedPassage[]
}

export type Retrieve = (question: Question, limit: number) => Promise<Retrieved>

/** Finds the passages that answer, over any index. */
export function createRetrieve({
  index,
  embedQuestion,
  depth = 60,
  settings = RERANK,
  ...deps
}: RetrieveDeps): Retrieve {
  return async function retrieve(question, limit) {
    const understood = understand(question, deps)
    const terms = queryTerms(understood)
    const { vector, degraded } = (await embedQuestion?.(understood.standalone)) ?? {}
    const { hits, rarities } = await index.search(
      { text: understood.standalone, terms, ...(vector && { vector }) },
      Math.max(depth, 2 * limit),
    )
    const units = weighUnits(understood.units, rarities)
    const ranked = rerank(weighFusion(hits, units), understood, units, settings)
    const distinct = dropNearDuplicates(ranked, ({ passage }) => passage.text, limit)
    return {
      standalone: understood.standalone,
      understood,
      units,
      ...(degraded !== undefined && { degraded }),
      results: distinct.map((result, i) => ({ rank: i + 1, ...result })),
    }
  }
}
