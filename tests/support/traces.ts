import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The files of a folder in which a text stands: in UTF-8, in UTF-16 either way, or escaped as in JSON. */
export function tracesOf(folder: string, text: string): string[] {
  const wide = Buffer.from(text, 'utf16le')
  const escaped = Array.from(text)
    .map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
  const forms = [Buffer.from(text), wide, Buffer.from(wide).swap16(), Buffer.from(escaped)]
  return readdirSync(folder).filter((name) => {
    const bytes = readFileSync(join(folder, name))
    return forms.some((form) => bytes.includes(form))
  })
}
