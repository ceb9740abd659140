import { type ServerResponse, createServer } from 'node:http'
import { type AddressInfo } from 'node:net'

/**
 * A real endpoint on this machine, for what happens to sockets: each request gets its head and the given
 * events, and then nothing more, for ever; `every` sends another event again and again.
 */
export async function localEndpoint(
  events: readonly string[],
  every?: { ms: number; event: string },
) {
  let closed = 0
  const timers = new Set<NodeJS.Timeout>()
  const server = createServer((request, response: ServerResponse) => {
    request.resume()
    response.on('close', () => closed++)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
    for (const event of events) response.write(event)
    if (every) timers.add(setInterval(() => response.write(every.event), every.ms))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    /** How many connections the other side has ended. */
    closed: () => closed,
    async close() {
      for (const timer of timers) clearInterval(timer)
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
