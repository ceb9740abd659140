import { Hono } from 'hono'
import { limitBody } from './limit-body.ts'

/** Far above any update; Telegram sends references to files, never files. */
const MOST_BYTES = 1_000_000

/**
 * A path, with and without a slash at its end, whose calls are taken by whoever connects later; before that
 * the caller is to come again.
 */
export function webhook(url: string) {
  let receive: ((request: Request) => Promise<Response>) | undefined
  const path = new URL(url).pathname.replace(/\/+$/, '')
  const route = new Hono().on(
    'POST',
    [path || '/', `${path}/`],
    limitBody(MOST_BYTES),
    async (c) => (await receive?.(c.req.raw)) ?? c.body(null, 503),
  )
  return { route, connect: (receiver: typeof receive) => void (receive = receiver) }
}
