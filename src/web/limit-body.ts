import type { Context, MiddlewareHandler } from 'hono'

/**
 * Refuses a body of more than so many bytes: before any of it is read where it says how long it is,
 * and else, as some proxies forward it, when so many were read; no reader takes the part for the whole.
 */
export function limitBody(
  mostBytes: number,
  refused: (c: Context) => Response | Promise<Response> = (c) => c.body(null, 413),
): MiddlewareHandler {
  return async (c, next) => {
    if (Number(c.req.header('content-length') ?? 0) > mostBytes) return refuse(c)
    const { body, method, headers, signal } = c.req.raw
    if (!body || c.req.header('transfer-encoding') === undefined) return next()
    let bytes = 0
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length
        if (bytes > mostBytes) controller.error(new Error('The body is too long.'))
        else controller.enqueue(chunk)
      },
    })
    const stream = { body: body.pipeThrough(counted), duplex: 'half' }
    c.req.raw = new Request(c.req.url, { method, headers, signal, ...stream })
    await next()
    // Instead of whatever was said to a part of it.
    if (bytes > mostBytes) c.res = await refuse(c)
  }

  function refuse(c: Context) {
    // What was not read cannot be followed by another request.
    c.header('connection', 'close')
    return refused(c)
  }
}
