import { createReadStream } from 'node:fs'
import { z } from 'zod'
import { decode } from './decode.ts'
import { plainSource } from './source-text.ts'
import type { SourceText } from './source-text.ts'

const field = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || null)

const ArticleLine = z.object({
  id: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((id) => (id == null ? null : String(id))),
  title: field,
  text: z.string().refine((text) => text.trim() !== '', 'is empty'),
  date: field,
  place: field,
  publication: field,
  url: field,
})

/**
 * The articles of a .jsonl, one a line, streamed: a file of any length takes the memory of a line.
 * @throws Error at the first line that is no article, unless `onProblem` takes it.
 */
export async function* readJsonLines(
  path: string,
  onProblem: (error: Error) => void = (error) => {
    throw error
  },
): AsyncGenerator<SourceText> {
  let line = 0
  let articles = 0
  for await (const { text, encoding } of lines(path)) {
    line++
    if (text.trim() === '') continue
    try {
      yield articleOf(text, encoding, line, path)
      articles++
    } catch (error) {
      onProblem(error instanceof Error ? error : new Error(String(error)))
    }
  }
  if (articles === 0 && line === 0)
    throw new Error(`${path}: the file is empty; give one with text in it.`)
}

function articleOf(text: string, encoding: string, line: number, path: string): SourceText {
  const parsed = ArticleLine.safeParse(parse(text))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.join('.') || 'the line'
    throw new Error(
      `${path}:${line}: this is no article ({"title","text",…}): ${where}: ${issue?.message ?? 'unknown'}; correct or remove it.`,
    )
  }
  const { text: body, ...given } = parsed.data
  return plainSource(body, { encoding, given, line })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const BLANK = new Set([9, 13, 32])

/** Bytes between line feeds; no byte of a character in UTF-8 or GB18030 is one. */
async function* lines(path: string): AsyncGenerator<{ text: string; encoding: string }> {
  let rest: Buffer[] = []
  const toText = (parts: readonly Buffer[]) => {
    const bytes = Buffer.concat(parts)
    if (bytes.every((byte) => BLANK.has(byte))) return { text: '', encoding: 'utf-8' }
    return decode(bytes, path)
  }
  for await (const chunk of createReadStream(path)) {
    let bytes: Buffer = chunk
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10)) {
      yield toText([...rest, bytes.subarray(0, at)])
      rest = []
      bytes = bytes.subarray(at + 1)
    }
    if (bytes.length > 0) rest.push(bytes)
  }
  if (rest.length > 0) yield toText(rest)
}
