import type { Passage, Question } from '../../corpus.ts'
import type { PassageIndex } from '../../retrieval/passage-index.ts'
import type { Retrieved } from '../../retrieval/retrieve.ts'
import { findConflict } from '../notices/conflict.ts'
import type { Conflict, Side } from '../notices/conflict.ts'
import { nearestNotice } from '../notices/nearest.ts'
import { placeNotice } from '../notices/place.ts'
import { contradiction, otherPerson } from '../notices/premise.ts'
import { staleNotice } from '../notices/stale.ts'
import { plantedIn } from '../planted.ts'
import type { Draft, DraftNotice, Evidenced } from '../verify/draft.ts'
import { figures } from '../verify/figures.ts'
import type { Candidate } from './candidate.ts'
import { candidatesOf } from './candidate.ts'
import { quoteOf } from './clip.ts'
import { answerFromCredits } from './answer-from-credits.ts'
import { enumerationAround } from './enumeration.ts'
import { facetsOf } from './facet.ts'
import { fitsPlace, fitsYear } from './fits.ts'
import { lookAt, score } from './score.ts'
import type { Chosen, FacetScores } from './select.ts'
import { select } from './select.ts'
import type { Scored } from './score.ts'
import { subjectOf } from './subject.ts'
import { withReferent } from './with-referent.ts'

/** An answer in the articles' own sentences, before it was verified. */
export interface Extraction {
  readonly draft: Draft
  /** In order of the draft's labels. */
  readonly passages: readonly Passage[]
  readonly facets: readonly FacetScores[]
}

/** How many articles are read whole, not only where they were found. */
const ARTICLES = 8
const STATEMENTS = 4
/** Characters that further sentences may fill up to. */
const ORDINARY = 210
const EXPLAINED = 300
const SEVERAL = 400

const EXPLAINS = /^(?:how|whether|meaning|reason|list)$/u

/** Words that ask for more than one article or more than one thing. */
const ASKS_SEVERAL =
  /哪几[篇张份]|哪些(?:报道|文章|材料|稿|报告|地方)|都(?:有|说|出现|在|写|提|卖|被|讲)|分别|各[是有自家]|几[篇张份个]报|这[些几][篇张份个]?(?:报道|材料|报告|文章|报纸)|对比|区别|不同|到底|为准|两个数|一个说|怎么(?:又|也|还)?有/u

/** Asks which articles, not only what they say. */
const ASKS_WHICH = /哪几?[篇条]|哪些(?:报道|文章|材料|稿|报告)|[几多少][篇条](?:报道|文章|稿)/u

/** Words by which one thing is held against another. */
const COMPARES =
  /比|差(?:多少|多远|几|不多|在哪)|跟.{1,12}(?:差|一样)|相比|对比|区别|不同|谁[多高大]|哪个[多高大贵便]|还是/u

