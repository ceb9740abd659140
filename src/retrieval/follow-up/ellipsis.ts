import { ASKS, type Part } from './read-turn.ts'

export interface Ellipsis {
  readonly named: readonly Part[]
  readonly rest: readonly Part[]
}

/** Nothing but another place, time or kind: 聊城呢, 我是聊城的, 市级的呢; what else is asked may follow. */
export function ellipsis(own: readonly Part[]): Ellipsis | undefined {
  const asked = own.findIndex(({ role }) => ASKS.has(role))
  const end = own.findIndex(({ text }) => text === '呢')
  if (end >= 0 && (asked < 0 || end < asked))
    return { named: own.slice(0, end), rest: own.slice(end + 1) }
  const said = own.filter(({ role }) => role !== 'light' && role !== 'mark')
  const bare = asked < 0 && said.every(({ role }) => ['place', 'time', 'property'].includes(role))
  return bare && said.length > 0 ? { named: own, rest: [] } : undefined
}
