import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { Update } from 'grammy/types'
import { z } from 'zod'
import { isUnwritable } from '../database/errors.ts'
import type { Logger } from '../log.ts'
import { parseJson } from '../parse-json.ts'
import { plainError } from './plain-error.ts'

/** Far above any update; Telegram sends references to files, never files. */
const MOST_BYTES = 1_000_000

export interface WebhookDeps {
  /** The path that Telegram calls. */
  readonly path: string
  readonly secret: string
  /** Stores an update; the call is acknowledged when it resolves. */
  readonly take: (updates: readonly Update[]) => Promise<unknown>
  readonly log: Logger
}

const AnyUpdate = z.custom<Update>(
  (value) => z.object({ update_id: z.int() }).safeParse(value).success,
)

/** Handles Telegram's calls: stored, then acknowledged at once, then answered behind it. */
export function webhookListener({ path, secret, take, log }: WebhookDeps) {
  return async function listen(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const status = await handle(request)
      response.writeHead(status).end()
    } catch (error) {
      // Telegram calls again later.
      if (!isUnwritable(error))
        log.error({ err: plainError(error) }, 'a webhook call could not be taken')
      response.writeHead(500).end()
    }
  }

  async function handle(request: IncomingMessage): Promise<number> {
    const pathname = URL.parse(request.url ?? '/', 'http://localhost')?.pathname
    if (request.method === 'GET' && pathname === '/healthz') return 200
    if (pathname !== path) return 404
    if (request.method !== 'POST') return 405
    if (!isSecret(request.headers['x-telegram-bot-api-secret-token'], secret)) return 401
    const body = await read(request)
    if (body === undefined) return 413
    const update = AnyUpdate.safeParse(parseJson(body))
    if (!update.success) return 400
    await take([update.data])
    return 200
  }
}

/**
 * Listens on a port of all addresses.
 * @throws Error when the port cannot be had.
 */
export async function startServer(
  port: number,
  listener: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Server> {
  const server = createServer((request, response) => void listener(request, response))
  server.requestTimeout = 10_000
  const failed = once(server, 'error').then(([error]: unknown[]) => {
    throw new Error(`PORT ${port} cannot be listened on: ${String(error)}`)
  })
  await Promise.race([new Promise<void>((resolve) => server.listen(port, resolve)), failed])
  failed.catch(() => {})
  return server
}

async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MOST_BYTES) return undefined
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Compared by digest, so that neither time nor length tells anything. */
function isSecret(given: string | string[] | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret))
}
