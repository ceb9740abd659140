/** What a question points at and what it denies, which is nothing that it names of its own. */
import { ASKS, type Part, type Role } from './read-turn.ts'
import { clausesOf, isThing } from './topic.ts'

/** Whether a question points back: at what was spoken of just now, or with it, this loan. */
export function points(own: readonly Part[], how: 'before' | 'this'): boolean {
  return own.some((_, at) => pointsAt(own, at, how))
}

function pointsAt(own: readonly Part[], at: number, how: 'before' | 'this'): boolean {
  const { role } = own[at]!
  if (how === 'before') return role === 'before' && !isAfter(own[at - 1])
  return role === 'pronoun' || (role === 'this' && !isOwn(own, at))
}

/** 通车之前: before stands behind what it is before of. */
const isAfter = (part?: Part) =>
  part !== undefined &&
  (part.role === 'place' || (part.role === 'content' && !part.tag.startsWith('v')))

/** 油田那个项目, 我这儿: 那 stands behind what it points at; and the papers are always there to be pointed at. */
function isOwn(parts: readonly Part[], at: number): boolean {
  const before = parts.slice(0, at).findLast(({ tag }) => !tag.startsWith('u'))
  const named =
    before !== undefined &&
    (['content', 'place', 'time', 'source'].includes(before.role) ||
      (before.role === 'light' && before.tag === 'r'))
  return named || parts.slice(at + 1, at + 4).some(({ role }) => role === 'source')
}

const POINTING: ReadonlySet<Role> = new Set(['before', 'this', 'pronoun', 'rest'])

/** From 刚才 or 那个 to the end of 刚才说的那个创业贷款: before a mark, or before what is asked; empty where none is. */
export function pointingIn(own: readonly Part[]): { readonly start: number; readonly end: number } {
  const before = own.findIndex((_, at) => pointsAt(own, at, 'before'))
  const start = before >= 0 ? before : own.findIndex((_, at) => pointsAt(own, at, 'this'))
  if (start < 0 || own[start]!.role === 'pronoun') return { start, end: start + 1 }
  const goesOn = ({ role, tag, text }: Part) =>
    POINTING.has(role) ||
    role === 'content' ||
    role === 'property' ||
    role === 'place' ||
    (role === 'light' && (/^(?:q|m|uj|f)/u.test(tag) || ['说', '问'].includes(text)))
  let end = start + 1
  while (end < own.length && goesOn(own[end]!)) {
    // 这个补贴断缴一个月, 前面说的那个矿停产几天: it ends with its noun.
    const joins = POINTING.has(own[end]!.role) || own[end]!.text === '的'
    if (!joins && !isNoun(own[end]!) && own.slice(start, end).some(isNoun)) break
    end++
  }
  return { start, end }
}

const isNoun = ({ role, tag }: Part) =>
  role === 'property' || (role === 'content' && !/^(?:v(?!n)|a|d)/u.test(tag))

/** What is said, and what it is said not to be: 手机，不是家电. */
export function deniedIn(own: readonly Part[]): {
  readonly own: readonly Part[]
  readonly denied: readonly Part[]
} {
  const clauses = clausesOf(own)
  const denies = (clause: readonly Part[]) =>
    clause[0]?.text === '不是' &&
    clause.slice(1).some(({ tag }) => !/^[yue]/u.test(tag)) &&
    !clause.some(({ role }) => ASKS.has(role))
  const denied = clauses.find(denies)
  const meant = clauses.filter((clause) => clause !== denied).flat()
  return denied &&
    meant.some((part) => isThing(part) || part.role === 'place' || part.role === 'time')
    ? { own: meant, denied: denied.slice(1) }
    : { own, denied: [] }
}
