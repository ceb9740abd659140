/**
 * Whether a question goes on from what was said before, and what it asks when it is read alone. A
 * question that points back, or that names no topic of its own, takes from the conversation what it
 * lacks and nothing else; any other begins anew.
 */
import type { Turn } from '../corpus.ts'
import { ellipsis } from './follow-up/ellipsis.ts'
import { goBack, joined } from './follow-up/join.ts'
import { isOpened, namesTopic, ownTopic } from './follow-up/own-topic.ts'
import { ASKS, type Part, type Role, readTurn } from './follow-up/read-turn.ts'
import { inPlaceOf } from './follow-up/replace.ts'
import { spoken, textOf } from './follow-up/topic.ts'

export interface FollowUp {
  /** Whether it takes anything from the turns before. */
  readonly follows: boolean
  /** The question as one would ask it alone, in the conversation's own words. */
  readonly standalone: string
  /** How likely it is that it follows on, 0 to 1, by what it names of its own. */
  readonly likely: number
}

/** Reads a question after the turns before it, the oldest first. */
export function followUp(question: string, history: readonly Turn[]): FollowUp {
  return readAfter(question, wholeTurns(history))
}

/** Turns as a later one looks back on them: each made whole, courtesies left out. */
function wholeTurns(history: readonly Turn[]): Turn[] {
  const turns: Turn[] = []
  for (const { question, answer } of history) {
    if (isCourtesy(question)) continue
    turns.push({ question: readAfter(question, turns).standalone, answer })
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

function readAfter(question: string, turns: readonly Turn[]): FollowUp {
  const last = turns.at(-1)
  const parts = readTurn(question)
  if (!last || parts.some(({ role }) => role === 'anew'))
    return { follows: false, standalone: question, likely: 0 }

  const corrected = parts.findLastIndex(({ role }) => role === 'corrects')
  const own = spoken(parts.slice(corrected + 1))
  const has = (role: Role) => own.some((part) => part.role === role)
  const named = namesTopic(ownTopic(own, last, isOpened(parts)))
  const names = named > 0
  const anew = { follows: false, standalone: question, likely: 1 / (1 + Math.exp(named)) }
  const asks = own.some(({ role }) => ASKS.has(role))
  if (own.length === 0 || has('again')) return whole(last.question)
  if (corrected < 0 && own[0]!.role === 'doubt') {
    return names && has('asks') ? anew : added(last, own.slice(1))
  }
  if (own.some(({ role }, i) => role === 'before' && !isAfter(own[i - 1])))
    return whole(goBack(own, turns))
  if (asksOfAnswer(own, last)) return added(last, own)
  const elliptic = ellipsis(own)
  // 跟省里比呢 and 剩下几个呢 add to the question; 聊城呢 takes a word's place.
  const compares = own[0]!.tag.startsWith('p') && own[0]!.role === 'light'
  if (elliptic && (compares || own[0]!.role === 'rest')) return added(last, own)
  if (elliptic) {
    const replaced = { ...last, question: inPlaceOf(last.question, elliptic.named) }
    return added(replaced, elliptic.rest)
  }
  if (pointsBack(own, last)) return whole(goBack(own, turns))
  if (names) return { ...anew, standalone: corrected < 0 ? question : textOf(own) }
  // A word alone is the name of something new: 储气库.
  if (!asks) return corrected < 0 ? { ...anew, likely: 0 } : whole(inPlaceOf(last.question, own))
  return whole(joined(last.question, own))
}

const whole = (standalone: string): FollowUp => ({ follows: true, standalone, likely: 1 })

/** The last question, and what is said of its answer: 不是500万吗, 这话谁说的. */
function added({ question }: Turn, own: readonly Part[]): FollowUp {
  const said = textOf(own)
  return whole(said ? `${question.replace(/[\s？?。！!，,]+$/u, '')}，${said}` : question)
}

/** Who said so, when it was printed: nothing is named but the source. */
function asksOfAnswer(own: readonly Part[], last: Turn): boolean {
  const rest = own.filter(({ role }) => role !== 'source')
  return (
    rest.length < own.length &&
    !rest.some(({ role }) => role === 'place') &&
    namesTopic(ownTopic(rest, last)) <= 0
  )
}

/** It, this loan: with nothing before it in the question that it could stand for, and nothing new behind it. */
function pointsBack(own: readonly Part[], last: Turn): boolean {
  const at = own.findIndex(
    ({ role }, i) => role === 'pronoun' || (role === 'this' && !isOwn(own, i)),
  )
  if (at < 0 || namesTopic(ownTopic(own.slice(0, at), last)) > 0) return false
  const [{ role, text }, next] = [own[at]!, own.slice(at + 1).find((part) => part.role !== 'light')]
  if (role === 'pronoun' || text === '这' || next?.role === 'property') return true
  return namesTopic(ownTopic(own, last)) <= 0
}

/** 通车之前: before stands behind what it is before of. */
const isAfter = (part?: Part) =>
  part !== undefined &&
  (part.role === 'place' || (part.role === 'content' && !part.tag.startsWith('v')))

/** 油田那个项目, 说的那种民宿: 那 stands behind what it points at; and the papers are always there to be pointed at. */
function isOwn(parts: readonly Part[], at: number): boolean {
  const before = parts.slice(0, at).findLast(({ tag }) => !tag.startsWith('u'))
  const named = before !== undefined && ['content', 'place', 'time', 'source'].includes(before.role)
  return named || parts.slice(at + 1, at + 4).some(({ role }) => role === 'source')
}
