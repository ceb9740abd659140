import type { Update } from 'grammy/types'
import { z } from 'zod'
import { isUnwritable } from '../../database/errors.ts'
import type { Logger } from '../../log.ts'
import { parseJson } from '../../parse-json.ts'
import { sameSecret } from '../../same-secret.ts'
import { plainError } from '../plain-error.ts'

export interface WebhookDeps {
  readonly secret: string
  /** Stores updates; the call is acknowledged when it resolves. */
  readonly take: (updates: readonly Update[]) => Promise<unknown>
  readonly log: Logger
}

/** Takes one call of Telegram's, whose body is not longer than an update may be. */
export type Receive = (request: Request) => Promise<Response>

const AnyUpdate = z.custom<Update>(
  (value) => z.object({ update_id: z.int() }).safeParse(value).success,
)

/** Takes Telegram's calls: stored, then acknowledged at once, then answered behind it. */
export function createReceive({ secret, take, log }: WebhookDeps): Receive {
  return async function receive(request) {
    try {
      return new Response(null, { status: await statusOf(request) })
    } catch (error) {
      // Telegram calls again later.
      if (!isUnwritable(error))
        log.error({ err: plainError(error) }, 'a webhook call could not be taken')
      return new Response(null, { status: 500 })
    }
  }

  async function statusOf(request: Request): Promise<number> {
    const given = request.headers.get('x-telegram-bot-api-secret-token')
    if (given === null || !sameSecret(given, secret)) return 401
    const update = AnyUpdate.safeParse(parseJson(await request.text()))
    if (!update.success) return 400
    await take([update.data])
    return 200
  }
}
