import type { Facet } from './facet.ts'
import { clip } from './clip.ts'
import type { Chosen } from './chosen.ts'
import { bestGain, lacking } from './gain.ts'
import type { Scored } from './score.ts'
import type { WantKind } from './wants.ts'

/** A facet and the candidates for it, best first. */
export interface FacetScores {
  readonly facet: Facet
  readonly scored: readonly Scored[]
}

/** What was chosen to answer with, best first, and the facets that nothing answers. */
export interface Selection {
  readonly chosen: readonly Chosen[]
  readonly unanswered: readonly Facet[]
}

export interface Bounds {
  readonly statements: number
  /** Characters of all statements together, beyond what the facets themselves need. */
  readonly length: number
  /** One from each article is wanted, not the best alone. */
  readonly several: boolean
}

/** A question of one letter or of chat alone asks for nothing. */
const SAYS_SOMETHING = 2
/** Less of the facet's words than this, and a sentence is about something else. */
const COVERAGE = 0.2
/** A sentence that holds what is wanted may be so much worse than one that does not. */
const HELD = 0.85
/** What holds a thing that has no other words is taken for it only with this score. */
const SURE = 0.68
/** An enumeration of places is hardly another's. */
const HELD_PLACES = 0.55
/** The very best sentence needs less. */
const SURE_FIRST = 0.6
const SURE_BESIDE = 0.7
const SAID = 0.8
const SAME_THING = 0.4
const SAME_ARTICLE = 0.2
/** An article's best sentence with this merit shows that the article is meant. */
const TOPICAL_MERIT = 0.6
/** So much of a question in one sentence's own words, and a word that stands nowhere matters little. */
const MOSTLY = 0.5
const NEARLY_ALL = 0.7
/** With this merit a sentence plainly answers one part, whatever becomes of the others. */
const PLAINLY = 1
/** How near to the best a further sentence comes: of any kind, and from another article when several are asked for. */
const NEARLY = { ordinary: 0.82, several: 0.9 } as const
const ELSEWHERE = 0.62
/** Of what the best says in its own words, so much. */
const OWN = 0.4
/** A sentence that brings this share of the question, which none has said, comes along. */
const GAIN = 0.2
const GAINING = 0.6
const TOPICAL = 0.75

/** Chooses the sentences that answer: for each facet its best, then what comes near and is new. */
export function select(facets: readonly FacetScores[], bounds: Bounds): Selection {
  const chosen: Chosen[] = []
  const unanswered: Facet[] = []
  const add = (next: Scored, facet: Facet) => {
    if (!chosen.some((other) => repeats(other, next))) chosen.push({ ...next, facet })
  }
  for (const { facet, scored } of facets) {
    const best = bestOf(facet, scored)
    if (best) add(best, facet)
    else unanswered.push(facet)
  }
  // Who asks for a figure, a name, a date gets nothing for it that only lies beside them.
  const strict = facets.filter(isStrict)
  const nothingAsked = strict.length > 0 && strict.every(({ facet }) => unanswered.includes(facet))
  if (nothingAsked && !chosen.some(({ merit }) => merit >= PLAINLY))
    return { chosen: [], unanswered: facets.map(({ facet }) => facet) }
  const answered = facets.filter(({ facet }) => !unanswered.includes(facet))
  for (const { facet, scored } of answered) {
    if (chosen.length >= bounds.statements) break
    const more = bestGain(scored, lacking(chosen, facet), facet, GAIN)
    const fit = more && (more.held || !facet.want?.strict)
    if (fit && isTopical(more, chosen) && more.score >= scored[0]!.score * GAINING) add(more, facet)
  }
  for (const { facet, scored } of answered) {
    for (const next of further(scored, bounds)) {
      if (chosen.length >= bounds.statements) break
      const length = [...chosen, { ...next, facet }].reduce((sum, c) => {
        const { start, end } = clip(c, bounds.several)
        return sum + end - start
      }, 0)
      if (length <= bounds.length) add(next, facet)
    }
  }
  return { chosen, unanswered }
}

function isStrict({ facet }: FacetScores): boolean {
  return facet.want?.strict ?? false
}

