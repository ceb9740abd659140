import type { Turn } from '../../corpus.ts'
import type { Part } from './read-turn.ts'
import { subjectOf, textOf, topicOf, trimmed } from './topic.ts'

/** A question with the topic of the last one before it; a place or time of its own takes the other's. */
export function joined(last: string, own: readonly Part[], topic = topicOf(last)): string {
  const names = (role: Part['role']) => own.some((part) => part.role === role)
  const kept = textOf(
    trimmed(
      topic.parts.filter(
        ({ role }) =>
          !((role === 'place' || role === 'time') && names(role)) &&
          !(role === 'whole' && (names('place') || names('whole'))),
      ),
    ),
  )
  const from = own.findIndex(({ role }) => role !== 'place' && role !== 'time')
  const lead = own.slice(0, Math.max(0, from))
  const isPlace = ({ role }: Part) => role === 'place'
  const rest = [...lead.filter((part) => !isPlace(part)), ...own.slice(lead.length)]
  const front = `${textOf(lead.filter(isPlace))}${kept}`
  const at = rest.findIndex(({ role }) => role === 'pronoun')
  if (at === 0) rest.shift()
  const tail = textOf(rest)
  const shared = overlap(front, tail)
  const comma = shared === 0 && topic.clause ? '，' : ''
  return `${front}${comma}${tail.slice(shared)}`
}

/** How many characters end one text and begin the other. */
function overlap(front: string, tail: string): number {
  for (let n = Math.min(front.length, tail.length); n >= 2; n--)
    if (front.endsWith(tail.slice(0, n))) return n
  return 0
}

const POINTING: ReadonlySet<Part['role']> = new Set(['before', 'this', 'pronoun'])

/**
 * Goes on from the turn that 刚才那个贷款 or 这笔贷款 names; from the last where none does. What points
 * gives way to what it points at.
 */
export function goBack(own: readonly Part[], turns: readonly Turn[]): string {
  const start = own.findIndex(({ role }) => POINTING.has(role))
  const end = pointingEnd(own, start)
  const named = own
    .slice(start, end)
    .filter(({ role }) => role === 'content' || role === 'property')
  const { question } = turns.at(-1)!
  const meant = mostNamed(named, turns)
  if (named.length > 0 && !meant && own[start]!.role !== 'before')
    return joined(
      question,
      own.filter(({ text }) => text !== '这'),
    )
  const before = trimmed(own.slice(0, start)).filter(({ text }) => text !== '回到')
  const turn = meant ?? turns.at(-1)!
  const whole = topicOf(turn.question)
  const topic = textOf(whole.parts)
  // 刚才那个补贴, after 有啥补贴: the topic has not what was asked for.
  const lacking = named.filter(
    ({ text }) => meant?.question.includes(text) && !topic.includes(text),
  )
  const asked = [...before, ...lacking, ...own.slice(end)]
  return asked.some(({ role }) => role !== 'mark' && role !== 'light')
    ? joined(turn.question, asked, standsForOne(own[start]!) ? subjectOf(whole) : whole)
    : turn.question
}

/** 它, 他家 stand for who did what was asked; 他们 may also be those it was done to. */
const standsForOne = ({ role, text }: Part) => role === 'pronoun' && SINGULAR.test(text)
const SINGULAR = /^(?:它|[他她人]家|对方)$/u

/** The latest of the turns that say the most of some words. */
function mostNamed(named: readonly Part[], turns: readonly Turn[]): Turn | undefined {
  const count = ({ question }: Turn) => named.filter(({ text }) => question.includes(text)).length
  const most = Math.max(0, ...turns.map(count))
  return most > 0 ? turns.findLast((turn) => count(turn) === most) : undefined
}

/** Where 刚才说的那个创业贷款 ends: before a mark, or before what is asked. */
function pointingEnd(own: readonly Part[], start: number): number {
  const goesOn = ({ role, tag, text }: Part) =>
    POINTING.has(role) ||
    role === 'content' ||
    role === 'property' ||
    role === 'place' ||
    (role === 'light' && (/^(?:q|m|uj)/u.test(tag) || ['说', '问'].includes(text)))
  const simple = own[start]!.role !== 'before'
  let end = start + 1
  if (own[start]!.role === 'pronoun') return end
  while (end < own.length && goesOn(own[end]!)) {
    const verb = own[end]!.role === 'content' && /^v(?!n)/u.test(own[end]!.tag)
    if (simple && verb && own.slice(start, end).some(({ role }) => role === 'content')) break
    end++
  }
  return end
}
