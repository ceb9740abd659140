import type { PassageIndex } from '../../retrieval/passage-index.ts'
import type { Retrieved } from '../../retrieval/retrieve.ts'
import { plantedIn } from '../planted.ts'
import { candidatesOf } from './candidate.ts'
import type { Candidate } from './candidate.ts'
import { facetsOf } from './facet.ts'
import { lookAt, score } from './score.ts'
import type { FacetScores } from './select.ts'
import { subjectOf } from './subject.ts'

/** How many articles are read whole, not only where they were found. */
const ARTICLES = 8

/** The articles of the best passages, whole, as what may be quoted of them. */
export async function readCandidates(
  { results }: Retrieved,
  index: Pick<PassageIndex, 'passages'>,
): Promise<Candidate[]> {
  const ids = [...new Set(results.map(({ passage }) => passage.articleId))].slice(0, ARTICLES)
  const articles = await Promise.all(ids.map((id) => index.passages(id)))
  const planted = new Map(articles.flat().map((passage) => [passage.id, plantedIn(passage.text)]))
  // What an article was planted with for machines that read it is no answer.
  return articles
    .flatMap(candidatesOf)
    .filter(({ passage, start, end }) =>
      planted.get(passage.id)?.every((order) => order.end <= start || order.start >= end),
    )
}

/** Every candidate's score for each thing that a question asks, best first. */
export function scoreCandidates(
  question: string,
  { units, understood, results }: Retrieved,
  candidates: readonly Candidate[],
): FacetScores[] {
  const best = results[0]?.score ?? 1
  const ranks = new Map(results.map((r) => [r.passage.id, r.score / best]))
  const years = understood.years.filter(({ relative }) => !relative).map(({ year }) => year)
  const subject = subjectOf(question, units)
  const looks = lookAt(candidates, subject.terms)
  return facetsOf(question, subject).map((facet) => ({
    facet,
    scored: looks
      .map((look) => score(look, facet, years, ranks.get(look.candidate.passage.id) ?? 0))
      .toSorted((a, b) => b.score - a.score),
  }))
}
