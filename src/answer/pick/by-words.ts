import type { Picks } from '../picks.ts'
import type { WordsPick, WordsRequest } from './words-pick.ts'
import { answerFromCredits } from './words/answer-from-credits.ts'
import { candidatesOf } from './words/candidate.ts'
import { clip } from './words/clip.ts'
import { COMPARES, ownSide } from './words/compared-sides.ts'
import { findConflict } from './words/conflict.ts'
import { fittingOf } from './words/fits.ts'
import { listsWhole } from './words/lists-whole.ts'
import { nearest } from './words/nearest.ts'
import { contradiction, otherPerson } from './words/premise.ts'
import { scoreCandidates } from './words/score-candidates.ts'
import { select } from './words/select.ts'
import type { FacetScores } from './words/select.ts'
import { type Stretch, piecesIn, piecesOfOne, sentencesOf } from './words/stretch.ts'

const STATEMENTS = { ordinary: 3, several: 4 } as const
/** Characters that further sentences may fill up to. */
const ORDINARY = 210
const EXPLAINED = 300
const SEVERAL = 400
const MISSING_LENGTH = 60

const EXPLAINS = /^(?:how|whether|meaning|reason|list)$/u

/** Words that ask for more than one article or more than one thing. */
const ASKS_SEVERAL =
  /哪几[篇张份]|哪些(?:报道|文章|材料|稿|报告|地方)|都(?:有|说|出现|在|写|提|卖|被|讲)|分别|各[是有自家]|几[篇张份个]报|这[些几][篇张份个]?(?:报道|材料|报告|文章|报纸)|对比|区别|不同|到底|为准|两个数|一个说|怎么(?:又|也|还)?有/u
/** Asks which articles, not only what they say. */
const ASKS_WHICH = /哪几?[篇条]|哪些(?:报道|文章|材料|稿|报告)|[几多少][篇条](?:报道|文章|稿)/u

/**
 * Picks by words: scores every sentence of a context for each thing that is asked, chooses, and finds
 * what contradicts the question, what says otherwise, or what only comes near.
 */
export function pickByWords({
  question: { question: own },
  standalone: question,
  retrieved,
  context,
}: Omit<WordsRequest, 'date'>): WordsPick {
  const sentences = sentencesOf(context)
  const lists = (stretch: Stretch) => piecesIn(stretch, sentences)
  const pieces = (stretch: Stretch) => piecesOfOne(stretch, sentences)

  const candidates = candidatesOf(context)
  const scores = scoreCandidates(question, own, retrieved, candidates)
  const compares = COMPARES.test(question)
  const fitting = scores.map(({ facet, scored }) => ({
    facet,
    scored: fittingOf(scored, retrieved.understood, compares),
  }))
  const credits = answerFromCredits(question, fitting, candidates)
  if (credits.length > 0) return picked({ statements: credits.flatMap(lists) })

  const several = ASKS_SEVERAL.test(question)
  const length = lengthFor(several, fitting)
  const statements = several ? STATEMENTS.several : STATEMENTS.ordinary
  const { chosen, unanswered } = select(fitting, { statements, length, several })
  const missing = unanswered.map(({ clause }) => clause.slice(0, MISSING_LENGTH))
  const [first] = chosen
  const [asked] = fitting
  if (!first || !asked) {
    const near = nearest(scores, sentences)
    return { ...picked({ status: 'not_found', missing }), nearest: near && pieces(near) }
  }

  const against = contradiction(question, asked.scored) ?? otherPerson(question, chosen, candidates)
  const conflict = findConflict(first, first.facet, asked.scored)
  const ours = compares ? ownSide(first, asked) : undefined
  const rest = chosen.slice(1).filter(({ candidate }) => candidate !== ours?.candidate)
  const sides = [first, ...(ours ? [ours] : []), ...rest]
  const told = several ? sides : listsWhole(sides, candidates)
  const inPart = several && !ASKS_WHICH.test(question)
  return {
    picks: {
      status: unanswered.length > 0 ? 'partial' : 'answered',
      statements: told.flatMap((c) => lists(clip(c, inPart))),
      missing,
      premise: against && pieces(against),
    },
    conflict: conflict && [pieces(conflict.first), pieces(conflict.other)],
    nearest: null,
  }
}

function picked(picks: Partial<Picks>): WordsPick {
  return {
    picks: { status: 'answered', statements: [], missing: [], premise: null, ...picks },
    conflict: null,
    nearest: null,
  }
}

function lengthFor(several: boolean, facets: readonly FacetScores[]): number {
  if (several) return SEVERAL
  const explains = facets.some(({ facet }) => EXPLAINS.test(facet.want?.kind ?? ''))
  return explains ? EXPLAINED : ORDINARY
}
