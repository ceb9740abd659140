import { createHash } from 'node:crypto'
import type { Inbox } from './inbox.ts'

/** Sends a message, given by its whole content, and gives its id; the same content is sent once. */
export type SendOnce = (content: unknown, send: () => Promise<number>) => Promise<number>

/**
 * Keeps an update that is answered again after the process was killed from sending what already
 * went out for it.
 */
export function createSendOnce(inbox: Inbox, updateId: number): SendOnce {
  return async (content, send) => {
    const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url')
    const known = inbox.messageSent(updateId, digest)
    if (known !== undefined) return known
    const message = await send()
    inbox.noteSent(updateId, digest, message)
    return message
  }
}
