import { createHmac } from 'node:crypto'

/** Names people and chats by salted hashes of 16 letters, 96 bits: enough to tell apart, nothing to find them by. */
export function createPseudonym(salt: string): (...what: readonly (string | number)[]) => string {
  return (...what) =>
    createHmac('sha256', salt).update(what.join(':')).digest('base64url').slice(0, 16)
}
