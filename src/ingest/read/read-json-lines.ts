import { z } from 'zod'
import { faultIn, parseJson } from '../../parse-json.ts'
import { decode } from './decode.ts'
import { type Limits, MEGABYTE } from './limits.ts'
import { type OpenFile, chunksOf } from './open-file.ts'
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
    .transform((id) => (id == null ? null : String(id).trim() || null)),
  title: field,
  text: z.string().refine((text) => text.trim() !== '', 'is empty'),
  date: field,
  place: field,
  publication: field,
  url: field,
})

const DATA = { kind: 'data', reason: '.jsonl 的一行' } as const

/**
 * The articles of a .jsonl, one a line, streamed: a file of any length takes the memory of a line.
 * A line that is no article is told to `onProblem`.
 */
export async function* readJsonLines(
  file: OpenFile,
  path: string,
  onProblem: (error: Error) => void,
  { fileMb }: Limits,
): AsyncGenerator<SourceText> {
  let line = 0
  let articles = 0
  for await (const bytes of lines(file, fileMb * MEGABYTE)) {
    line++
    if (bytes === null) {
      onProblem(
        new Error(
          `${path}:${line}: the line has more than ${fileMb} MB; give its article in parts.`,
        ),
      )
      continue
    }
    if (bytes.every((byte) => BLANK.has(byte))) continue
    try {
      yield articleOf(bytes, line, path)
      articles++
    } catch (error) {
      onProblem(error instanceof Error ? error : new Error(String(error)))
    }
  }
  if (articles === 0 && line === 0)
    throw new Error(`${path}: the file is empty; give one with text in it.`)
}

function articleOf(bytes: Uint8Array, line: number, path: string): SourceText {
  const { text, encoding } = decode(bytes, `${path}:${line}`)
  const json = parseJson(text)
  if (json === undefined) throw new Error(`${path}:${line}: this is no JSON; correct or remove it.`)
  const parsed = ArticleLine.safeParse(json)
  if (!parsed.success) {
    throw new Error(
      `${path}:${line}: this is no article ({"title","text",…}): ${faultIn(parsed.error)}; correct or remove it.`,
    )
  }
  const { text: body, ...given } = parsed.data
  return plainSource(body, { encoding, given, line, kind: DATA })
}

/** White space, and the three bytes of UTF-8's mark at a file's beginning. */
const BLANK = new Set([9, 13, 32, 0xef, 0xbb, 0xbf])

/**
 * Bytes between line feeds; no byte of a character in UTF-8 or GB18030 is one. Of a line with more
 * than `longest` nothing is kept, and null given.
 */
async function* lines(file: OpenFile, longest: number): AsyncGenerator<Buffer | null> {
  let rest: Buffer[] = []
  let length = 0
  const add = (bytes: Buffer) => {
    length += bytes.length
    if (length <= longest) rest.push(bytes)
    else rest = []
  }
  const take = () => {
    const line = length > longest ? null : Buffer.concat(rest)
    rest = []
    length = 0
    return line
  }
  for await (const chunk of chunksOf(file)) {
    let bytes = chunk
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10)) {
      add(bytes.subarray(0, at))
      yield take()
      bytes = bytes.subarray(at + 1)
    }
    add(bytes)
  }
  if (length > 0) yield take()
}
