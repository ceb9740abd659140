import type { Answer, Citation, Notice, Passage, Statement } from '../../corpus.ts'
import { sentences } from '../../sentences.ts'
import { misplacedFigure } from './attachment.ts'
import { checkFigures } from './check-figures.ts'
import type { Cited } from './check-figures.ts'
import type { Draft, DraftNotice, Evidence, Evidenced } from './draft.ts'
import { NOTICES_LIMIT, STATEMENTS_LIMIT, lengthOf } from './limits.ts'
import { isOfficial, unknownNames } from './names.ts'
import { neutralise } from './neutralise.ts'
import { checkPolarity } from './polarity.ts'
import { locate, spansWithin } from './quotes.ts'
import { unsupportedPart } from './support.ts'
import { widen } from './widen.ts'

const MISSING_LIMIT = 60

export type RejectionKind =
  | 'empty'
  | 'no_evidence'
  | 'unknown_label'
  | 'short_quote'
  | 'quote_not_found'
  | 'quote_unsure'
  | 'figure'
  | 'name'
  | 'negation'
  | 'exception'
  | 'plan'
  | 'direction'
  | 'restriction'
  | 'obligation'
  | 'extent'
  | 'unsupported'
  | 'status'
  | 'too_long'

/** What fell and why; `index` counts within its part of the draft, `detail` is English, for asking again. */
export interface Rejection {
  readonly part: 'statement' | 'premise' | 'notice' | 'missing'
  readonly index: number
  readonly text: string
  readonly kind: RejectionKind
  readonly detail: string
}

/** A figure that said the same in another form than printed. */
export interface Rewrite {
  readonly part: Rejection['part']
  readonly index: number
  readonly written: string
  readonly printed: string
}

export interface Verified extends Pick<
  Answer,
  'status' | 'statements' | 'citations' | 'missing' | 'notices'
> {
  readonly rejected: readonly Rejection[]
  readonly rewritten: readonly Rewrite[]
}

/** Words of a passage that were found there. */
interface Place {
  readonly passage: Passage
  readonly start: number
  readonly end: number
}

type Outcome =
  | {
      readonly ok: true
      readonly text: string
      readonly places: readonly Place[]
      readonly rewritten: readonly { readonly written: string; readonly printed: string }[]
    }
  | { readonly ok: false; readonly kind: RejectionKind; readonly detail: string }

type Failed = Extract<Outcome, { ok: false }>
type Found = { readonly ok: true; readonly places: readonly Place[] } | Failed

type Standing = Extract<Outcome, { ok: true }> & { readonly index: number }

/**
 * Lets through what stands the test, and says what fell and why. `passages` are those the writer was
 * given, in order of their labels; `question` is what was asked, in the asker's own words.
 */
export function verify(draft: Draft, passages: readonly Passage[], question: string): Verified {
  const rejected: Rejection[] = []
  const rewritten: Rewrite[] = []
  const keep = (
    part: Rejection['part'],
    index: number,
    text: string,
    outcome: Outcome,
  ): Standing[] => {
    if (!outcome.ok) {
      rejected.push({ part, index, text, kind: outcome.kind, detail: outcome.detail })
      return []
    }
    rewritten.push(...outcome.rewritten.map((r) => ({ part, index, ...r })))
    return [{ ...outcome, index }]
  }

  const statements = draft.statements.flatMap((statement, i) =>
    keep('statement', i, statement.text, verifyStatement(draft, statement, passages, question)),
  )
  const told = withinLimit(statements, STATEMENTS_LIMIT, 'statement', rejected)
  const premise = draft.premise
    ? keep(
        'premise',
        0,
        draft.premise.text,
        verifyEvidenced(draft.premise, passages, question, true),
      )
    : []
  const notices = (draft.notices ?? []).flatMap((notice, i) =>
    keep('notice', i, notice.text, verifyNotice(notice, passages, question)).map((n) => ({
      ...n,
      kind: notice.kind,
    })),
  )
  const noticed = withinLimit(
    [...premise.map((p) => ({ ...p, kind: 'premise' as const })), ...notices],
    NOTICES_LIMIT,
    'notice',
    rejected,
  )

  const cite = citer()
  const cited = (s: Standing) => ({ text: s.text, citations: cite.all(s.places) })
  const outStatements: Statement[] = told.map(cited)
  const outNotices: Notice[] = noticed.map((n) => ({ kind: n.kind, ...cited(n) }))
  const citations = cite.citations()
  const missing = draft.missing.flatMap((text, i) =>
    keep('missing', i, text, verifyMissing(text, citations, question)).map((m) => m.text),
  )

  const fell = rejected.some((r) => r.part === 'statement' && r.kind !== 'too_long')
  return {
    status: statusOf(draft.status, outStatements.length, missing.length > 0 || fell),
    statements: outStatements,
    citations,
    missing: [...new Set(missing)],
    notices: outNotices,
    rejected,
    rewritten,
  }
}

