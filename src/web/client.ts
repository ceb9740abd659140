import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/

/**
 * The address that a request comes from. A proxy on this machine says whom it speaks for, last in
 * X-Forwarded-For; from elsewhere that header is anybody's word.
 */
export function clientOf(c: Context): string {
  const peer = remoteAddress(c)
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  return forwarded && LOOPBACK.test(peer) ? forwarded : peer
}

/** A request that came through no socket, as in a test, has none. */
function remoteAddress(c: Context): string {
  return c.env?.incoming ? (getConnInfo(c).remote.address ?? '') : ''
}
