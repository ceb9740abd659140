import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'

/** How often a stream says that it is still there. */
const BEAT_MS = 15_000

/** Says an event with its data, which goes as JSON. */
export type SayEvent = (event: string, data: unknown) => Promise<void>

export const wantsEvents = (c: Context): boolean =>
  c.req.header('accept')?.includes('text/event-stream') ?? false

/** A response that says events while some work goes on, which throws nothing. */
export function eventStream(
  c: Context,
  work: (say: SayEvent) => Promise<void>,
  beatMs = BEAT_MS,
): Response {
  // A proxy that gathered what is streamed would keep it from the reader.
  c.header('x-accel-buffering', 'no')
  return streamSSE(c, async (stream) => {
    const beat = setInterval(() => void stream.write(':\n\n'), beatMs)
    try {
      await work((event, data) => stream.writeSSE({ event, data: JSON.stringify(data) }))
    } finally {
      clearInterval(beat)
    }
  })
}