/** One statement, premise or conflict on its own, as it is verified while an answer streams in. */
export function verifyEvidenced(
  { text, evidence }: Evidenced,
  passages: readonly Passage[],
  question: string,
  correcting = false,
): Outcome {
  const plain = neutralise(text)
  if (!/[\p{L}\p{N}]/u.test(plain)) return fail('empty', 'the text is empty')
  if (evidence.length === 0) return fail('no_evidence', 'no quote is given')
  const found = findAll(evidence, passages)
  if (!found.ok) return found
  const outcome = hold(plain, found.places, question, correcting)
  if (outcome.ok || (outcome.kind !== 'figure' && outcome.kind !== 'name')) return outcome
  // The figure or name may stand in the sentence that was quoted in part.
  const whole = hold(plain, found.places.map(toSentence), question, correcting)
  return whole.ok ? whole : outcome
}

/** Holds a text against the words it cites. */
function hold(
  plain: string,
  places: readonly Place[],
  question: string,
  correcting: boolean,
): Outcome {
  const { text: said, rewritten, unsupported } = checkFigures(plain, places.map(citedAt))
  if (unsupported.length > 0) {
    return fail('figure', `no cited quote prints ${unsupported.join(', ')}`)
  }
  const quotes = places.map(quoteAt)
  const around = [...new Set(places.map((p) => p.passage))].flatMap(metadata)
  const [name] = unknownNames(said, [...quotes, ...around, ...(correcting ? [question] : [])])
  if (name) return fail('name', `the ${name.kind} "${name.text}" is in no cited quote`)
  const [problem] = checkPolarity(said, quotes, correcting ? question : '')
  if (problem) return fail(problem.kind, problem.detail)
  const misplaced = misplacedFigure(said, quotes)
  if (misplaced !== null) return fail('figure', `the quotes print ${misplaced} for something else`)
  const part = unsupportedPart(said, quotes, [...around, question])
  if (part !== null) return fail('unsupported', `no cited quote speaks of "${part}"`)
  return { ok: true, text: said, places, rewritten }
}

function verifyStatement(
  draft: Draft,
  statement: Evidenced,
  passages: readonly Passage[],
  question: string,
): Outcome {
  return draft.status === 'not_found'
    ? fail('status', 'the draft says not_found, so it has no statements')
    : verifyEvidenced(statement, passages, question)
}

/** A notice is the program's own sentence: it needs no quote, but brings in nothing of its own. */
function verifyNotice(
  notice: DraftNotice,
  passages: readonly Passage[],
  question: string,
): Outcome {
  if (notice.kind === 'conflict') return verifyEvidenced(notice, passages, question)
  const text = neutralise(notice.text)
  if (text === '') return fail('empty', 'the text is empty')
  const found = findAll(notice.evidence, passages)
  if (!found.ok) return found
  const { places } = found
  const around = places.flatMap((p) => metadata(p.passage))
  const own = ownNames(text, [...places.map(citedAt), asked(question)], [...around, question])
  return own === null ? { ok: true, text, places, rewritten: [] } : own
}

/** What is missing was asked for: it names nothing that the question or a cited quote does not. */
function verifyMissing(written: string, citations: readonly Citation[], question: string): Outcome {
  const text = neutralise(written)
  if (!/[\p{L}\p{N}]/u.test(text)) return fail('empty', 'the text is empty')
  if (Array.from(text).length > MISSING_LIMIT)
    return fail('too_long', `longer than ${MISSING_LIMIT} characters`)
  const quotes = citations.map((c) => ({ quote: c.quote, date: { value: null } }))
  const own = ownNames(text, [...quotes, asked(question)], [])
  if (own) return own
  const plain = text.replaceAll(META, '')
  const claim = CLAIM.exec(plain)
  if (claim && !question.includes(claim[0])) {
    return fail('unsupported', `"${claim[0]}" states something; missing only names what was asked`)
  }
  const part = unsupportedPart(plain, [question, ...citations.map((c) => c.quote)], [MISSING_WORDS])
  return part === null
    ? { ok: true, text, places: [], rewritten: [] }
    : fail('unsupported', `"${part}" was not asked`)
}

/** The frame in which something is said to be missing. */
const META =
  /(?:(?:这些|所给|收录的|提供的)?(?:报道|文章|材料|资料|原文|段落|新闻)(?:中|里)?)?(?:均|都|并|也|尚)?(?:没有?|未|未曾|不曾)(?:明确)?(?:提及|提到|说明|说|写明|写|给出|涉及|列出|公布|披露|介绍|找到|交代|回答|指明|透露)(?:过|到)?/gu
