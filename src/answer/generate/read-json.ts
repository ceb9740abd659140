import { parseJson } from '../../parse-json.ts'

/**
 * Reads the JSON object in what a model wrote, tolerating what models put around it (thinking, code
 * fences, a word of greeting) and what they get wrong within strings: line breaks, quotation marks not
 * escaped, a comma too many. Nothing when there is no object to be found.
 */
export function readJson(written: string): unknown {
  const text = withoutThinking(written)
  const start = text.indexOf('{')
  const end = text.lastIndexOf('}')
  if (start < 0 || end < start) return undefined
  const object = text.slice(start, end + 1)
  return parseJson(object) ?? parseJson(mended(object))
}

/** How thinking begins, at the start of a text, and how it ends. */
export const THINKING = /^\s*<(?:think|thinking|reasoning)>/i
export const THOUGHT = /<\/(?:think|thinking|reasoning)>/gi

/** What follows the thinking that some endpoints leave in the text. */
export function withoutThinking(text: string): string {
  const end = [...text.matchAll(THOUGHT)].at(-1)
  if (end) return text.slice(end.index + end[0].length)
  return THINKING.test(text) ? '' : text
}

const CONTROL: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '', '\t': '\\t' }

/** A quotation mark ends a string only where JSON could go on. */
function mended(json: string): string {
  let out = ''
  let within = false
  for (let i = 0; i < json.length; i++) {
    const char = json[i]!
    if (!within) {
      within = char === '"'
      if (char === ',' && /^,\s*[}\]]/.test(json.slice(i, i + 40))) continue
      out += char
    } else if (char === '\\') {
      out += char + (json[++i] ?? '')
    } else if (char !== '"') {
      out += CONTROL[char] ?? char
    } else if (
      /^\s*(?:$|[:}\]]|,\s*["{[\]}]|,\s*(?:null|true|false|-?\d))/.test(json.slice(i + 1, i + 40))
    ) {
      within = false
      out += char
    } else out += '\\"'
  }
  return out
}
