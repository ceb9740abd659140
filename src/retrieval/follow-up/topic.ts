import type { Part } from './read-turn.ts'
import { readTurn } from './read-turn.ts'

/** What is said, without openers, courtesies and the marks at the edges. */
export function spoken(parts: readonly Part[]): Part[] {
  const rest = parts.filter(({ role }) => role !== 'opener' && role !== 'courtesy')
  const from = rest.findIndex(({ role, tag, text }) =>
    role === 'mark' ? QUOTE.test(text) : !(role === 'light' && /^[ye]/u.test(tag)),
  )
  return from < 0 ? [] : rest.slice(from)
}

/** Parts as a text again. */
export function textOf(parts: readonly Part[]): string {
  return parts
    .map(({ text }) => text)
    .join('')
    .replace(/^[\s，,。；;！!？?、吧]+/u, '')
}

/** A thing, and what a dictionary takes for a number or a side: 首套, 二手, 初中. */
export const isThing = ({ role, tag, text }: Part) =>
  role === 'content' ||
  role === 'property' ||
  (role === 'light' && /^[mbf]$/u.test(tag) && /\p{Script=Han}{2}/u.test(text))

const isNamed = ({ role }: Part) => role === 'content'
/** Whether parts name a thing; one character alone hardly does. */
const nameThing = (parts: readonly Part[]) => parts.some(isNamed) && textOf(parts).length > 1
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
  /** What was asked whether it is done, 津贴 of 发不发津贴: what a bare 一月多少 asks of. */
  readonly whether?: readonly Part[]
}

/** What a whole question is about: without what it asks. */
export function topicOf(question: string): Topic {
  const clauses = clausesOf(spoken(readTurn(question)))
  const read = clauses.map(clauseTopic)
  const kept = read.filter(({ parts }) => nameThing(parts))
  const best = kept.length > 0 ? kept : read.filter(({ parts }) => parts.length > 0)
  const parts = best.flatMap((topic, i) => (i === 0 ? topic.parts : [COMMA, ...topic.parts]))
  const whether = best.at(-1)?.whether
  return {
    parts,
    ...(whether && { whether }),
    clause: best.some(({ clause }) => clause) || best.length > 1,
  }
}

/** Who does what a topic tells: what stands before its verb, where that is more than a place. */
export function subjectOf(topic: Topic): Topic {
  const { parts, clause } = topic
  const adverb = parts.findIndex(({ role, tag }) => role === 'light' && /^[dp]/u.test(tag))
  // A name may have a verb in it: 通 in 政企通; 的 makes a verb part of what follows.
  const verb = parts.findLastIndex(({ role, tag }) => role === 'content' && tag.startsWith('v'))
  const does = clause && !parts.slice(verb).some(({ text }) => text === '的') ? verb : -1
  const subject = trimmed(parts.slice(0, adverb < 0 ? Math.max(0, does) : adverb))
  return subject.some(isNamed) ? { parts: subject, clause: false } : topic
}

const COMMA: Part = { start: 0, end: 1, text: '，', tag: 'x', role: 'mark' }

function clauseTopic(clause: readonly Part[]): Topic {
  const asked = clause.findIndex(({ role }) => ASKING.has(role))
  if (asked < 0) return { parts: clause, clause: true }
  const modal = clause.findIndex(({ role }, i) => role === 'modal' && i < asked)
  const verb = modal >= 0 ? modal : verbBefore(clause, asked)
  const head = trimmed(clause.slice(0, verb))
  const acts = clause.slice(verb, asked)
  const asks = clause[asked]!
  // 是不是有个工作专班: what is asked about stands behind.
  const object =
    (asks.role === 'asks' && !WHEN.test(asks.text)) || EXISTS.test(asks.text)
      ? objectOf(clause.slice(asked + 1))
      : []
  const done = MANNER.test(asks.text) ? trimmed(clause.slice(asked + 1)) : []
  // 小微企业怎么接电: what is done stands behind how, and is a part of the topic.
  if (nameThing(head) && nameThing(done)) return { parts: [...head, ...done], clause: false }
  if (
    nameThing(head) &&
    (modal >= 0 || object.length === 0 || isIdentity(clause.slice(head.length, asked)))
  )
    return {
      parts: head,
      clause: false,
      ...(asks.role === 'whether' && { whether: trimmed(clause.slice(asked + 1)) }),
    }
  if (object.length > 0 && modal < 0) {
    // 首批跟多少家企业签了协议: with whom belongs to what is done.
    const does = acts.at(-1)?.tag === 'p' ? acts : acts.some(isNamed) ? trimmed(acts) : []
    return { parts: [...head, ...does, ...object], clause: does.length > 0 || object.length > 2 }
  }
  const kept = clause.filter(
    ({ role }, i) => !ASKING.has(role) && role !== 'modal' && !(i > asked && isMeasure(clause[i]!)),
  )
  return { parts: trimmed(kept), clause: true }
}

