import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from './refusal.ts'

export type Pushed = Record<string, unknown> & { readonly update_id: number }

interface Poller {
  readonly answer: (updates: readonly Pushed[]) => void
  readonly refuse: (error: Refusal) => void
}

export type UpdateQueue = ReturnType<typeof createUpdateQueue>

/** What Telegram keeps for the bot until it is acknowledged, by an offset or by a webhook that says 200. */
export function createUpdateQueue() {
  let waiting: readonly Pushed[] = []
  let poller: Poller | undefined
  let hook: { readonly url: string; readonly secret: string | undefined } | undefined
  let allowed: readonly string[] | undefined
  let nextId = 1000
  let delivering = false
  let lastError:
    | { readonly last_error_date: number; readonly last_error_message: string }
    | undefined

  async function deliver(): Promise<void> {
    if (delivering) return
    delivering = true
    for (;;) {
      const update = waiting[0]
      if (!hook || !update) break
      const refused = await call(hook, update)
      if (refused === undefined) waiting = waiting.filter((one) => one !== update)
      else {
        lastError = { last_error_date: Math.floor(Date.now() / 1000), last_error_message: refused }
        await sleep(30)
      }
    }
    delivering = false
  }

  return {
    /** Adds an update, with a new id when none is given, and gives its id. */
    push(update: Record<string, unknown>, id: number = nextId++): number {
      if (allowed && !Object.keys(update).some((kind) => allowed?.includes(kind))) return id
      waiting = [...waiting, { ...update, update_id: id }]
      poller?.answer(waiting.slice(0, 100))
      void deliver()
      return id
    },
    pending: () => waiting.length,
    isPolled: () => poller !== undefined,
    webhook: () => hook,
    webhookInfo: () => ({
      url: hook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: waiting.length,
      ...lastError,
    }),
    allow(kinds: readonly string[] | undefined): void {
      allowed = kinds ?? allowed
    },
    setWebhook(url: string, secret: string | undefined): void {
      hook = { url, secret }
      poller?.refuse(new Refusal(409, 'Conflict: terminated by setWebhook request'))
      void deliver()
    },
    deleteWebhook(): void {
      hook = undefined
    },
    /** Long polling: answers at once when there is something, else when there is or the time is over. */
    async poll({
      offset,
      limit,
      timeoutMs,
      gone,
    }: {
      offset: number
      limit: number
      timeoutMs: number
      gone: AbortSignal
    }): Promise<readonly Pushed[]> {
      if (hook)
        throw new Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
      poller?.refuse(new Refusal(409, 'Conflict: terminated by other getUpdates request'))
      waiting = waiting.filter(({ update_id: id }) => id >= offset)
      if (waiting.length > 0 || timeoutMs === 0) return waiting.slice(0, limit)
      const { promise, resolve, reject } = Promise.withResolvers<readonly Pushed[]>()
      const mine = { answer: resolve, refuse: reject }
      poller = mine
      const timer = setTimeout(() => resolve([]), timeoutMs)
      gone.addEventListener('abort', () => resolve([]))
      try {
        return await promise
      } finally {
        clearTimeout(timer)
        if (poller === mine) poller = undefined
      }
    },
  }
}

/** Gives why it was not taken; nothing when it was. */
async function call(
  { url, secret }: { url: string; secret: string | undefined },
  update: Pushed,
): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret !== undefined && { 'x-telegram-bot-api-secret-token': secret }),
      },
      body: JSON.stringify(update),
      signal: AbortSignal.timeout(5_000),
    })
    await response.arrayBuffer()
    if (response.ok) return undefined
    return `Wrong response from the webhook: ${response.status} ${response.statusText}`
  } catch (error) {
    return `Connection failed: ${String(error)}`
  }
}