/** Words with which a sentence states a fact. */
const CLAIM =
  /已经?(?!知)|将(?=[于在会])|取消|停止|废止|暂停|失效|必须|不得|无需|不用|不需要|免费|免收|应当|没有|不再|不能|禁止|规定|要求|提高到|降低到|改为|调整为|可以(?!办|申|享|领|用)/u
const MISSING_WORDS =
  '具体时间地点流程材料条件标准金额电话地址联系方式期限范围对象部门办法名单数量比例原因结果其他地区年份何时哪里多少如何是否怎样细则'

function ownNames(
  text: string,
  cited: readonly Cited[],
  around: readonly string[],
): Outcome | null {
  const { unsupported } = checkFigures(text, cited)
  if (unsupported.length > 0) {
    return fail(
      'figure',
      `${unsupported.join(', ')} is neither in the question nor in a cited quote`,
    )
  }
  const known = [...cited.map((c) => c.quote), ...around]
  const name = unknownNames(text, known).find(
    (n) => isOfficial(n) || n.kind === 'quoted' || n.kind === 'place',
  )
  return name
    ? fail(
        'name',
        `the ${name.kind} "${name.text}" is neither in the question nor in a cited quote`,
      )
    : null
}

function findAll(evidence: readonly Evidence[], passages: readonly Passage[]): Found {
  const places: Place[] = []
  for (const { label, quote } of evidence) {
    const passage = passages[label - 1]
    if (!passage) return fail('unknown_label', `there is no passage ${label}`)
    const located = locate(quote, passage)
    if (located.outcome === 'mismatch') {
      return fail('quote_not_found', `passage ${label} does not say "${quote}"`)
    }
    if (located.outcome === 'cannot_tell') {
      return located.reason === 'too_short'
        ? fail('short_quote', `the quote "${quote}" is shorter than six characters`)
        : fail(
            'quote_unsure',
            `whether passage ${label} says "${quote}" cannot be told: ${located.reason}`,
          )
    }
    places.push({ passage, ...widen(passage.text, located) })
  }
  return { ok: true, places }
}

function fail(kind: RejectionKind, detail: string): Failed {
  return { ok: false, kind, detail }
}

function toSentence(place: Place): Place {
  const around = sentences(place.passage.text).filter(
    (s) => s.start < place.end && s.end > place.start,
  )
  return {
    ...place,
    start: Math.min(place.start, ...around.map((s) => s.start)),
    end: Math.max(place.end, ...around.map((s) => s.end)),
  }
}

const quoteAt = ({ passage, start, end }: Place) => passage.text.slice(start, end)
const citedAt = (place: Place): Cited => ({ quote: quoteAt(place), date: place.passage.date })
const asked = (question: string): Cited => ({ quote: question, date: { value: null } })

function metadata({ headline, kicker, subhead, publication, place }: Passage): string[] {
  return [
    headline,
    kicker,
    subhead,
    publication.name,
    publication.issue,
    place.join(''),
    ...place,
  ].filter((m) => m !== null)
}

/** What is said first weighs most: the later ones go when it gets too long. */
function withinLimit<T extends Standing>(
  standing: readonly T[],
  limit: number,
  part: 'statement' | 'notice',
  rejected: Rejection[],
): T[] {
  let length = 0
  return standing.filter((s) => {
    const next = length + lengthOf(s.text)
    if (next <= limit) {
      length = next
      return true
    }
    rejected.push({
      part,
      index: s.index,
      text: s.text,
      kind: 'too_long',
      detail: `together longer than ${limit} characters`,
    })
    return false
  })
}

function statusOf(
  drafted: Draft['status'],
  statements: number,
  lacking: boolean,
): Answer['status'] {
  if (statements === 0) return 'not_found'
  return lacking || drafted !== 'answered' ? 'partial' : 'answered'
}

/** Numbers citations from 1 in order of use; a quote within another of the same passage is the same citation. */
function citer() {
  const places: Place[] = []
  const holds = (a: Place, b: Place) =>
    a.passage.id === b.passage.id && a.start <= b.start && a.end >= b.end
  const numberOf = (place: Place): number => {
    const at = places.findIndex((known) => holds(known, place))
    if (at >= 0) return at + 1
    const within = places.findIndex((known) => holds(place, known))
    if (within >= 0) {
      places[within] = place
      return within + 1
    }
    return places.push(place)
  }
  return {
    all: (used: readonly Place[]): number[] => [...new Set(used.map(numberOf))],
    citations: (): Citation[] => places.map((place, i) => citation(place, i + 1)),
  }
}

function citation({ passage, start, end }: Place, n: number): Citation {
  return {
    n,
    articleId: passage.articleId,
    passageId: passage.id,
    source: passage.source,
    headline: passage.headline,
    publication: passage.publication,
    date: passage.date,
    place: passage.place,
    url: passage.url,
    quote: passage.text.slice(start, end),
    spans: spansWithin(passage, start, end),
  }
}
