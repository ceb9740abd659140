/**
 * A `fetch` whose response bodies end with an error after so many bytes, so that an endpoint cannot
 * fill the memory with a line that never ends.
 */
export function boundedFetch(maxBytes: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    if (!response.body) return response
    return new Response(response.body.pipeThrough(limited(maxBytes)), response)
  }
}

/** The error in which a body ends that is too long. */
export class BodyTooLongError extends Error {
  override name = 'BodyTooLongError'
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
