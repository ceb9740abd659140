import { ASKS, type Part, type Role } from './read-turn.ts'

export interface Ellipsis {
  readonly named: readonly Part[]
  readonly rest: readonly Part[]
}

/**
 * Nothing but another place, time or kind: 聊城呢, 市级的呢, 我在聊城上班; what else is asked may follow.
 */
export function ellipsis(own: readonly Part[]): Ellipsis | undefined {
  const asked = own.findIndex(({ role }) => ASKS.has(role))
  const end = own.findIndex(({ role }) => role === 'particle')
  if (end > 0 && (asked < 0 || end < asked))
    return { named: withoutTurn(own.slice(0, end)), rest: own.slice(end + 1) }
  if (asked >= 0) return undefined
  const where = own.filter(
    ({ role, tag }) => role === 'place' || role === 'time' || (role === 'content' && tag === 'ns'),
  )
  if (where.length > 0 && where.length < own.length && FIRST_PERSON.test(own[0]!.text))
    return { named: where, rest: [] }
  const said = own.filter(({ role }) => !EMPTY.has(role))
  if (said.length > 0 && own.findLast(({ role }) => role !== 'mark')!.text === '的')
    return { named: own, rest: [] }
  const named = ({ role, tag }: Part) =>
    role === 'place' || role === 'time' || role === 'property' || tag === 'ns'
  return said.length > 0 && said.every(named) ? { named: own, rest: [] } : undefined
}
/** 濮阳 of 换濮阳. */
const withoutTurn = (named: readonly Part[]) =>
  named[0]!.text.length === 1 && named[1]?.role === 'place' ? named.slice(1) : named
const EMPTY: ReadonlySet<Role> = new Set(['light', 'mark', 'rest', 'this', 'whole'])
const FIRST_PERSON = /^[我俺咱]/u
