import type { Context } from 'hono'
import type { Asked } from '../../explanation.ts'

/** Numbers that an address asks for; others ask for nothing. */
export function askedIn(c: Context): Asked {
  const number = (name: string) => {
    const value = Number(c.req.query(name) ?? 'none')
    return Number.isSafeInteger(value) && value >= 0 ? value : undefined
  }
  return { n: number('n'), part: number('part') }
}

/** What is asked for, as the query of an address. */
export const askedText = ({ n, part }: Asked): string =>
  new URLSearchParams({
    ...(n !== undefined && { n: String(n) }),
    ...(part !== undefined && { part: String(part) }),
  }).toString()
