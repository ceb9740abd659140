/** What went wrong with Qdrant, as one sentence that says where and what to do. */
import { BodyTooLongError, isRedirect } from '../../bounded-fetch.ts'
import { IndexUnavailableError } from '../index-unavailable.ts'
import { cut } from '../../code-points.ts'
import { whyUnreached } from '../../endpoint/unreached.ts'
import { QdrantRefusal } from './client.ts'

/** Whether Qdrant said that the collection is not there; a proxy before it may have no way to it. */
export const isMissing = (error: unknown) =>
  error instanceof QdrantRefusal && error.status === 404 && messageOf(error.data) !== ''

/** What a server in strict mode may allow less of, as it names it. */
export type Limited = 'limit' | 'search batch size' | 'upsert limit' | 'condition size'

/** How many may be asked for, or with, at once, where Qdrant refused more. */
export function mostAllowed(error: unknown, what: Limited): number | undefined {
  const refused = error instanceof Error ? error.cause : undefined
  if (!(refused instanceof QdrantRefusal) || refused.status !== 400) return undefined
  const said = messageOf(refused.data)
  const [, most, named] = /Limit exceeded \d+ > (\d+) for "([^"]+)"/u.exec(said) ?? []
  const [, size] = /Condition size limit reached \(\d+ > (\d+)\)/u.exec(said) ?? []
  const allowed = what === 'condition size' ? size : named === what ? most : undefined
  return allowed === undefined ? undefined : Number(allowed)
}

/** Whether a request was longer than Qdrant takes, or a proxy before it. */
export function isTooLong(error: unknown): boolean {
  const refused = error instanceof Error ? error.cause : undefined
  if (!(refused instanceof QdrantRefusal)) return false
  return refused.status === 413 || messageOf(refused.data).includes('is larger than allowed')
}

/** Whether the same request may succeed a moment later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof QdrantRefusal) return error.status === 429 || error.status >= 500
  return isTimeout(error) || (error instanceof TypeError && whyUnreached(error).isPassing)
}

/** The error as a sentence; its cause is kept for the log. */
export function explain(error: unknown, host: string, timeoutMs: number): Error {
  const cause = { cause: error }
  if (error instanceof QdrantRefusal) {
    if (isRedirect(error.status))
      return new Error(
        `Qdrant at ${host} redirects (${error.status}) and is not followed; set QDRANT_URL to where it leads.`,
        cause,
      )
    if (error.status === 429)
      return new IndexUnavailableError(
        `Qdrant at ${host} has too much to do; try again later.`,
        cause,
      )
    if (error.status === 401 || error.status === 403)
      return new Error(
        `Qdrant at ${host} refused the key${messageOf(error.data)}; check QDRANT_API_KEY.`,
        cause,
      )
    if (error.status === 413)
      return new Error(
        `What is before Qdrant at ${host} takes no request that long; raise its limit (of nginx: client_max_body_size).`,
        cause,
      )
    const said = `Qdrant at ${host} answered ${error.status}${messageOf(error.data)}`
    if (error.status === 404)
      return new IndexUnavailableError(
        `${said}; check QDRANT_URL, restore the collection, or ingest again.`,
        cause,
      )
    return isPassing(error)
      ? new IndexUnavailableError(`${said}; try again later.`, cause)
      : new Error(`${said}.`, cause)
  }
  if (isTimeout(error))
    return new IndexUnavailableError(
      `Qdrant at ${host} did not answer within ${timeoutMs / 1000} s; try again later.`,
      cause,
    )
  if (error instanceof TypeError)
    return new IndexUnavailableError(
      `Qdrant at ${host} cannot be reached${whyUnreached(error).why}; check QDRANT_URL, or start it.`,
      cause,
    )
  if (error instanceof SyntaxError || error instanceof BodyTooLongError)
    return new Error(`What answers at ${host} is no Qdrant; check QDRANT_URL.`, cause)
  return error instanceof Error ? error : new Error(String(error))
}

const isTimeout = (error: unknown) => error instanceof DOMException && error.name === 'TimeoutError'

/** Qdrant's errors are `{ status: { error } }`. */
function messageOf(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('status' in data)) return ''
  const { status } = data
  if (typeof status !== 'object' || status === null || !('error' in status)) return ''
  return `: ${cut(String(status.error).replaceAll(/\s+/gu, ' '), 300).replace(/[.!]$/u, '')}`
}
