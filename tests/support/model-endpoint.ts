/** A model's endpoint on this machine that answers as a test says, over real HTTP, in whatever dialect. */
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  createServer,
} from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

export interface Asked {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Record<string, unknown>
  /** `json_schema`, `json_object` or `none`. */
  readonly format: string
}

/** What a request gets. A number among the pieces of a body is waited for, in milliseconds. */
export interface Reply {
  readonly status?: number
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | readonly (string | number)[]
}

/** An endpoint that answers each request so; it closes with the test. */
export async function modelEndpoint(answer: (asked: Asked, call: number) => Reply) {
  const asked: Asked[] = []
  const server = createServer((request, response) => void serve(request, response))
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const sent: Buffer[] = []
    for await (const piece of request) sent.push(piece)
    const body: Record<string, unknown> = JSON.parse(Buffer.concat(sent).toString() || '{}')
    const { url: path = '', headers } = request
    const one = { path, headers, body, format: formatOf(body['response_format']) }
    asked.push(one)
    const {
      status = 200,
      type = 'text/event-stream',
      headers: more,
      body: said,
    } = answer(one, asked.length)
    for (const [n, piece] of (typeof said === 'string' ? [said] : said).entries()) {
      if (typeof piece === 'number') await sleep(piece)
      if (n === 0) response.writeHead(status, { 'content-type': type, ...more })
      if (typeof piece === 'string') response.write(piece)
    }
    response.end()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The endpoint has no port')
  return {
    port: address.port,
    baseURL: `http://127.0.0.1:${address.port}/v1`,
    asked,
    formats: () => asked.map(({ format }) => format),
  }
}

export const json = (value: unknown, status = 200): Reply => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
})

function formatOf(format: unknown): string {
  return typeof format === 'object' && format !== null
    ? String(Reflect.get(format, 'type'))
    : 'none'
}
