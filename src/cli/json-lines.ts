import { createInterface } from 'node:readline'
import type { z } from 'zod'
import { faultIn, parseJson } from '../parse-json.ts'
import { messageOf } from '../message-of.ts'

/**
 * JSON lines in on stdin, one result a line out on stdout, in order; empty lines are passed over. A
 * line that is no JSON, has another shape or cannot be served is told on stderr in a sentence, and
 * the rest goes on. Gives the exit code: 1 when a line failed.
 */
export async function mapJsonLines<T extends z.ZodType>(
  schema: T,
  transform: (value: z.output<T>) => Promise<unknown>,
  input: NodeJS.ReadableStream = process.stdin,
): Promise<number> {
  let failed = 0
  let n = 0
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    n++
    const text = line.replace(/^\uFEFF/, '').trim()
    if (text === '') continue
    try {
      await printJsonLine(await transform(parse(schema, text)))
    } catch (error) {
      failed++
      console.error(`Line ${n} of the input: ${messageOf(error)}`)
    }
  }
  return failed > 0 ? 1 : 0
}

/** One result a line on stdout, waiting where the reader is slow. */
export async function printJsonLine(value: unknown): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(value)}\n`)) {
    await new Promise<void>((resolve) => process.stdout.once('drain', resolve))
  }
}

function parse<T extends z.ZodType>(schema: T, text: string): z.output<T> {
  const parsed = schema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new Error(faultIn(parsed.error))
}
