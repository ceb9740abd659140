import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Turn } from '../../corpus.ts'
import { normalize, termsOf } from '../tokens.ts'
import { ellipsis } from './ellipsis.ts'
import { goingBack, type WholeTurn } from './join.ts'
import { type Exchanged, hasLike } from './replace.ts'
import { deniedIn, pointingIn, points } from './pointing.ts'
import { spoken } from './topic.ts'
import { ASKS, type Part, readTurn, type Role } from './read-turn.ts'

/** What a question names of its own, after a turn, and how it is built. */
export interface OwnTopic {
  /**
   * Characters not said before, of nouns; of verbs, adjectives and single characters; of names of
   * people and things. None where it asks of what was said: 它, 刚才那个贷款.
   */
  readonly nouns: number
  readonly verbs: number
  readonly names: number
  /** Of these, what stands before anything is asked, where a topic stands. */
  readonly subject: number
  /** Characters of its words that were said of what the last question was about; of what it asked for, and in its answer. */
  readonly repeated: number
  readonly resumed: number
  /** 1 where it names a place; a time. */
  readonly place: number
  readonly time: number
  /** 1 where a noun is left out behind 的: 市级的有几个. */
  readonly headless: number
  /** 1 where it counts, and does not say what: 建成几个了. */
  readonly uncounted: number
  /** 1 where it opens as an answer to what was said: 那. */
  readonly opened: number
  /** 1 where it wants more of the same: 还, 也; what is left of it, or a part: 剩下, 那头. */
  readonly more: number
  readonly rest: number
  /** 1 where it asks for the most of something: 最快几天. */
  readonly most: number
  /** 1 where it begins with what is done or asked, and not with what it is about. */
  readonly subjectless: number
  /** 1 where it points back: it, this; just now; asks for the answer again, doubts or corrects it, asks where it was printed. */
  readonly pronoun: number
  /** 1 where what it points at, that loan or the first question, was said in one of the turns. */
  readonly returns: number
  readonly points: number
  readonly before: number
  readonly again: number
  readonly doubt: number
  readonly corrects: number
  readonly source: number
  /** 1 where nothing but a name stands before 呢: 聊城呢. */
  readonly elliptic: number
  /** 1 where nothing is asked. */
  readonly bare: number
  /** 1 where what is named alone is of a kind with something in the last question: 本科生 after 研究生. */
  readonly alike: number
  /** 1 where it speaks to whoever answers, and not of the answer: 你是机器人吗. */
  readonly addressed: number
}

