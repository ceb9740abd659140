import type { Passage, Question } from '../../corpus.ts'
import type { PassageIndex } from '../../retrieval/passage-index.ts'
import type { Retrieved } from '../../retrieval/retrieve.ts'
import { conflictNotice, findConflict } from '../notices/conflict.ts'
import { nearestNotice } from '../notices/nearest.ts'
import { placeNotice } from '../notices/place.ts'
import { contradiction, otherPerson } from '../notices/premise.ts'
import type { Contradiction } from '../notices/premise.ts'
import { staleNotice } from '../notices/stale.ts'
import type { Draft, Evidenced } from '../verify/draft.ts'
import { answerFromCredits } from './answer-from-credits.ts'
import { COMPARES, ownSide, withSides } from './compared-sides.ts'
import { fittingOf } from './fits.ts'
import { labelled } from './labelled.ts'
import { listsWhole } from './lists-whole.ts'
import { readCandidates, scoreCandidates } from './score-candidates.ts'
import type { FacetScores } from './select.ts'
import { select } from './select.ts'
import { ASKS_WHICH, statement } from './statement.ts'

/** An answer in the articles' own sentences, before it was verified. */
export interface Extraction {
  readonly draft: Draft
  /** In order of the draft's labels. */
  readonly passages: readonly Passage[]
  readonly facets: readonly FacetScores[]
}

const STATEMENTS = 4
/** Characters that further sentences may fill up to. */
const ORDINARY = 210
const EXPLAINED = 300
const SEVERAL = 400
const MISSING_LENGTH = 60

const EXPLAINS = /^(?:how|whether|meaning|reason|list)$/u

/** Words that ask for more than one article or more than one thing. */
const ASKS_SEVERAL =
  /哪几[篇张份]|哪些(?:报道|文章|材料|稿|报告|地方)|都(?:有|说|出现|在|写|提|卖|被|讲)|分别|各[是有自家]|几[篇张份个]报|这[些几][篇张份个]?(?:报道|材料|报告|文章|报纸)|对比|区别|不同|到底|为准|两个数|一个说|怎么(?:又|也|还)?有/u

/**
 * Answers in the articles' own sentences: scores every sentence of the best passages' articles for each
 * thing that is asked, chooses, and says what contradicts, is missing, or only comes near.
 */
export async function extract(
  { question }: Question,
  retrieved: Retrieved,
  index: Pick<PassageIndex, 'passages'>,
  today: string,
): Promise<Extraction> {
  const { places } = retrieved.understood
  const candidates = await readCandidates(retrieved, index)
  const scores = scoreCandidates(question, retrieved, candidates)
  const compares = COMPARES.test(question)
  const fitting = scores.map(({ facet, scored }) => ({
    facet,
    scored: fittingOf(scored, retrieved.understood, compares),
  }))
  const labels = labelled()
  const credited = answerFromCredits(question, fitting, candidates, labels.of)
  if (credited) return { draft: credited, passages: labels.passages, facets: scores }

  const several = ASKS_SEVERAL.test(question)
  const length = lengthFor(several, fitting)
  const { chosen, unanswered } = select(fitting, { statements: STATEMENTS, length, several })
  const missing = unanswered.map(({ clause }) => clause.slice(0, MISSING_LENGTH))
  const [first] = chosen
  const [asked] = fitting
  if (!first || !asked) {
    const notices = nearestNotice(scores, labels.of)
    const draft: Draft = { status: 'not_found', statements: [], missing, premise: null, notices }
    return { draft, passages: labels.passages, facets: scores }
  }

  const against = contradiction(question, asked.scored) ?? otherPerson(question, chosen, candidates)
  const conflict = findConflict(first, first.facet, asked.scored)
  const ours = compares ? ownSide(first, asked) : undefined
  const compared = ours ? [first, ours, ...chosen.slice(1)] : chosen
  const sides = withSides(compared, against?.candidate, conflict, asked, STATEMENTS)
  const told = several ? sides : listsWhole(sides, candidates)
  const manner = { several, titled: ASKS_WHICH.test(question) }
  const statements = told.map((c) => statement(c, manner, labels.of))
  const quoted = told.map(({ candidate: { passage } }, i) => ({
    quote: statements[i]!.evidence[0]!.quote,
    passage,
  }))
  const draft: Draft = {
    status: unanswered.length > 0 ? 'partial' : 'answered',
    statements,
    missing,
    premise: against && premiseOf(against, labels.of),
    notices: [
      ...conflictNotice(conflict, labels.of),
      ...placeNotice(quoted, places, labels.of),
      ...staleNotice(quoted, today, labels.of),
    ],
  }
  return { draft, passages: labels.passages, facets: scores }
}

function lengthFor(several: boolean, facets: readonly FacetScores[]): number {
  if (several) return SEVERAL
  const explains = facets.some(({ facet }) => EXPLAINS.test(facet.want?.kind ?? ''))
  return explains ? EXPLAINED : ORDINARY
}

function premiseOf(
  { candidate: { passage, text }, clause }: Contradiction,
  labelOf: (passage: Passage) => number,
): Evidenced {
  return {
    text: `有误，报道写的是：${clause}。`,
    evidence: [{ label: labelOf(passage), quote: text }],
  }
}
