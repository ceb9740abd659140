/** What an endpoint's error is about, by its structure where it has one, and by words that are data. */
import { NAMES, type Named } from '../endpoint-call.ts'
import { readLexicon, type WordClass } from '../language/lexicon.ts'

export type { Named }

export const REFUSALS: readonly WordClass[] = readLexicon(new URL('refusals.txt', import.meta.url))

/** Where errors say what is wrong. Others, like pydantic's `input`, repeat what was sent, which is anybody's words. */
const SAYS = new Set(
  'error errors code type message msg status_msg status reason detail details loc innererror base_resp'.split(
    ' ',
  ),
)
/** What says something only by its name and value: "param":"model", "status_code":1026. */
const NAMED_VALUES = new Set(['param', 'status_code'])
const DEEPEST = 5
const LONGEST = 4_000

/** What an error's body names when this model was asked; undefined where that cannot be seen. */
export function namedBy(body: unknown, model: string): Named | undefined {
  const said = sayings(body).join(' ').slice(0, LONGEST)
  const itself = new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(model)}(?![\\p{L}\\p{N}])`, 'gu')
  const letters = lettersOf(said.replaceAll(itself, ''))
  return NAMES.find((name) => wordsOf(name).some((word) => letters.includes(word)))
}

/** The letters and digits of a text, in small letters. */
export function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
}

/** An error's code, where it has one that is fit for a log: no sentence, which may repeat a key or a prompt. */
export function codeIn(body: unknown): string | undefined {
  const error = field(body, 'error') ?? body
  const code = field(error, 'code') ?? field(error, 'type')
  return typeof code === 'string' && /^[a-z][a-z_.]{2,40}$/i.test(code) ? code : undefined
}

function sayings(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return []
  const parts: [string, unknown][] = Array.isArray(value)
    ? value.map((element) => ['error', element])
    : Object.entries(value)
  return parts.flatMap(([key, part]) => {
    if (NAMED_VALUES.has(key)) return [`${key} ${String(part)}`]
    return SAYS.has(key) ? sayings(part, depth + 1) : []
  })
}

const wordsOf = (name: Named) =>
  REFUSALS.find((of) => of.name === name)?.entries.map(({ word }) => word) ?? []

function field(of: unknown, name: string): unknown {
  const value: unknown = Array.isArray(of) ? of[0] : of
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
