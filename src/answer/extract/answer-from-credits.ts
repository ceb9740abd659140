import type { Passage } from '../../corpus.ts'
import type { Draft, Evidenced } from '../verify/draft.ts'
import type { Candidate } from './candidate.ts'
import {
  articleCoverage,
  byArticle,
  creditsNaming,
  creditsOf,
  editorOf,
  writerOf,
} from './credits.ts'
import type { Credit, Credited } from './credits.ts'
import type { FacetScores } from './select.ts'

/** An article less spoken of than this is not the one that is meant. */
const MEANT = 0.45
const STATEMENTS = 4
const BEGINNING = 70
const ASKS_WORK =
  /参加|参与|课题|编过|编了|编辑|写过|写了|写的|采写|哪[几些](?:篇|个)?(?:报告|稿|文章|报道|课题)?|职务|身份/u

/**
 * Answers who wrote or edited an article, and what a person named in its credits took part in: from
 * the credits alone. Null when the question asks something else, or no credit tells.
 */
export function answerFromCredits(
  question: string,
  facets: readonly FacetScores[],
  candidates: readonly Candidate[],
  labelOf: (passage: Passage) => number,
): Draft | null {
  const articles = byArticle(candidates)
  const statements = facets.flatMap(({ facet }): Evidenced[] => {
    const kind = facet.want?.kind
    if (kind !== 'writer' && kind !== 'editor') return []
    const [meant] = articles
      .map((article) => ({ article, coverage: articleCoverage(article, facet) }))
      .filter(({ coverage }) => coverage >= MEANT)
      .toSorted((a, b) => b.coverage - a.coverage)
    if (!meant) return []
    const credited = creditsOf(meant.article)
    return told(credited, kind === 'writer' ? writerOf(credited) : editorOf(credited), labelOf)
  })
  const works =
    statements.length === 0 && ASKS_WORK.test(question)
      ? articles.flatMap((article) => {
          const credited = creditsOf(article)
          const naming = creditsNaming(question, credited)
          return credited.title
            ? told(credited, naming, labelOf)
            : untitled(naming, article, labelOf)
        })
      : []
  const all = [...statements, ...works].slice(0, STATEMENTS)
  if (all.length === 0) return null
  return { status: 'answered', statements: all, missing: [], premise: null }
}

/** Of an article without a printed headline, the credit with how the article begins. */
function untitled(
  credits: readonly Credit[],
  article: readonly Candidate[],
  labelOf: (passage: Passage) => number,
): Evidenced[] {
  const first = article.find(({ passage }) => passage.part === 'body')
  if (credits.length === 0 || !first) return []
  const beginning = /^[^，。；]*[，。；][^，。；]*/u.exec(first.text)?.[0].slice(0, BEGINNING) ?? ''
  const others = credits.filter(({ text }) => !beginning.includes(text))
  const evidence = [
    ...others.flatMap((credit) => evidenceOf(credit, null, labelOf)),
    { label: labelOf(first.passage), quote: beginning },
  ]
  return [{ text: [...others.map(({ text }) => text), beginning].join('：'), evidence }]
}

/** A title with its credits, in words that both print. */
function told(
  { title }: Credited,
  credits: readonly Credit[],
  labelOf: (passage: Passage) => number,
): Evidenced[] {
  if (credits.length === 0) return []
  const named = credits.map(({ text }) => text.replace(/^[■●△\s]+/u, '')).join('，')
  const quotes = title ? [title, ...credits] : credits
  const evidence = quotes.flatMap((credit) => evidenceOf(credit, title, labelOf))
  if (evidence.length === 0) return []
  return [{ text: title ? `《${title.text.trim()}》：${named}` : named, evidence }]
}

/** A credit too short to be quoted alone is quoted with the title it stands under. */
function evidenceOf(
  { passage, text }: Credit,
  title: Credit | null,
  labelOf: (passage: Passage) => number,
) {
  if (text.replace(/\s/gu, '').length >= 6) return [{ label: labelOf(passage), quote: text }]
  if (!title || title.passage.id !== passage.id) return []
  const [from, to] = [passage.text.indexOf(title.text), passage.text.indexOf(text)]
  return from < 0 || to < from
    ? []
    : [{ label: labelOf(passage), quote: passage.text.slice(from, to + text.length) }]
}
