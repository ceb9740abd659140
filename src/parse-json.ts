import type { z } from 'zod'
import { wellFormed } from './code-points.ts'

/** What a text says as JSON, in whole characters; undefined when it is none, which no JSON says. */
export function parseJson(text: string): unknown {
  try {
    const said: unknown = JSON.parse(text)
    return HALVES.test(text) || !text.isWellFormed() ? wellFormed(said) : said
  } catch {
    return undefined
  }
}

/** JSON may write half a character: "\\ud83d". */
const HALVES = /\\u[dD][89a-fA-F]/

/** What is wrong with a value that has another shape, in a sentence. */
export function faultIn({ issues: [issue] }: z.ZodError): string {
  const where = issue?.path.join('.')
  return where ? `"${where}": ${issue?.message}` : 'it is not the JSON object that is expected'
}
