import { clock } from './clock.ts'
import { served } from './served.ts'

/** What asks an endpoint that may do anything: chat, embeddings and Qdrant go through here. */

/**
 * A `fetch` whose response bodies end with an error after so many bytes, counted as they are unpacked,
 * and which follows no redirect: it is given back as it came, so that neither the key nor the question
 * goes on to where it leads. It says which request it is made for, as our log does. How long all of it may take is for the request's signal to say.
 */
export function boundedFetch(maxBytes: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, ...headersOf(init), redirect: 'manual' })
    if (!response.body) return response
    return new Response(response.body.pipeThrough(limited(maxBytes)), response)
  }
}

/** The error in which a body ends that is too long. */
export class BodyTooLongError extends Error {
  override name = 'BodyTooLongError'
}

export const isRedirect = (status: number) => status >= 300 && status < 400

/** Rate limits are counted by the minute; whoever says a day is asked again after this all the same. */
const LONGEST_REST_MS = 60_000

/** How long an endpoint asks to be left alone, in ms, at most a minute; undefined where it does not say. */
export function retryAfter(headers: Headers | undefined): number | undefined {
  const exact = headers?.get('retry-after-ms')
  const value = headers?.get('retry-after')
  const ms = exact
    ? Number(exact)
    : /^\d+(\.\d+)?$/.test(value ?? '')
      ? Number(value) * 1000
      : Date.parse(value ?? '') - clock.now()
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), LONGEST_REST_MS)
}

/** More letters than an error says. */
const MOST_SAID = 65_536

/** What the body of an error says, or its beginning; what still comes is not waited for. */
export async function textOfError({ body }: Response): Promise<string> {
  let text = ''
  if (body)
    for await (const piece of body.pipeThrough(new TextDecoderStream())) {
      text += piece
      if (text.length > MOST_SAID) break
    }
  return text
}

function headersOf(init: RequestInit | undefined) {
  const { request } = served() ?? {}
  if (request === undefined) return {}
  const headers = new Headers(init?.headers)
  headers.set('x-request-id', request)
  return { headers }
}

function limited(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength
      if (bytes > maxBytes) {
        controller.error(new BodyTooLongError(`The response is longer than ${maxBytes} bytes`))
      } else controller.enqueue(chunk)
    },
  })
}
