import type { z } from 'zod'
import { wellFormed } from './code-points.ts'
import './shape-texts.ts'

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

/** What is wrong with a value that has another shape, in a sentence without its end. */
export function faultIn({ issues: [issue] }: Pick<z.ZodError, 'issues'>): string {
  const where = issue?.path.join('.')
  if (where) return `"${where}" ${issue?.message}`
  return !issue || issue.code === 'invalid_type'
    ? 'it is not the JSON object that is expected'
    : `it ${issue.message}`
}
