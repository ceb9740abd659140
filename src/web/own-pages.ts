import type { Context, MiddlewareHandler } from 'hono'
import { csrf } from 'hono/csrf'

/** Refuses forms that a page of another site sends. Behind a proxy the scheme is not known, the host is. */
export const ownFormsOnly = (): MiddlewareHandler =>
  csrf({ origin: (origin, c) => URL.parse(origin)?.host === c.req.header('host') })

/** Whether it was called by a name of this machine. */
export function isLoopbackName(c: Context): boolean {
  const host = URL.parse(`http://${c.req.header('host') ?? 'localhost'}`)?.hostname
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]'
}