export async function extract(
  question: Question,
  retrieved: Retrieved,
  index: Pick<PassageIndex, 'passages'>,
  today: string,
): Promise<Extraction> {
  const { understood } = retrieved
  const candidates = await read(retrieved, index)
  const scores = scoreAll(question, retrieved, candidates)
  const fitting = scores.map(({ facet, scored }) => ({
    facet,
    scored: fittingOf(scored, understood, COMPARES.test(question.question)),
  }))
  const several = ASKS_SEVERAL.test(question.question)
  const explains = fitting.some(({ facet }) => EXPLAINS.test(facet.want?.kind ?? ''))
  const { chosen, unanswered } = select(fitting, {
    statements: STATEMENTS,
    length: several ? SEVERAL : explains ? EXPLAINED : ORDINARY,
    several,
  })
  const labels = labelled()
  const credited = answerFromCredits(question.question, fitting, candidates, labels.of)
  if (credited) {
    return { draft: credited, passages: labels.passages, facets: scores }
  }
  const [first] = chosen
  const against =
    first &&
    (contradiction(question.question, fitting[0]!.scored) ??
      otherPerson(question.question, chosen, candidates))
  const conflict = first && findConflict(first, first.facet, fitting[0]!.scored)
  const ours = first && COMPARES.test(question.question) ? ownSide(first, fitting[0]!) : undefined
  const compared = first && ours ? [first, ours, ...chosen.slice(1)] : chosen
  const sides = withSides(compared, against?.candidate, conflict, fitting)
  const told = several ? sides : listsWhole(sides, candidates).map((c) => referred(c, candidates))
  const statements = told.map((c) =>
    statement(c, { several, titled: ASKS_WHICH.test(question.question) }, labels.of),
  )
  const quoted = told.map((c, i) => ({
    quote: statements[i]!.evidence[0]!.quote,
    passage: c.candidate.passage,
  }))
  const draft: Draft = {
    status: !first ? 'not_found' : unanswered.length > 0 ? 'partial' : 'answered',
    statements,
    missing: unanswered.map(({ clause }) => clause.slice(0, 60)),
    premise: against
      ? {
          text: `有误，报道写的是：${against.clause}。`,
          evidence: [
            { label: labels.of(against.candidate.passage), quote: against.candidate.text },
          ],
        }
      : null,
    notices: first
      ? [
          ...conflictNotice(conflict, labels.of),
          ...placeNotice(quoted, understood.places, labels.of),
          ...staleNotice(quoted, today, labels.of),
        ]
      : nearestNotice(scores, labels.of),
  }
  return { draft, passages: labels.passages, facets: scores }
}

/**
 * The candidates of the places and years asked about. Who compares a place with another (咱跟聊城比) names
 * only the other: then whole articles stay that speak of it.
 */
function fittingOf(
  scored: readonly Scored[],
  { places, years }: Retrieved['understood'],
  compares: boolean,
): Scored[] {
  const inYear = scored.filter(({ candidate }) => fitsYear(candidate, years))
  if (!places.firm) return inYear
  const fitting = inYear.filter(({ candidate }) => fitsPlace(candidate, places))
  if (!compares) return fitting
  const articles = new Set(fitting.map(({ candidate }) => candidate.passage.articleId))
  return inYear.filter(({ candidate }) => articles.has(candidate.passage.articleId))
}

/** Beside other places' figures, our own of the same kind, from the same article. */
function ownSide(first: Chosen, { facet, scored }: FacetScores): Chosen | undefined {
  const units = unitsIn(first.candidate.text)
  if (units.size === 0 || OURS.test(first.candidate.text)) return undefined
  const own = scored.find(
    ({ candidate, own: share }) =>
      candidate.passage.articleId === first.candidate.passage.articleId &&
      candidate !== first.candidate &&
      OURS.test(candidate.text) &&
      share >= first.own * OUR_SHARE &&
      [...unitsIn(candidate.text)].some((unit) => units.has(unit)),
  )
  return own && { ...own, facet }
}

const OURS = /我[市县区省]|全[市县区省]|本[市县]/u
const OUR_SHARE = 0.3

function unitsIn(text: string): Set<string> {
  return new Set(
    figures(text).flatMap((f) => (f.kind === 'quantity' && f.unit !== '' ? [f.unit] : [])),
  )
}

/** What was chosen, with what contradicts the question and both sides of a conflict in front. */
function withSides(
  chosen: readonly Chosen[],
  against: Candidate | undefined,
  conflict: Conflict | null | undefined,
  facets: readonly FacetScores[],
): Chosen[] {
  const { facet, scored } = facets[0]!
  const sides = [
    ...scored.filter((s) => s.candidate === against),
    ...(conflict ? [conflict.first.scored, conflict.other.scored] : []),
  ].map((s) => chosen.find((c) => c.candidate === s.candidate) ?? { ...s, facet })
  return [...new Set([...sides, ...chosen])].slice(0, STATEMENTS)
}

