/**
 * Whether a question goes on from what was said before, and what it asks when it is read alone. A
 * question that points back, or that names no topic of its own, takes from the conversation what it
 * lacks and nothing else; any other begins anew.
 */
import type { Turn } from '../corpus.ts'
import { ownTopic } from './follow-up/own-topic.ts'
import { type Part, readTurn } from './follow-up/read-turn.ts'
import { inPlaceOf } from './follow-up/replace.ts'
import { joined, spoken, textOf, topicOf, without } from './follow-up/topic.ts'
import type { Frequencies } from './passage-index.ts'

export interface FollowUp {
  /** Whether it takes anything from the turns before. */
  readonly follows: boolean
  /** The question as one would ask it alone, in the conversation's own words. */
  readonly standalone: string
}

/** A question as it is understood after the turns before it, the oldest first; `frequencies` of the question's terms. */
export function followUp(
  question: string,
  history: readonly Turn[],
  frequencies: Frequencies,
): FollowUp {
  const turns = wholeTurns(history, frequencies)
  return readAfter(question, turns, frequencies)
}

/** A turn as a later one looks back on it: made whole, courtesies left out. */
function wholeTurns(history: readonly Turn[], frequencies: Frequencies): Turn[] {
  const turns: Turn[] = []
  for (const { question, answer } of history) {
    if (isCourtesy(question)) continue
    turns.push({ question: readAfter(question, turns, frequencies).standalone, answer })
  }
  return turns
}

function isCourtesy(question: string): boolean {
  const parts = readTurn(question)
  return (
    parts.some(({ role }) => role === 'courtesy') &&
    parts.every(({ role }) => ['courtesy', 'opener', 'mark', 'light', 'again'].includes(role))
  )
}

function readAfter(question: string, turns: readonly Turn[], frequencies: Frequencies): FollowUp {
  const last = turns.at(-1)
  const anew = { follows: false, standalone: question }
  if (!last) return anew
  const all = readTurn(question)
  if (all.some(({ role }) => role === 'anew')) return anew
  const corrected = all.findLastIndex(({ role }) => role === 'corrects')
  const doubted = corrected < 0 && doubtsFirst(all)
  const own = spoken(corrected >= 0 ? all.slice(corrected + 1) : all)
  const has = (...roles: readonly Part['role'][]) => own.some(({ role }) => roles.includes(role))
  const topic = ownTopic(own, last, frequencies)

  if (has('again')) return whole(last.question)
  if (doubted) {
    return topic.named && has('asks')
      ? anew
      : whole(`${bare(last.question)}，${textOf(without(own, 'doubt')) || question}`)
  }
  if (has('before')) return goBack(own, turns)
  const pointed = own.findIndex(({ role }, i) => role === 'this' && !isOwn(own, i))
  if (topic.ofAnswer) return whole(`${bare(last.question)}，${textOf(own)}`)
  if (isEllipsis(own)) return whole(inPlaceOf(last.question, own))
  if (pointed >= 0 && !topic.before(pointed)) return goBack(own, turns)
  const stands = own.findIndex(({ role }) => role === 'pronoun')
  if (stands >= 0 && !topic.before(stands)) return whole(joined(last.question, own))
  if (topic.named) return corrected >= 0 ? { follows: false, standalone: textOf(own) } : anew
  if (!has('asks', 'whether') && !has('modal') && own.length > 0 && topic.isWord)
    return corrected >= 0 ? whole(inPlaceOf(last.question, own)) : anew
  if (own.length === 0) return whole(last.question)
  return whole(joined(last.question, own))
}

const whole = (standalone: string): FollowUp => ({ follows: true, standalone })

const bare = (question: string) => question.replace(/[\s？?。！!，,]+$/u, '')

/** 不对吧, 瞎说: the first thing said. */
function doubtsFirst(parts: readonly Part[]): boolean {
  const first = parts.find(({ role }) => !['mark', 'opener', 'courtesy'].includes(role))
  return first?.role === 'doubt'
}

/** 油田那个项目, 疫情那阵: 那 stands behind what it points at. */
function isOwn(parts: readonly Part[], at: number): boolean {
  const before = parts[at - 1]
  return before !== undefined && ['content', 'place', 'time', 'source'].includes(before.role)
}

/** Nothing but another place, time or kind: 聊城呢, 我是聊城的, 市级的呢. */
function isEllipsis(own: readonly Part[]): boolean {
  if (own.some(({ role }) => ['asks', 'whether', 'modal'].includes(role))) return false
  if (own.some(({ text }) => text === '呢')) return true
  const said = own.filter(({ role }) => role !== 'light' && role !== 'mark')
  return said.length > 0 && said.every(({ role }) => role === 'place' || role === 'time' || role === 'property')
}

/** Goes on from the turn that 刚才那个贷款 names; from the last where none does. */
function goBack(own: readonly Part[], turns: readonly Turn[]): FollowUp {
  const start = own.findIndex(({ role }) => role === 'before' || role === 'this')
  let end = start
  while (end < own.length && ['before', 'this', 'content', 'property', 'place'].includes(own[end]!.role) || (own[end]?.role === 'light' && /^(?:[qmu]|uj|v|p)/u.test(own[end]!.tag) && own[end + 1] && ['content','this','light'].includes(own[end+1]!.role)))
    end++
  const named = own.slice(start, end).filter(({ role }) => role === 'content').map(({ text }) => text)
  const meant = turns.findLast(({ question }) => named.some((name) => question.includes(name)))
  const { question } = meant ?? turns.at(-1)!
  if (named.length > 0 && !meant && own[start]!.role === 'this') return whole(joined(question, own))
  const rest = own.slice(end)
  const before = own.slice(0, start).filter(({ role }) => role === 'place' || role === 'time' || role==='content')
  const asked = [...before, ...rest]
  if (asked.every(({ role }) => role === 'mark' || role === 'light')) return whole(question)
  return whole(joined(question, asked))
}

export { topicOf }
