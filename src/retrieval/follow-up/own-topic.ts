import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Turn } from '../../corpus.ts'
import { normalize, termsOf } from '../tokens.ts'
import type { Part } from './read-turn.ts'

/** What a question names of its own, after a turn: characters of each kind that were not said before. */
export interface OwnTopic {
  /** Nouns; verbs, adjectives and single characters; names of people and things. */
  readonly nouns: number
  readonly verbs: number
  readonly names: number
  /** Of these, what stands before anything is asked, where a topic stands. */
  readonly subject: number
  /** 1 where it names a place. */
  readonly place: number
  /** 1 where a noun is left out behind 的: 市级的有几个. */
  readonly headless: number
}

export const FEATURES = [
  'nouns',
  'verbs',
  'names',
  'subject',
  'place',
  'headless',
] as const satisfies readonly (keyof OwnTopic)[]

export type TopicWeights = z.infer<typeof TopicWeights>
const TopicWeights = z.object({
  learned: z.string(),
  bias: z.number(),
  weights: z.record(z.enum(FEATURES), z.number()),
})

/** Learned by `tests/retrieval/learn-own-topic.ts`; the file says from what, and how well it does. */
export const TOPIC_WEIGHTS: TopicWeights = TopicWeights.parse(
  JSON.parse(readFileSync(new URL('own-topic.json', import.meta.url), 'utf8')),
)

/** More of a kind says no more: a long question is not the surer for each word. */
export const AT_MOST = 6

/** Whether what a question names of its own is enough to begin anew: above 0. */
export function namesTopic(topic: OwnTopic, { bias, weights } = TOPIC_WEIGHTS): number {
  return FEATURES.reduce((sum, name) => sum + weights[name] * Math.min(topic[name], AT_MOST), bias)
}

const VERBAL = /^(?:v(?!n)|a|d|zg)/u
const NAME = /^n[rstz]/u

/** Counts what a question names that the turn before did not. */
export function ownTopic(own: readonly Part[], last: Turn): OwnTopic {
  const before = normalize(`${last.question}\n${last.answer}`)
  const terms = new Set(termsOf(before))
  const asked = own.findIndex(({ role }) => ['asks', 'whether', 'modal'].includes(role))
  const topic = { nouns: 0, verbs: 0, names: 0, subject: 0 }
  own.forEach(({ role, text, tag }, i) => {
    if (role !== 'content' || before.includes(normalize(text))) return
    const fresh = freshCharacters(text, terms)
    topic[VERBAL.test(tag) || text.length === 1 ? 'verbs' : 'nouns'] += fresh
    if (NAME.test(tag)) topic.names += text.length
    if (asked < 0 || i < asked) topic.subject += fresh
  })
  return {
    ...topic,
    place: own.some(({ role }) => role === 'place') ? 1 : 0,
    headless: own.some(isHeadless) ? 1 : 0,
  }
}

/** 的, and then what is asked. */
function isHeadless({ tag, text }: Part, at: number, own: readonly Part[]): boolean {
  const next = own[at + 1]
  return tag === 'uj' && text === '的' && (next?.role === 'asks' || next?.role === 'light')
}

/** Of 代表团 after 代表, half is new. */
function freshCharacters(text: string, before: ReadonlySet<string>): number {
  const terms = termsOf(text)
  const fresh = terms.filter((term) => !before.has(term)).length
  return (text.length * fresh) / Math.max(1, terms.length)
}
