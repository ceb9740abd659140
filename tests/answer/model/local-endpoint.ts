import { createServer } from 'node:http'

/** What a request gets: its head and the events; then another event again and again, its end, or nothing more for ever. */
export interface Script {
  readonly events: readonly string[]
  readonly every?: { readonly ms: number; readonly event: string }
  readonly ends?: boolean
}

/** A real endpoint on this machine, for what happens to sockets; the last script is for all further requests. */
export async function localEndpoint(...scripts: readonly [Script, ...Script[]]) {
  let opened = 0
  let closed = 0
  const timers = new Set<NodeJS.Timeout>()
  const server = createServer((request, response) => {
    const { events, every, ends } = scripts[Math.min(opened++, scripts.length - 1)]!
    request.resume()
    response.on('close', () => closed++)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
    for (const event of events) response.write(event)
    if (every) timers.add(setInterval(() => response.write(every.event), every.ms))
    if (ends) response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The endpoint has no port')
  return {
    baseURL: `http://127.0.0.1:${address.port}/v1`,
    /** How many requests came. */
    opened: () => opened,
    /** How many connections the other side has ended. */
    closed: () => closed,
    async close() {
      for (const timer of timers) clearInterval(timer)
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
