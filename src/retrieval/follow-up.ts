/**
 * Whether a question goes on from what was said before, and what it asks when it is read alone. How
 * likely it goes on is learned from what it names and how it points back; if it does, it takes from the
 * conversation what it lacks and nothing else.
 */
import type { Turn } from '../corpus.ts'
import { asksTheSame } from './follow-up/asks-the-same.ts'
import { ellipsis } from './follow-up/ellipsis.ts'
import { goBack, goingBack, joined, turnMeant, type WholeTurn } from './follow-up/join.ts'
import { isWordAlone, namesTopic, ownTopic } from './follow-up/own-topic.ts'
import { deniedIn, points } from './follow-up/pointing.ts'
import { ASKS, type Part, type Role, readTurn } from './follow-up/read-turn.ts'
import { type Correction, hasLike, inPlaceOf } from './follow-up/replace.ts'
import { clausesOf, isThing, spoken, textOf, topicOf } from './follow-up/topic.ts'
import { cut } from '../code-points.ts'

export interface FollowUp {
  /** Whether it takes anything from the turns before. */
  readonly follows: boolean
  /** The question as one would ask it alone, in the conversation's own words. */
  readonly standalone: string
  /** How likely it is that it follows on, 0 to 1. */
  readonly likely: number
  /**
   * Where it reads as following on and may not: whether it is read alone where nothing answers it `instead`,
   * or is only `offered` alone.
   */
  readonly alone: 'never' | 'offered' | 'instead'
}

/**
 * Less likely than `instead`, a question that is only answered when it is read alone is rather a new one: of 53 that were
 * wrongly read as going on 10 are answered so, of 278 that go on 1; below 0.75 10 and 3. Likelier than `never`, it
 * is none without what was said before: of 638 questions asked after one about another thing 41 were read as going
 * on, 39 of them below; of 278 that do go on and were read so, 77.
 */
const ALONE = { instead: 0.7, never: 0.95 }

/** Reads a question after the turns before it, the oldest first. */
export function followUp(question: string, history: readonly Turn[]): FollowUp {
  const { follows, whole, likely } = readAfter(question, wholeTurns(history))
  const alone =
    !follows || likely >= ALONE.never ? 'never' : likely < ALONE.instead ? 'instead' : 'offered'
  return { follows, standalone: whole.question, likely, alone }
}

/** Characters of what was said that are read: a pasted page would take seconds. */
const LONGEST = 200

/** Turns as a later one looks back on them: each made whole, courtesies left out. */
export function wholeTurns(history: readonly Turn[]): WholeTurn[] {
  const turns: WholeTurn[] = []
  for (const turn of history) {
    const question = cut(turn.question, LONGEST)
    const answer = cut(turn.answer, LONGEST)
    if (!isCourtesy(question))
      turns.push({
        ...readAfter(question, turn.alone ? [] : turns).whole,
        said: question,
        answer,
      })
  }
  return turns
}

/** Nothing but thanks and greetings. */
function isCourtesy(question: string): boolean {
  const parts = readTurn(question)
  const polite = parts.filter(({ role }) => role === 'courtesy')
  return polite.length > 0 && parts.every(({ role }) => EMPTY.has(role))
}
const EMPTY: ReadonlySet<Role> = new Set(['courtesy', 'opener', 'mark', 'light'])

type Whole = Pick<WholeTurn, 'question' | 'topic' | 'taken'>
interface Read {
  readonly follows: boolean
  readonly whole: Whole
  readonly likely: number
}

function readAfter(question: string, turns: readonly WholeTurn[]): Read {
  const last = turns.at(-1)
  const parts = readTurn(question)
  const turned = parts.findLastIndex(({ role }) => role === 'anew' || role === 'corrects')
  const own = spoken(parts.slice(turned + 1))
  const begins = (likely: number) => {
    const said = (turned >= 0 && textOf(own)) || question
    return { follows: false, whole: { question: said, topic: topicOf(said) }, likely }
  }
  // Asked once more, it means what it meant.
  if (last && asksTheSame(question, last.said)) return { follows: false, whole: last, likely: 0 }
  if (!last || parts[turned]?.role === 'anew' || isWordAlone(parts, last)) return begins(0)
  const likely = 1 / (1 + Math.exp(namesTopic(ownTopic(parts, turns))))
  if (likely < 0.5) return begins(likely)
  return { follows: true, whole: wholeOf(own, turned >= 0, turns), likely }
}

