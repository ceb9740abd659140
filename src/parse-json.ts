import type { z } from 'zod'
import './shape-texts.ts'

/** What a text says as JSON; undefined when it is none, which no JSON says. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What is wrong with a value that has another shape, in a sentence without its end. */
export function faultIn({ issues: [issue] }: Pick<z.ZodError, 'issues'>): string {
  const where = issue?.path.join('.')
  if (where) return `"${where}" ${issue?.message}`
  return !issue || issue.code === 'invalid_type'
    ? 'it is not the JSON object that is expected'
    : `it ${issue.message}`
}
