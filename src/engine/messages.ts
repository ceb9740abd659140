/** What crosses between the thread that serves and those that compute. */
import type { AnswerOptions } from '../answer/answer.ts'
import type { AskOptions, Chat } from '../conversation/conversation.ts'
import type { EndpointCall } from '../endpoint-call.ts'
import { IndexUnavailableError } from '../retrieval/index-unavailable.ts'
import type { Served } from '../served.ts'
import type { Engine } from './engine.ts'

/** What is asked, as data: of the options of `ask`, what is no function and no signal. */
export type Asked =
  | {
      readonly method: 'ask'
      readonly args: [
        chat: Chat,
        question: string,
        Omit<AskOptions, 'onStatement' | 'signal' | 'spend'>,
      ]
    }
  | Plain[keyof Plain]
type Plain = {
  readonly [M in Exclude<keyof Engine, 'ask'>]: {
    readonly method: M
    readonly args: Parameters<Engine[M]>
  }
}

/** `id` names a call; `served` is what it is made for. `knock` asks for nothing but a sign of life. */
export type ToThread =
  | ({ readonly kind: 'call'; readonly id: number; readonly served: Served | undefined } & Asked)
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'spent'; readonly id: number; readonly allowed: boolean }
  | { readonly kind: 'knock' }
  | { readonly kind: 'close' }

/**
 * `free`: the thread has nothing to compute just now; what was begun is done, or waits for a model, an
 * endpoint or a server.
 */
export type FromThread = { readonly kind: 'free' } | FromCall

/**
 * What a thread says of one call; `begun` comes before it computes, `n` counts its statements from 1;
 * `called`: it made a request to an endpoint.
 * What it gives is JSON, as it is stored and printed: a trace may have parts that cannot be cloned.
 */
export type FromCall = { readonly id: number } & (
  | { readonly kind: 'begun' }
  | { readonly kind: 'statement'; readonly n: number; readonly told: Told }
  | { readonly kind: 'spend' }
  | { readonly kind: 'called'; readonly call: EndpointCall }
  | { readonly kind: 'done'; readonly json: string | undefined }
  | { readonly kind: 'failed'; readonly error: CrossedError }
)

export type Told = Parameters<NonNullable<AnswerOptions['onStatement']>>

/** An error as data: cloning one keeps neither its class nor its name. */
export interface CrossedError {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
}

export function crossed(error: unknown): CrossedError {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  return { name, message, stack }
}

/** The error again, of its class where callers tell that apart. */
export function uncrossed({ name, message, stack }: CrossedError): Error {
  const Class = name === 'IndexUnavailableError' ? IndexUnavailableError : Error
  return Object.assign(new Class(message), { name, ...(stack !== undefined && { stack }) })
}
