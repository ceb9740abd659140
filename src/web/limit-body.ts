import type { Context, MiddlewareHandler } from 'hono'

/**
 * Refuses a body of more than so many bytes before any of it is read, and one that does not say how
 * long it is: browsers and Telegram do. What was announced is all that is ever read.
 */
export function limitBody(
  mostBytes: number,
  refused: (c: Context, status: 411 | 413) => Response | Promise<Response> = (c, status) =>
    c.body(null, status),
): MiddlewareHandler {
  return async (c, next) => {
    const isUnbounded = c.req.header('transfer-encoding') !== undefined
    const isLong = Number(c.req.header('content-length') ?? 0) > mostBytes
    if (!isUnbounded && !isLong) return next()
    // What was not read cannot be followed by another request.
    c.header('connection', 'close')
    return refused(c, isUnbounded ? 411 : 413)
  }
}
