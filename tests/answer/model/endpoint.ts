import { HttpResponse } from 'msw'

/** Where the tests' endpoint is; nothing listens there. */
export const BASE_URL = 'http://chat.test/v1'
export const COMPLETIONS = `${BASE_URL}/chat/completions`

interface Delta {
  readonly role?: string
  readonly content?: string | null
  readonly reasoning_content?: string
  readonly refusal?: string
}

/** One chunk of a streamed completion, as endpoints send it. */
export function chunk(delta: Delta, finish: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finish }]
  return event({
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices,
  })
}

export function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`
}

export const DONE = 'data: [DONE]\n\n'

/** A whole completion as events: a role first, the text in small pieces, the end, the usage. */
export function completion(text: string, finish = 'stop', piece = 7): string[] {
  const pieces = Array.from({ length: Math.ceil(text.length / piece) }, (_, i) =>
    text.slice(i * piece, (i + 1) * piece),
  )
  return [
    chunk({ role: 'assistant', content: '' }),
    ...pieces.map((content) => chunk({ content })),
    chunk({}, finish),
    event({
      id: 'c1',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'm',
      choices: [],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    }),
    DONE,
  ]
}

export type Step = string | { readonly waitMs: number } | { readonly fail: true }

/** A stream that does what its steps say. */
export function stream(steps: readonly Step[]): Response {
  const encoder = new TextEncoder()
  let timer: NodeJS.Timeout | undefined
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      for (const step of steps) {
        if (typeof step === 'string') controller.enqueue(encoder.encode(step))
        else if ('fail' in step) return controller.error(new TypeError('terminated'))
        else await new Promise((resolve) => (timer = setTimeout(resolve, step.waitMs)))
      }
      controller.close()
    },
    cancel: () => clearTimeout(timer),
  })
  return new HttpResponse(body, { headers: { 'content-type': 'text/event-stream' } })
}

/** An error as endpoints word it. */
export function refused(status: number, message: string, headers: Record<string, string> = {}) {
  return HttpResponse.json(
    { error: { message, type: 'invalid_request_error', code: null } },
    { status, headers },
  )
}
