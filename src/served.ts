/** What is being served just now, known to all that is done for it without being handed on. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import type { EndpointCall } from './endpoint-call.ts'

/** Where people ask. */
export const DOORS = ['telegram', 'inline', 'chat', 'api', 'desk', 'web', 'terminal'] as const
export type Door = (typeof DOORS)[number]

/** One request or update: its name goes through the log, to endpoints, and to whoever asked; it says nothing of them. */
export interface Served {
  readonly request: string
  readonly door: Door
}

interface Context {
  readonly served: Served | undefined
  /** Told of each request to an endpoint that is made for it. */
  readonly called?: (call: EndpointCall) => void
}

const contexts = new AsyncLocalStorage<Context>()

export const served = (): Served | undefined => contexts.getStore()?.served
export const doorNow = (): Door => served()?.door ?? 'terminal'

/** Does some work, and whatever comes of it later, on behalf of something. */
export function serving<T>(of: Served | undefined, work: () => T, called?: Context['called']): T {
  return contexts.run({ served: of, ...(called && { called }) }, work)
}

/** Says that an endpoint was asked, to whoever counts that. */
export const calledEndpoint = (call: EndpointCall): void => contexts.getStore()?.called?.(call)

/** Runs what comes later from elsewhere, as a message of a thread, on behalf of what is served now. */
export const servingLater = (): (<T>(work: () => T) => T) => AsyncLocalStorage.snapshot()

export const newRequest = (): string => randomBytes(12).toString('base64url')

/** A name that a proxy gave a request, if it is one: what else stands there is anybody's words. */
export const requestNamed = (given: string | undefined): string | undefined =>
  /^[\w-]{8,64}$/u.exec(given ?? '')?.[0]

/** As much of a name as somebody can read out; it finds all lines of the log. */
export const shortly = ({ request }: Served): string => request.slice(0, 8)
