import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { onTestFinished } from 'vitest'

export interface Page {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: string | Uint8Array
}

export type Answer = Page | ((request: IncomingMessage, response: ServerResponse) => void)

/** A web site on this machine; what it has can be changed, what it has not is 404. It notes what it was asked. */
export async function site(pages: Record<string, Answer>) {
  const asked: { path: string; at: number; headers: IncomingMessage['headers'] }[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push({ path, at: performance.now(), headers: request.headers })
    const answer = pages[path]
    if (typeof answer === 'function') return answer(request, response)
    const { status = 200, headers = {}, body = '' } = answer ?? { status: 404 }
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The site has no port')
  const origin = `http://127.0.0.1:${address.port}`
  return {
    origin,
    port: address.port,
    pages,
    asked,
    paths: () => asked.map(({ path }) => path),
    count: (path: string) => asked.filter((one) => one.path === path).length,
  }
}

/** What a test allows to be connected to. */
export const isLoopback = (address: string) => address === '127.0.0.1' || address === '::1'
