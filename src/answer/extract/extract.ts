import type { Passage, Question, Ranked } from '../../corpus.ts'
import type { WeightedTerm, PassageIndex } from '../../retrieval/passage-index.ts'
import type { Draft } from '../verify/draft.ts'
import { candidatesOf } from './candidate.ts'
import { score } from './score.ts'
import type { Scored } from './score.ts'
import { subjectOf, subjectTerms } from './subject.ts'
import type { Subject } from './subject.ts'
import { wantsOf } from './wants.ts'
import type { Want } from './wants.ts'

export interface Asked {
  readonly question: Question
  readonly standalone: string
  readonly expanded: readonly WeightedTerm[]
}

export interface Extraction {
  readonly draft: Draft
  /** In order of the draft's labels. */
  readonly passages: readonly Passage[]
  readonly scored: readonly Scored[]
  readonly subject: Subject
  readonly wants: readonly Want[]
}

const STATEMENTS = 4

export async function extract(
  { standalone, expanded }: Asked,
  results: readonly Ranked[],
  index: Pick<PassageIndex, 'frequencies' | 'passages'>,
): Promise<Extraction> {
  const subject = subjectOf(
    standalone,
    expanded,
    await index.frequencies(subjectTerms(standalone, expanded)),
  )
  const wants = wantsOf(standalone)
  const years = [...standalone.matchAll(/(?<!\d)(20\d{2})(?=年)/gu)].map((match) =>
    Number(match[1]),
  )
  const best = results[0]?.score ?? 1
  const ranks = new Map(results.map((r) => [r.passage.id, r.score / best]))
  const articleIds = [...new Set(results.map((r) => r.passage.articleId))].slice(0, 8)
  const scored: Scored[] = []
  for (const id of articleIds) {
    for (const candidate of candidatesOf(await index.passages(id))) {
      scored.push(score(candidate, subject, wants, years, ranks.get(candidate.passage.id) ?? 0))
    }
  }
  scored.sort((a, b) => b.score - a.score)
  const chosen = choose(scored)
  const passages = [...new Set(chosen.map((c) => c.candidate.passage))]
  const draft: Draft = {
    status: chosen.length > 0 ? 'answered' : 'not_found',
    statements: chosen.map(({ candidate }) => ({
      text: candidate.text,
      evidence: [{ label: passages.indexOf(candidate.passage) + 1, quote: candidate.text }],
    })),
    missing: [],
    premise: null,
    notices: [],
  }
  return { draft, passages, scored, subject, wants }
}

function choose(scored: readonly Scored[]): Scored[] {
  const [first] = scored
  if (!first || first.coverage < 0.3) return []
  const chosen = [first]
  let length = first.candidate.text.length
  for (const next of scored.slice(1)) {
    if (chosen.length >= STATEMENTS) break
    if (next.score < first.score * 0.8) break
    if (length + next.candidate.text.length > 200) continue
    if (chosen.some((c) => c.candidate.text === next.candidate.text)) continue
    chosen.push(next)
    length += next.candidate.text.length
  }
  return chosen
}