export const FEATURES = [
  'nouns',
  'verbs',
  'names',
  'subject',
  'repeated',
  'resumed',
  'place',
  'time',
  'headless',
  'uncounted',
  'opened',
  'more',
  'rest',
  'most',
  'subjectless',
  'pronoun',
  'returns',
  'points',
  'before',
  'again',
  'doubt',
  'corrects',
  'source',
  'elliptic',
  'bare',
  'alike',
  'addressed',
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
export const AT_MOST = 4

/** Whether what a question names of its own is enough to begin anew: above 0. */
export function namesTopic(topic: OwnTopic, { bias, weights } = TOPIC_WEIGHTS): number {
  return FEATURES.reduce((sum, name) => sum + weights[name] * Math.min(topic[name], AT_MOST), bias)
}

const ADDRESS = /^[你您]/u
const VERBAL = /^(?:v(?!n)|a|d|zg)/u
const NAME = /^n[rstz]/u

/** Reads what a question names that the turn before did not, and how it points back at that. */
export function ownTopic(parts: readonly Part[], turns: readonly WholeTurn[]): OwnTopic {
  const last = turns.at(-1)!
  const own = goingBack(ownParts(parts), turns)
  const before = normalize(`${last.question}\n${last.answer}`)
  const about = normalize(beforeAsked(last.question))
  const terms = new Set(termsOf(before))
  const asked = own.findIndex(({ role }) => ASKS.has(role))
  const topic = { nouns: 0, verbs: 0, names: 0, subject: 0, repeated: 0, resumed: 0 }
  const pointing = pointingIn(own)
  const pronoun = startsWithPronoun(own)
  const returns = own
    .slice(Math.max(0, pointing.start), pointing.end)
    .some((part) => isSaidIn(part, turns) || isQuestion(part))
  own.forEach(({ role, text, tag }, i) => {
    if (role !== 'content' || (i >= pointing.start && i < pointing.end)) return
    const fresh = before.includes(normalize(text)) ? 0 : freshCharacters(text, terms)
    if (text.length > 1 && !VERBAL.test(tag))
      topic[saidIn(about, text) ? 'repeated' : 'resumed'] += text.length - fresh
    if (fresh === 0 || pronoun || returns) return
    topic[VERBAL.test(tag) || text.length === 1 ? 'verbs' : 'nouns'] += fresh
    if (NAME.test(tag)) topic.names += text.length
    if (asked < 0 || i < asked) topic.subject += fresh
  })
  const has = (...roles: Role[]) => Number(own.some(({ role }) => roles.includes(role)))
  const first = own.find(({ role }) => !['light', 'also', 'mark', 'time', 'whole'].includes(role))
  const named = ellipsis(own)?.named ?? (asked < 0 ? own : [])
  return {
    ...topic,
    place: has('place'),
    time: has('time'),
    headless: Number(own.some(isHeadless)),
    uncounted: Number(own.some(isUncounted)),
    opened: Number(isOpened(parts)),
    more: has('also'),
    rest: has('rest'),
    most: Number(own.some(({ text }) => text.startsWith('最'))),
    subjectless: Number(first !== undefined && (ASKS.has(first.role) || VERBAL.test(first.tag))),
    pronoun: Number(pronoun),
    returns: Number(returns),
    points: Number(points(own, 'this')),
    before: Number(points(own, 'before')),
    again: has('again', 'retell'),
    doubt: Number(own[0]?.role === 'doubt'),
    corrects: Number(parts.some(({ role }) => role === 'corrects')),
    source: has('source'),
    elliptic: Number(ellipsis(own) !== undefined),
    bare: Number(asked < 0),
    alike: Number(hasLike(last, named)),
    addressed: Number(ADDRESS.test(own[0]?.text ?? '') && !has('source', 'again')),
  }
}

/** What is said, without openers, and without what was said before a correction or is denied. */
function ownParts(parts: readonly Part[]): readonly Part[] {
  return deniedIn(spoken(parts.slice(parts.findLastIndex(({ role }) => role === 'corrects') + 1)))
    .own
}

/** Whether it opens with 那, 还有 or the like. */
const isOpened = (parts: readonly Part[]) => parts[0]?.role === 'opener'

/** What stands before what is asked; the whole where nothing is. */
function beforeAsked(question: string): string {
  const asks = readTurn(question).find(({ role }) => role === 'asks')
  return question.slice(0, asks?.start)
}

/** Nothing but the name of a thing, 储气库, and of none like one of the last question: that is always something new. */
export const isWordAlone = (parts: readonly Part[], last: Exchanged) =>
  !ellipsis(parts) &&
  !hasLike(last, parts) &&
  parts.every(
    ({ role, tag }) =>
      role === 'content' || role === 'mark' || (role === 'light' && /^[mqbnye]/u.test(tag)),
  )

/** 他家有几条线, not 老字号里头: nothing stands before it that it could stand for. */
function startsWithPronoun(own: readonly Part[]): boolean {
  const first = own.find(
    ({ role, tag }) =>
      role === 'pronoun' || role === 'place' || (role === 'content' && !VERBAL.test(tag)),
  )
  return first?.role === 'pronoun'
}

/** In a question also where something stands between: 签约 in 签了约. */
const isSaidIn = ({ role, text }: Part, turns: readonly Turn[]) =>
  role === 'content' &&
  turns.some(
    ({ question, answer }) =>
      answer.includes(text) || Array.from(text).every((char) => question.includes(char)),
  )

/** 问 of 刚才问的, 头一个: no thing, but a question that was asked. */
const isQuestion = ({ role, text }: Part) =>
  (role === 'before' && text.endsWith('个')) || (role === 'light' && text === '问')

const saidIn = (text: string, word: string) => termsOf(word).some((term) => text.includes(term))

/** 的, and then what is asked. */
function isHeadless({ tag, text }: Part, at: number, own: readonly Part[]): boolean {
  const next = own[at + 1]
  return tag === 'uj' && text === '的' && (next?.role === 'asks' || next?.role === 'light')
}

/** 几个, 多少亩, and then nothing that is counted. */
function isUncounted({ role, text }: Part, at: number, own: readonly Part[]): boolean {
  if (role !== 'asks' || !COUNTS.test(text)) return false
  const rest = own.slice(at + 1)
  const end = rest.findIndex((part) => part.role !== 'light')
  const measured = /^[qm]/u.test(rest[0]?.tag ?? '') && rest[0]!.role === 'light'
  return measured && (end < 0 || rest[end]!.role === 'mark')
}
const COUNTS = /^(?:几|多少)$/u

/** Of 代表团 after 代表, half is new. */
function freshCharacters(text: string, before: ReadonlySet<string>): number {
  const terms = termsOf(text)
  const fresh = terms.filter((term) => !before.has(term)).length
  return (text.length * fresh) / Math.max(1, terms.length)
}
