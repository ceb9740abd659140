import { once } from 'node:events'
import { type Server, createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'

/** Files are handed in over slow lines; all else is there in a moment. */
const REQUEST_MS = 120_000
const HEADERS_MS = 10_000
/** How soon it is seen that somebody takes longer. */
const CHECK_MS = 2_000
/** Who takes nothing of what is sent to them so long has gone. */
const SILENT_MS = 600_000
/**
 * How long a connection waits for the next request: longer than proxies keep theirs (nginx and AWS 60 s,
 * Traefik 90 s, Caddy 120 s), or one sends a request into a connection that is just being closed.
 */
const KEPT_MS = 125_000
const MOST_CONNECTIONS = 1_000
/** What is still being sent when the end was asked for has this long. */
const CLOSE_MS = 1_000

export interface HttpServer {
  readonly port: number
  close(): Promise<void>
}

interface Address {
  readonly port: number
  readonly host?: string
}

/**
 * Serves an app on a port, 0 for any that is free, of all addresses or of one host's.
 * @throws Error with one sentence when the port cannot be had.
 */
export async function startHttp(
  app: Pick<Hono, 'fetch'>,
  { port, host }: Address,
): Promise<HttpServer> {
  const server = createServer(
    {
      requestTimeout: REQUEST_MS,
      headersTimeout: HEADERS_MS,
      keepAliveTimeout: KEPT_MS,
      connectionsCheckingInterval: CHECK_MS,
    },
    (request, response) => void listen(request, response),
  )
  const listen = getRequestListener((request, bindings) => app.fetch(request, bindings), {
    overrideGlobalObjects: false,
  })
  server.timeout = SILENT_MS
  server.maxConnections = MOST_CONNECTIONS
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw portFault(port, error)
  }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It listens on no port.')
  return { port: address.port, close: () => close(server) }
}

/**
 * Looks whether a port can be had, before anything that takes long is done to serve on it.
 * @throws Error with one sentence when it cannot.
 */
export async function checkPort({ port, host }: Address): Promise<void> {
  const server = createServer()
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw portFault(port, error)
  }
  server.close()
  await once(server, 'close')
}

function portFault(port: number, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const why =
    code === 'EADDRINUSE'
      ? `PORT ${port} is in use by another program: end that, or set PORT to another.`
      : code === 'EACCES'
        ? `PORT ${port} needs rights that this program has not: set PORT to one above 1023, behind a proxy.`
        : code === 'EADDRNOTAVAIL'
          ? 'LISTEN_ADDRESS is none of the addresses of this machine: set it to one of them, or to none.'
          : `PORT ${port} cannot be listened on (${code}): set PORT to another.`
  return new Error(why, { cause: error })
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_MS)
  await closed
  clearTimeout(timer)
}
