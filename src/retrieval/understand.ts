/**
 * What a question asks, without a model: which of its words count and what else they are called,
 * where and when it is about, what kind of thing it wants, what an earlier turn was about.
 */
import { findPlaces } from '../language/places.ts'
import type { Question, Turn } from '../corpus.ts'
import { askedPlaces, type AskedPlaces } from './asked-places.ts'
import { letterWeights } from './filler.ts'
import { findKnown, THESAURUS, type Thesaurus } from './thesaurus.ts'
import { eachTerm, normalize, termsOf } from './tokens.ts'
import { askedMeasure, wantsOf, type Want } from './wants.ts'
import { askedYears, type AskedYear } from './years.ts'

/** A part of the question that a passage has or has not, in these or in other words. */
export interface Unit {
  /** Normalized. */
  readonly text: string
  /** How much it counts beside the others, 0 to 1. */
  readonly weight: number
  /** Other words for it, normalized; a passage that has one of them has nearly this. */
  readonly others: readonly string[]
  readonly from: 'question' | 'history'
}

export interface Understood {
  /** The question as searched, follow-ups made whole. */
  readonly standalone: string
  readonly units: readonly Unit[]
  /** Terms of earlier turns that only lean a ranking: `weight` is small. */
  readonly context: readonly { readonly term: string; readonly weight: number }[]
  readonly places: AskedPlaces
  readonly years: readonly AskedYear[]
  /** The most telling first. */
  readonly wants: readonly Want[]
  /** Finds amounts of what is asked how many of. */
  readonly measure?: RegExp
}

export interface UnderstandDeps {
  readonly thesaurus?: Thesaurus
  /** YYYY-MM-DD, for a question without a date. */
  readonly today?: string
}

/** Letters of a question or an answer that are looked at: a pasted page would take seconds. */
const LONGEST = 500
/** Places are compared as places; as words they count half. */
const PLACE_WEIGHT = 0.5
/** What an earlier question's words count: where the new one leans on it openly, and where not. */
const TOPIC_LEANING = 0.6
const TOPIC = 0.35
/** An earlier answer only leans the ranking towards what it spoke of. */
const ANSWER = 0.12
const TURNS = 2
/** A new question this short (in letters that count) says too little alone. */
const SHORT = 6

const LEANING =
  /^(?:那|这|它|他|她|其中|还有|另外|然后|接着|再|以后|之后|后来|具体|除此)|呢[？?]?$|[那这](?:个|些|里|边|种|笔|家|类|项)|他们|它们|上面|刚才|前面/

export function understand(
  { question, history = [], place, date }: Question,
  { thesaurus = THESAURUS, today = new Date().toISOString().slice(0, 10) }: UnderstandDeps = {},
): Understood {
  const text = normalize(question).slice(0, LONGEST)
  const own = unitsOf(text, thesaurus, 'question')
  const measure = askedMeasure(text)
  const topic = topicOf(history.slice(-TURNS), own, LEANING.test(text), thesaurus)
  return {
    standalone: standaloneOf(question, history),
    units: [...own, ...topic.units],
    context: topic.context,
    places: placesIn([text, ...history.map((turn) => turn.question).toReversed()], place),
    years: askedYears(text, date ?? today),
    wants: wantsOf(text),
    ...(measure && { measure }),
  }
}

/** The words of a normalized text as units: those the thesaurus knows, and every other pair of letters. */
function unitsOf(text: string, thesaurus: Thesaurus, from: Unit['from']): Unit[] {
  const weights = letterWeights(text)
  for (const { start, end } of findPlaces(text)) {
    for (let i = start; i < end; i++) weights[i] = Math.min(weights[i]!, PLACE_WEIGHT)
  }
  const known = findKnown(text, thesaurus)
  const units = new Map<string, Unit>()
  const add = (unit: Unit) => {
    const before = units.get(unit.text)
    if (unit.weight > (before?.weight ?? 0)) units.set(unit.text, unit)
  }
  for (const { start, end, others } of known) {
    const weight = Math.max(average(weights.subarray(start, end)), KNOWN_AT_LEAST)
    add({ text: text.slice(start, end), weight, others, from })
  }
  eachTerm(text, (term, start, end) => {
    if (known.some((word) => word.start <= start && end <= word.end)) return
    add({ text: term, weight: Math.min(...weights.subarray(start, end)), others: [], from })
  })
  return [...units.values()]
}

/** A chat word that the thesaurus knows (咋办) still says that it is about doing something. */
const KNOWN_AT_LEAST = 0.15

function topicOf(
  turns: readonly Turn[],
  own: readonly Unit[],
  leaning: boolean,
  thesaurus: Thesaurus,
): Pick<Understood, 'units' | 'context'> {
  const known = new Set(own.map(({ text }) => text))
  const content = own.filter(({ weight }) => weight > 0.5).length
  const strength = leaning || content <= SHORT ? TOPIC_LEANING : TOPIC
  const units: Unit[] = []
  const context = new Map<string, number>()
  for (const [back, turn] of turns.toReversed().entries()) {
    const fading = strength / (back + 1)
    for (const unit of unitsOf(normalize(turn.question).slice(0, LONGEST), thesaurus, 'history')) {
      if (known.has(unit.text) || unit.weight < 0.3) continue
      known.add(unit.text)
      units.push({ ...unit, weight: unit.weight * fading })
    }
    for (const term of termsOf(turn.answer.slice(0, LONGEST))) {
      context.set(term, Math.max(ANSWER / (back + 1), context.get(term) ?? 0))
    }
  }
  return { units, context: [...context].map(([term, weight]) => ({ term, weight })) }
}

/** A follow-up that names no place means the place that was spoken of. */
function placesIn(questions: readonly string[], askersPlace?: string): AskedPlaces {
  const all = questions.map((question) => askedPlaces(question))
  return all.find(({ paths }) => paths.length > 0) ?? askedPlaces(questions[0] ?? '', askersPlace)
}

function standaloneOf(question: string, history: readonly Turn[]): string {
  const last = history.at(-1)
  return last ? `${last.question.replace(/[？?。\s]*$/, '？')}——${question}` : question
}

function average(numbers: Float32Array): number {
  return numbers.reduce((sum, n) => sum + n, 0) / Math.max(numbers.length, 1)
}