/** Where a list or a way is asked for, what is counted off is told whole, once, and little beside it. */
function listsWhole(chosen: readonly Chosen[], candidates: readonly Candidate[]): Chosen[] {
  const whole: Chosen[] = []
  for (const c of chosen) {
    if (whole.some(({ candidate }) => holdsAll(candidate, c.candidate))) continue
    const list =
      ['list', 'how'].includes(c.facet.want?.kind ?? '') &&
      enumerationAround(c.candidate, candidates)
    whole.push(list ? { ...c, whole: true, candidate: { ...c.candidate, ...list } } : c)
  }
  return whole.some((c) => c.whole) ? whole.slice(0, 2) : whole
}

/** A sentence that is quoted to its beginning, with the one it points back to. */
function referred(chosen: Chosen, candidates: readonly Candidate[]): Chosen {
  const { candidate } = chosen
  if (chosen.whole || !candidate.text.startsWith(quoteOf(chosen, false))) return chosen
  const referring = withReferent(candidate, candidates)
  return referring === candidate ? chosen : { ...chosen, candidate: referring, whole: true }
}

function holdsAll(a: Candidate, b: Candidate): boolean {
  return a.passage.id === b.passage.id && a.start <= b.start && a.end >= b.end
}

/** Two reports of different months are told apart by them; the sources show paper and place. */
function reportDates({ first, other }: Conflict): (side: Side) => string {
  const months = [first, other].map(({ scored }) =>
    scored.candidate.passage.date.value?.slice(0, 7),
  )
  if (months[0] === months[1]) return () => ''
  return ({ scored }) => {
    const [year, month] = (scored.candidate.passage.date.value ?? '').split('-').map(Number)
    return year ? `（${year}年${month ? `${month}月` : ''}）` : ''
  }
}

function conflictNotice(
  conflict: Conflict | null | undefined,
  labelOf: (passage: Passage) => number,
): DraftNotice[] {
  if (!conflict) return []
  const sides = [conflict.first, conflict.other]
  const dated = reportDates(conflict)
  return [
    {
      kind: 'conflict',
      text: `两处不一：${sides.map((side) => `“${side.words}”${dated(side)}`).join('；')}。`,
      evidence: sides.map(({ scored, words }) => ({
        label: labelOf(scored.candidate.passage),
        quote: words,
      })),
    },
  ]
}

/** The articles of the best passages, whole, as what may be quoted of them. */
async function read(
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

function scoreAll(
  { question }: Question,
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

function statement(
  chosen: Chosen,
  { several, titled }: { readonly several: boolean; readonly titled: boolean },
  labelOf: (passage: Passage) => number,
): Evidenced {
  const { passage } = chosen.candidate
  const quote = quoteOf(chosen, several && !titled)
  // A figure in a headline would have to stand in the quote.
  const title =
    titled && passage.headline && !/\d/u.test(passage.headline) ? `《${passage.headline}》：` : ''
  return { text: title + tidy(quote), evidence: [{ label: labelOf(passage), quote }] }
}

/** Quoted words as a person reads them: without a dangling mark at the ends. */
function tidy(text: string): string {
  const plain = text
    .trim()
    .replace(/^[，。；、：”’）)\-—─■●·\s]+/u, '')
    .replace(/[，；、：,;:\-—─\s]+$/u, '。')
  const [open, close] = [plain.match(/“/gu)?.length ?? 0, plain.match(/”/gu)?.length ?? 0]
  if (close > open) return plain.replace(/”(?=[^”]*$)/u, '')
  if (open > close) return plain.replace(/^[^“]{0,2}“/u, '')
  return (plain.match(/"/gu)?.length ?? 0) % 2 === 1 ? plain.replace(/^"|"$/u, '') : plain
}

/** Labels passages from 1 in order of use. */
function labelled() {
  const passages: Passage[] = []
  return {
    passages,
    of: (passage: Passage): number => {
      const at = passages.findIndex(({ id }) => id === passage.id)
      return at >= 0 ? at + 1 : passages.push(passage)
    },
  }
}