const EXISTS = /^[是有]./u
const MANNER = /^(?:怎|咋|如何|为何)/u
const WHEN = /时|几[天年个周小分点号月]|哪天|多[久会]/u
const AMOUNT = /^(?:几|多少)$/u

/** Where the verb begins that stands right before what is asked: 种了多少, 奖多少. */
function verbBefore(clause: readonly Part[], asked: number): number {
  // What is asked for by manner or time stands behind its verb: 补助怎么领.
  const asks = clause[asked]!.text
  if (clause[asked]!.role === 'whether' || MANNER.test(asks) || asks === '何时') return asked
  let at = asked
  while (at > 0 && clause[at - 1]!.role === 'light') {
    if (/^[mqn]/u.test(clause[at - 1]!.tag) || isNamePart(clause, at - 1)) return at
    at--
    // 报装找谁: a light verb is the predicate, and what stands before it the topic.
    if (isPredicate(clause[at]!)) return at
  }
  const before = clause[at - 1]
  const named = clause
    .slice(0, Math.max(0, at - 1))
    .some(({ role }) => role === 'content' || role === 'place')
  const verbal =
    /^v(?!n)/u.test(before?.tag ?? '') ||
    (before?.text.length === 1 && before.tag === 'n' && AMOUNT.test(asks)) ||
    (before?.tag === 'vn' && (/^[uv]/u.test(clause[at]!.tag) || WHAT.test(asks)))
  return before?.role === 'content' && named && verbal ? at - 1 : at
}

/** 办 in 濮便办, 一圈通办: a name that no dictionary has falls into single characters. */
function isNamePart(parts: readonly Part[], at: number): boolean {
  const [before, part] = [parts[at - 1], parts[at]!]
  const single = part.role === 'light' && part.text.length === 1 && /^[vdn]/u.test(part.tag)
  return (
    single &&
    !GRAMMAR.test(`${before?.text ?? ''}${part.text}`) &&
    before?.text.length === 1 &&
    /^(?!u)/u.test(before.tag)
  )
}
const GRAMMAR = /[是有在去来到没不也还都就才]/u

/** 生产啥 asks for what is made, 补贴多少 for how much the grant is. */
const WHAT = /^(?:啥|什么|哪)/u

const isIdentity = (verb: readonly Part[]) =>
  verb.some(({ text }) => text === '是' || text === '叫')
/** 是, 找, 有; not the 到 of 贷到. */
const isPredicate = ({ tag, text }: Part) => tag.startsWith('v') && !/^[到出去来]/u.test(text)
const isMeasure = ({ tag, role }: Part) => role === 'light' && /^(?:q|m|zg)/u.test(tag)
const QUOTE = /[“”‘’《》]/u

/** What is counted, to the end of the clause: 加氢站 in 几座加氢站; not what anything has: 钱, 环节. */
function objectOf(rest: readonly Part[]): Part[] {
  const from = rest.findIndex(
    ({ role, text }) => role !== 'light' && !/^[些个家座件条亩张支]$/u.test(text),
  )
  const first = rest[from]
  const begins =
    (first?.role === 'content' && !/^v(?!n)/u.test(first.tag)) ||
    (first?.role === 'mark' && QUOTE.test(first.text))
  return begins ? trimmed(rest.slice(from)) : []
}

/** Particles, adverbs and verbs that only join say nothing at the edge of a topic. */
const JOINS = /^(?:u|y|d|p|c|e|v|r)/u

/** Without what only joins at the edges. */
export function trimmed(parts: readonly Part[]): Part[] {
  const says = ({ role, text, tag }: Part, at: number) =>
    role === 'mark'
      ? QUOTE.test(text)
      : role !== 'light' ||
        !JOINS.test(tag) ||
        (tag === 'd' && text.length > 1) ||
        isNamePart(parts, at)
  const from = parts.findIndex(says)
  const to = parts.findLastIndex(says)
  return from < 0 ? [] : parts.slice(from, to + 1)
}
