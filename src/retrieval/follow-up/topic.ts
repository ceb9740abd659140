import type { Part } from './read-turn.ts'
import { readTurn } from './read-turn.ts'

/** What is said, without openers, courtesies and the marks at the edges. */
export function spoken(parts: readonly Part[]): Part[] {
  const rest = parts.filter(({ role }) => role !== 'opener' && role !== 'courtesy')
  const from = rest.findIndex(({ role }) => role !== 'mark')
  return from < 0 ? [] : rest.slice(from)
}

export const without = (parts: readonly Part[], role: Part['role']) =>
  parts.filter((part) => part.role !== role)

/** Parts as a text again. */
export function textOf(parts: readonly Part[]): string {
  return parts
    .map(({ text }) => text)
    .join('')
    .replace(/^[\s，,。；;！!？?、吧]+/u, '')
}

const isNamed = ({ role }: Part) => role === 'content'
const ASKING: ReadonlySet<Part['role']> = new Set(['asks', 'whether'])

/** Clauses: what stands between two marks that part a sentence. */
export function clausesOf(parts: readonly Part[]): Part[][] {
  const clauses: Part[][] = [[]]
  for (const part of parts) {
    if (part.role === 'mark' && /[，,。；;！!？?：:\s]/u.test(part.text)) clauses.push([])
    else clauses.at(-1)!.push(part)
  }
  return clauses.filter((clause) => clause.length > 0)
}

/** A topic, and whether it is a clause with a verb of its own, which a comma parts from what is asked. */
export interface Topic {
  readonly parts: readonly Part[]
  readonly clause: boolean
}

/** What a whole question is about: without what it asks. */
export function topicOf(question: string): Topic {
  const clauses = clausesOf(spoken(readTurn(question)))
  const read = clauses.map(clauseTopic)
  const kept = read.filter(({ parts }) => parts.some(isNamed))
  const best = kept.length > 0 ? kept : read.filter(({ parts }) => parts.length > 0)
  const parts = best.flatMap((topic, i) => (i === 0 ? topic.parts : [COMMA, ...topic.parts]))
  return { parts, clause: best.some(({ clause }) => clause) || best.length > 1 }
}

const COMMA: Part = { start: 0, end: 1, text: '，', tag: 'x', role: 'mark' }

function clauseTopic(clause: readonly Part[]): Topic {
  const asked = clause.findIndex(({ role }) => ASKING.has(role))
  if (asked < 0) return { parts: trimmed(clause), clause: true }
  const modal = clause.findIndex(({ role }, i) => role === 'modal' && i < asked)
  const verb = modal >= 0 ? modal : verbBefore(clause, asked)
  const head = trimmed(clause.slice(0, verb))
  const rest = clause.slice(asked + 1)
  const object = clause[asked]!.role === 'asks' ? objectOf(rest) : []
  const acts = clause.slice(verb, asked).filter(({ role }) => role === 'content')
  if (head.some(isNamed)) {
    if (modal >= 0 || object.length === 0 || isIdentity(clause.slice(verb, asked)))
      return { parts: head, clause: false }
    return { parts: [...head, ...acts, ...object], clause: acts.length > 0 }
  }
  if (object.length > 0 && modal < 0) return { parts: [...head, ...acts, ...object], clause: acts.length > 0 }
  const kept = clause.filter(
    ({ role, text }, i) =>
      !ASKING.has(role) && role !== 'modal' && !(i > asked - 1 && isMeasure(clause[i]!)) && text !== '呢',
  )
  return { parts: trimmed(kept), clause: true }
}

/** Where the verb begins that stands right before the question word: 种了多少, 奖多少. */
function verbBefore(clause: readonly Part[], asked: number): number {
  if (clause[asked]!.role === 'whether') {
    return clause[asked]!.text.length > 2 || /[不没]/u.test(clause[asked]!.text) && clause.length - 1 > asked ? asked : asked
  }
  let at = asked
  while (at > 0 && clause[at - 1]!.role === 'light') at--
  const before = clause[at - 1]
  const named = clause.slice(0, at - 1).some(isNamed) || clause.slice(0, at - 1).some(({ role }) => role === 'place')
  if (before?.role === 'content' && named && (/^v(?!n)/u.test(before.tag) || before.text.length === 1 || at < asked)) return at - 1
  return at
}

const isIdentity = (verb: readonly Part[]) => verb.some(({ text }) => text === '是' || text === '叫')
const isMeasure = ({ tag, role }: Part) => role === 'light' && /^(?:q|m|zg)/u.test(tag)

/** What is counted: 加氢站 in 几座加氢站; not what anything has: 钱, 环节. */
function objectOf(rest: readonly Part[]): Part[] {
  let from = 0
  while (from < rest.length && (isMeasure(rest[from]!) || /^[些个家座件亩张支]$/u.test(rest[from]!.text))) from++
  let end = from
  while (end < rest.length && (rest[end]!.role === 'content' || rest[end]!.role === 'mark')) end++
  const object = rest.slice(from, end)
  return object.some(isNamed) ? object : []
}

/** Without what only joins at the edges. */
export function trimmed(parts: readonly Part[]): Part[] {
  const says = ({ role, text }: Part) => role !== 'mark' && !(role === 'light') || /[“”‘’《》]/u.test(text)
  const from = parts.findIndex(says)
  const to = parts.findLastIndex(says)
  return from < 0 ? [] : parts.slice(from, to + 1)
}
