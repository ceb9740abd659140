/** An `.env` file as people write it: with Notepad, a Chinese keyboard, or a shell. */
import { parseEnv } from 'node:util'
import { textIn } from '../ingest/read/decode.ts'

export interface EnvFile {
  readonly values: ReadonlyMap<string, { readonly value: string; readonly line: number }>
  /** What was passed over, a sentence each. Values, which may be secrets, are not repeated. */
  readonly notices: readonly string[]
}

/**
 * Reads an `.env` file, in any encoding that articles are read in. Of a name that stands in it twice
 * the last value holds; a line without a value sets nothing.
 * @throws Error with one sentence when it is no text.
 */
export function readEnv(bytes: Uint8Array, file = '.env'): EnvFile {
  const values = new Map<string, { value: string; line: number }>()
  const notices: string[] = []
  for (const [i, written] of textIn(bytes, file)
    .text.split(/\r\n?|\n/u)
    .entries()) {
    const line = i + 1
    const setting = mended(written.trim())
    if (setting === '' || setting.startsWith('#')) continue
    const [name = '', value = ''] = Object.entries(parseEnv(setting))[0] ?? []
    const fault = faultOf(setting, name, value)
    if (fault !== undefined) notices.push(`${file}, line ${line}: ${fault}`)
    if (!NAME.test(name) || value === '') continue
    const before = values.get(name)
    if (before && before.value !== value)
      notices.push(
        `${file}, line ${line}: ${name} stands in line ${before.line} too; line ${line} holds.`,
      )
    values.set(name, { value, line })
  }
  return { values, notices }
}

const NAME = /^[A-Za-z_]\w*$/u

/** The signs of a Chinese keyboard, where they can only stand for those of a setting. */
const mended = (line: string) =>
  line
    .replace(/^((?:export\s+)?\w+)\s*[=＝]\s*/u, '$1=')
    .replace(/^([^=]+=)[“”]([^“”"]*)[“”]/u, '$1"$2"')
    .replace(/^([^=]+=)[‘’]([^‘’']*)[‘’]/u, "$1'$2'")

function faultOf(line: string, name: string, value: string): string | undefined {
  if (!NAME.test(name)) return 'this is no setting; write NAME=value.'
  if (/^["'`]/u.test(value)) return `${name} has no closing quote; put one at its end.`
  if (/^[^"'`=]+=[^"'`#]*[^\s"'`#=]#/u.test(line))
    return `${name} ends before #; put the whole value in quotes if that belongs to it.`
  return undefined
}
