import type { Turn } from '../../corpus.ts'
import { pointingIn } from './pointing.ts'
import { ASKS, type Part } from './read-turn.ts'
import { subjectOf, textOf, type Topic, trimmed } from './topic.ts'

/** A turn made whole, and what it was about: what a later one takes over. */
export interface WholeTurn extends Turn {
  /** As it was typed. */
  readonly said: string
  readonly topic: Topic
  /** What took another thing's place in it. */
  readonly taken?: string
}
type Spoken = Pick<WholeTurn, 'said' | 'answer'>
type Whole = Pick<WholeTurn, 'question' | 'topic'>

/** A topic and the question that is asked of it; a place or time of its own takes the other's. */
export function joined(topic: Topic, own: readonly Part[]): Whole {
  const hasRole = (role: Part['role']) => own.some((part) => part.role === role)
  const kept = trimmed(
    topic.parts.filter(
      ({ role }) =>
        !((role === 'place' || role === 'time') && hasRole(role)) &&
        !(role === 'whole' && (hasRole('place') || hasRole('whole'))),
    ),
  )
  const from = own.findIndex(({ role }) => role !== 'place' && role !== 'time')
  const lead = own.slice(0, Math.max(0, from))
  const isPlace = ({ role }: Part) => role === 'place'
  const rest = [...lead.filter((part) => !isPlace(part)), ...own.slice(lead.length)]
  if (rest[0]?.role === 'pronoun') rest.shift()
  const names = ({ role, tag, text: of }: Part) =>
    (role === 'content' || role === 'property') && !/^v(?!n)/u.test(tag) && of.length > 1
  const bare =
    !own.some(names) && own.some(({ role, text: of }) => role === 'asks' && /^[几多]/u.test(of))
  const front = [...lead.filter(isPlace), ...kept, ...((bare && topic.whether) || [])]
  const [text, tail] = [textOf(front), textOf(rest)]
  const shared = overlap(text, tail)
  const comma = shared === 0 && topic.clause ? '，' : ''
  return {
    question: `${text}${comma}${tail.slice(shared)}`,
    topic: { ...topic, parts: [...front, ...newThings(rest, text)] },
  }
}

/** What a question adds to the topic that it was asked of: things, and no property that it asked for. */
function newThings(own: readonly Part[], topic: string): readonly Part[] {
  const asked = own.findIndex(({ role }) => ASKS.has(role))
  const parts = trimmed(own.slice(0, Math.max(0, asked)))
  const isNew = ({ role, tag, text }: Part) =>
    role === 'content' && text.length > 1 && !/^(?:v|a|d)/u.test(tag) && !topic.includes(text)
  return parts.some(isNew) ? parts : []
}

/** How many characters end one text and begin the other. */
function overlap(front: string, tail: string): number {
  for (let n = Math.min(front.length, tail.length); n >= 2; n--)
    if (front.endsWith(tail.slice(0, n))) return n
  return 0
}

/**
 * Goes on from the turn that 刚才那个贷款 or 这笔贷款 names; from the last where none does. What points
 * gives way to what it points at.
 */
export function goBack(own: readonly Part[], turns: readonly WholeTurn[]): Whole {
  const { start, end } = pointingIn(own)
  const last = turns.at(-1)!
  const meant = turnMeant(own, turns)
  if (own.slice(start, end).some(isNamed) && !meant && own[start]!.role !== 'before')
    return joined(
      last.topic,
      own.filter(({ text }) => text !== '这'),
    )
  const turn = meant ?? last
  const topic = standsForOne(own[start]!) ? subjectOf(turn.topic) : turn.topic
  const said = textOf(topic.parts)
  // 刚才那个补贴, after 有啥补贴: the topic has not what was asked for.
  const lacking = own
    .slice(start, end)
    .filter((part) => isNamed(part) && !said.includes(part.text))
    .filter((part) => own[start]!.role === 'this' || isSaid(part, turn) > 0)
  const lead = own.slice(0, start)
  const rest = own.slice(end)
  // 靠它引来多少人: it stands in the middle.
  if (own[start]!.role === 'pronoun' && lead.some(isNamed) && !topic.clause)
    return { question: textOf([...lead, ...topic.parts, ...rest]), topic }
  const asks = lead.some(({ role }) => ASKS.has(role))
  const asked = [
    ...(asks ? lead : lead.filter((part) => !ADDS.has(part.role))),
    ...lacking,
    ...rest,
  ]
  return asked.some(({ role }) => role !== 'mark' && role !== 'light') ? joined(topic, asked) : turn
}
const isNamed = ({ role }: Part) => role === 'content' || role === 'property'

/** The turn that is pointed at, by its words or its order. */
export function turnMeant(
  own: readonly Part[],
  turns: readonly WholeTurn[],
): WholeTurn | undefined {
  const { start, end } = pointingIn(own)
  const named = start < 0 ? [] : own.slice(start, end).filter(isNamed)
  return mostNamed(named, turns) ?? turnNamed(own, turns)
}

/** What says nothing before that which points back: 还是说那个税. */
const ADDS: ReadonlySet<Part['role']> = new Set(['light', 'also', 'mark'])

/** The turn that 一开始 or 上上个 tells by its order. */
function turnNamed(own: readonly Part[], turns: readonly WholeTurn[]): WholeTurn | undefined {
  if (own.some(({ text }) => FIRST.test(text))) return turns[0]
  return own.some(({ text }) => text === '上上个') ? turns.at(-2) : undefined
}
const FIRST = /^(?:最?开头|最早|头一个|第一个|[一最]开始)$/u

/** 它, 他家 stand for who did what was asked; 他们 may also be those it was done to. */
const standsForOne = ({ role, text }: Part) => role === 'pronoun' && SINGULAR.test(text)
const SINGULAR = /^(?:它|[他她人]家|对方)$/u

/**
 * What is said, with a mark before it where it goes back and does not say so: 修桥那个队, of which a turn
 * before the last one spoke and the last did not.
 */
export function goingBack(own: readonly Part[], turns: readonly Spoken[]): readonly Part[] {
  const that = own.findIndex(({ role }) => role === 'this')
  const named = own.slice(0, Math.max(0, that)).filter(({ text }) => text.length > 1)
  const names = named.some(({ role }) => role === 'content')
  const speaksOf = (turn: Spoken) => named.every((part) => isSaid(part, turn) >= ENOUGH)
  const goes = names && !speaksOf(turns.at(-1)!) && turns.some(speaksOf)
  return goes ? [BACK, ...own] : own
}
const BACK: Part = { start: 0, end: 0, text: '', tag: 'f', role: 'before' }
/** A word of the answer, or one whose characters are all in the question. */
const ENOUGH = 0.5

/** The latest of the turns that say the most of some words. */
function mostNamed(named: readonly Part[], turns: readonly WholeTurn[]): WholeTurn | undefined {
  const count = (turn: WholeTurn) => named.reduce((sum, part) => sum + isSaid(part, turn), 0)
  const most = Math.max(0, ...turns.map(count))
  return most > 0 ? turns.findLast((turn) => count(turn) === most) : undefined
}

/** How much of a word a turn says, 0 to 1: in its question, or half as much in its answer. */
function isSaid({ text }: Part, { said, answer }: Spoken): number {
  const share = (of: string) =>
    Array.from(text).filter((char) => of.includes(char)).length / text.length
  if (text.length === 1) return share(said)
  const within = (of: string) => (of.includes(text) ? 1 : share(of) / 2)
  return Math.max(within(said), within(answer) / 2)
}
