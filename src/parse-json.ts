import type { z } from 'zod'

/** What a text says as JSON; undefined when it is none, which no JSON says. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What is wrong with a value that has another shape, in a sentence. */
export function faultIn({ issues: [issue] }: z.ZodError): string {
  const where = issue?.path.join('.')
  return where ? `"${where}": ${issue?.message}` : 'it is not the JSON object that is expected'
}
