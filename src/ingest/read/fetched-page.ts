import { z } from 'zod'

/**
 * Where a page was fetched from, in a line of its own in front of it: a comment, so that the file is a
 * page all the same, and what it says of itself stays with it wherever it goes.
 */
export const Origin = z.object({
  url: z.url({ protocol: /^https?$/u }),
  /** How it was told to be encoded; null where it was not told. */
  charset: z.string().nullable(),
  /** The day on which a feed says it was published, YYYY-MM-DD. */
  published: z.string().nullable(),
})

export type Origin = z.infer<typeof Origin>

const BEGIN = '<!--fetched '
const END = '-->\n'
const LONGEST = 8_192

/** A page behind the line that says where it is from. */
export function withOrigin(origin: Origin, page: Uint8Array): Buffer {
  // Nothing in it ends the comment.
  const line = JSON.stringify(origin).replaceAll('>', '\\u003e')
  return Buffer.concat([Buffer.from(`${BEGIN}${line}${END}`), page])
}

/** A page, and where it was fetched from, if it was. */
export function fetchedPage(bytes: Uint8Array): { origin: Origin | null; page: Uint8Array } {
  const start = Buffer.from(bytes.subarray(0, LONGEST)).toString('latin1')
  const end = start.indexOf(END)
  if (!start.startsWith(BEGIN) || end < 0) return { origin: null, page: bytes }
  const line = Buffer.from(bytes.subarray(BEGIN.length, end)).toString('utf8')
  const { data } = Origin.safeParse(parsed(line))
  return data
    ? { origin: data, page: bytes.subarray(end + END.length) }
    : { origin: null, page: bytes }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