/** The sentence that answers a facet, or nothing when none does. */
export function bestOf(facet: Facet, scored: readonly Scored[]): Scored | undefined {
  const { want } = facet
  const [top] = scored
  if (!top || top.coverage < COVERAGE || facet.total < SAYS_SOMETHING) return undefined
  const telling = want !== null && TELLING.has(want.kind)
  // One word that nobody printed is no matter where all the others stand in one sentence.
  const unheard = facet.unheard && top.own < (telling ? MOSTLY : NEARLY_ALL)
  if (unheard && want?.strict && !(telling && top.held)) return undefined
  if (want?.strict || want?.noun) {
    return (
      scored.find((s) => s.held && isSure(s, top) && speaksOf(s, top, facet, SAME_THING)) ??
      (telling && !unheard ? besideTop(facet, scored) : undefined)
    )
  }
  if (top.held) return top
  const held = want?.kind === 'places' ? HELD_PLACES : HELD
  return scored.find((s) => s.held && s.score >= top.score * held && s.coverage >= COVERAGE) ?? top
}

/** Things whose shape alone tells them: a name with a title is hardly another's. */
const TELLING: ReadonlySet<WantKind> = new Set([
  'person',
  'address',
  'phone',
  'month',
  'editor',
  'district',
])

/** A name or an address in the very article that speaks of what was asked. */
function besideTop(facet: Facet, scored: readonly Scored[]): Scored | undefined {
  const [top] = scored
  if (!top || top.merit < TOPICAL_MERIT) return undefined
  const { articleId } = top.candidate.passage
  const within = scored.filter((s) => s.held && s.candidate.passage.articleId === articleId)
  // Whoever introduces what the best sentence tells has said it.
  const introduces = within
    .filter(({ candidate }) => candidate.n < top.candidate.n && INTRODUCES.test(candidate.text))
    .toSorted((a, b) => b.candidate.n - a.candidate.n)[0]
  if (facet.want?.kind === 'person' && introduces) return introduces
  return within.find((s) => facet.want?.kind === 'address' || speaksOf(s, top, facet, SAME_ARTICLE))
}

const INTRODUCES = /(?:代表|委员|联合会|委员会)\p{Script=Han}{0,4}(?:提出|建议)/u

/** Good enough to say that this is the figure, the name, the date that was asked for. */
function isSure({ merit, score, coverage }: Scored, top: Scored): boolean {
  return (
    merit >= (score === top.score ? SURE_FIRST : SURE) &&
    score >= top.score * SURE_BESIDE &&
    coverage >= COVERAGE
  )
}

/** Whether a candidate has, in its words or around them, enough of what the best has: else it is about another thing. */
function speaksOf(s: Scored, top: Scored, { terms }: Facet, least: number): boolean {
  const weight = (test: (i: number) => boolean) =>
    terms.reduce((sum, term, i) => sum + (test(i) ? term.weight : 0), 0)
  const both = weight((i) => top.has[i]! >= SAID && s.has[i]! > 0)
  return both >= weight((i) => top.has[i]! >= SAID) * least
}

/** Of an article that answers already, or nearly as much about the question as what does. */
function isTopical({ candidate, coverage }: Scored, chosen: readonly Scored[]): boolean {
  const [first] = chosen
  const same = chosen.some((c) => c.candidate.passage.articleId === candidate.passage.articleId)
  return same || (first !== undefined && coverage >= first.coverage * TOPICAL)
}

function further(scored: readonly Scored[], { several }: Bounds): Scored[] {
  const [top] = scored
  if (!top) return []
  const nearly = several ? NEARLY.several : NEARLY.ordinary
  const near = scored
    .slice(1)
    .filter((s) => s.score >= top.score * nearly && s.own >= top.own * OWN && tells(s))
  if (!several) return near
  const firsts = new Map<string, Scored>()
  for (const s of scored) {
    const { articleId } = s.candidate.passage
    if (!firsts.has(articleId)) firsts.set(articleId, s)
  }
  const others = [...firsts.values()].filter(
    (s) => s !== top && s.score >= top.score * ELSEWHERE && s.own >= top.own * ELSEWHERE,
  )
  return [...others, ...near]
}

/** A heading or a credit answers when it is asked for; beside an answer only a sentence tells more. */
function tells({ candidate: { passage, text } }: Scored): boolean {
  return (
    passage.part === 'body' && (passage.kind === 'table' || /[。！？!?；;”"』」）)]$/u.test(text))
  )
}

function repeats(a: Scored, b: Scored): boolean {
  const [x, y] = [a.candidate.words.normal, b.candidate.words.normal]
  return x.includes(y) || y.includes(x)
}