/** A question that follows on, as one would ask it alone. */
function wholeOf(said: readonly Part[], corrects: boolean, turns: readonly WholeTurn[]): Whole {
  const last = turns.at(-1)!
  const { own: meant, denied } = deniedIn(said)
  const own = goingBack(meant, turns)
  const has = (role: Role) => own.some((part) => part.role === role)
  if (own.length === 0) return last
  if (has('again')) return turnMeant(own, turns) ?? last
  if (has('retell')) return added(turnMeant(own, turns) ?? last, own)
  if (denied.length === 0 && own[0]!.role === 'doubt') {
    const rest = withoutDoubt(own)
    const instead = rest.length < own.length ? ellipsis(rest)?.named : undefined
    // 不不，养猪业的: nothing but what was meant.
    return instead && instead.length >= rest.length - 1
      ? exchanged(last, instead, { corrects: true })
      : added(last, rest)
  }
  if (points(own, 'before')) return goBack(own, turns)
  if (has('source') && !has('place')) return added(last, own)

  const elliptic = ellipsis(own)
  // 跟省里比呢 and 剩下几个呢 add to the question; 聊城呢 takes a word's place.
  const adds = own[0]!.role === 'rest' || (own[0]!.role === 'light' && own[0]!.tag.startsWith('p'))
  if (elliptic && (adds || clausesOf(elliptic.named).length > 1)) return added(last, own)
  if (elliptic) return added(exchanged(last, elliptic.named, { corrects, denied }), elliptic.rest)
  if (points(own, 'this')) return goBack(own, turns)
  if (!own.some(({ role }) => ASKS.has(role)))
    return corrects || denied.length > 0 || hasLike(last, own)
      ? exchanged(last, own, { corrects, denied })
      : added(last, own)
  // 上海涨了多少 after 郑州充电涨了多少: nothing else is new.
  const others = own.filter((part) => !isWhereOrWhen(part) && !IDLE.has(part.role))
  const asked = textOf(others).replace(/^[是有的]/u, '')
  if (own.some(isWhereOrWhen) && last.question.includes(asked))
    return exchanged(last, own.filter(isWhereOrWhen))
  return joined(last.topic, own)
}

const IDLE: ReadonlySet<Role> = new Set(['mark', 'rest', 'particle'])

/** Also a place that only a dictionary knows. */
const isWhereOrWhen = ({ role, tag, text }: Part) =>
  role === 'place' || role === 'time' || (role === 'content' && tag === 'ns' && text.length > 1)

/** 骗人，明明收了 without 骗人; 不是两年吗 needs its 不是. */
const withoutDoubt = (own: readonly Part[]) =>
  own[1]?.role === 'mark' || /^[yu]/u.test(own[1]?.tag ?? '') ? spoken(own.slice(1)) : own

/** The last question with what is named instead. */
function exchanged(last: WholeTurn, named: readonly Part[], correction?: Correction): Whole {
  const { question, taken } = inPlaceOf(last, named, correction)
  const isLost = (part: Part) => isThing(part) && !question.includes(part.text)
  if (named.some(isLost)) return added(last, named)
  return { question, topic: topicOf(question), ...(taken && { taken }) }
}

/** The last question, and what is said of its answer: 不是500万吗, 这话谁说的. */
function added(last: Whole, own: readonly Part[]): Whole {
  const said = textOf(own)
  if (!said) return last
  return {
    ...last,
    question: `${last.question.replace(/(?<![\s？?。！!，,])[\s？?。！!，,]+$/u, '')}，${said}`,
  }
}
