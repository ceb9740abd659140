import type { Candidate } from './candidate.ts'
import {
  articleCoverage,
  byArticle,
  creditsNaming,
  creditsOf,
  editorOf,
  writerOf,
} from './credits.ts'
import type { FacetScores } from './select.ts'
import type { Stretch } from './stretch.ts'

/** An article less spoken of than this is not the one that is meant. */
const MEANT = 0.45
const CREDITED = 4
const ASKS_WORK =
  /参加|参与|课题|编过|编了|编辑|写过|写了|写的|采写|哪[几些](?:篇|个)?(?:报告|稿|文章|报道|课题)?|职务|身份/u

/**
 * Answers who wrote or edited an article, and what a person named in its credits took part in: from
 * the credits alone. Empty when the question asks something else, or no credit tells.
 */
export function answerFromCredits(
  question: string,
  facets: readonly FacetScores[],
  candidates: readonly Candidate[],
): Stretch[] {
  const articles = byArticle(candidates)
  const makers = facets.flatMap(({ facet }) => {
    const kind = facet.want?.kind
    if (kind !== 'writer' && kind !== 'editor') return []
    const [meant] = articles
      .map((article) => ({ article, coverage: articleCoverage(article, facet) }))
      .filter(({ coverage }) => coverage >= MEANT)
      .toSorted((a, b) => b.coverage - a.coverage)
    if (!meant) return []
    const credited = creditsOf(meant.article)
    return [kind === 'writer' ? writerOf(credited) : editorOf(credited)]
  })
  const told = makers.filter((credits) => credits.length > 0)
  const works = told.length === 0 && ASKS_WORK.test(question) ? worksOf(question, articles) : []
  return [...told, ...works].slice(0, CREDITED).flat()
}

/** The articles whose credits name someone, by their title or, of one without, by how it begins. */
function worksOf(question: string, articles: readonly (readonly Candidate[])[]): Stretch[][] {
  return articles.flatMap((article) => {
    const credited = creditsOf(article)
    const naming = creditsNaming(question, credited)
    const title = credited.title ?? article.find(({ passage }) => passage.part === 'body')
    return naming.length === 0 || !title ? [] : [[title, ...naming]]
  })
}
