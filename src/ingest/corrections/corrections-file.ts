import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { z } from 'zod'
import { Correction } from '../../correction.ts'
import { parseJson } from '../../parse-json.ts'

/** What staff corrected in the reading of sources. */
export interface Corrections {
  /** Those that stand, in the order in which they were made. */
  all(): Correction[]
  /** The lines that cannot be read, from 1. */
  unread(): readonly number[]
  add(correction: Correction): void
  /** Takes one back. */
  undo(id: string): void
  /** A source goes by another name from now on. */
  rename(source: string, to: string): void
}

const Line = z.union([
  Correction,
  z.object({ undo: z.string() }),
  z.object({ renamed: z.string(), to: z.string() }),
])
type Line = z.infer<typeof Line>

/**
 * The corrections in a file, a line of JSON for each thing done. It only grows, a line in one write, so
 * that two who write lose nothing, and one who is killed no more than the line. Lines that cannot be
 * read are told to `onNotice`, once until the file is another, and stay.
 */
export function openCorrections(
  file: string,
  { onNotice = () => {} }: { readonly onNotice?: (notice: string) => void } = {},
): Corrections {
  let known = readLines('')

  return {
    all: () => [...read().standing.values()],
    unread: () => read().unread,
    add: append,
    undo: (id) => append({ undo: id }),
    rename: (source, to) => append({ renamed: source, to }),
  }

  function read(): Lines {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    if (text === known.text) return known
    known = readLines(text)
    for (const n of known.unread)
      onNotice(`${file}:${n}: this is no correction; mend or remove the line.`)
    return known
  }

  function append(line: Line): void {
    const fd = openSync(file, 'a', 0o600)
    try {
      // A line that was cut off is not to take this one with it.
      const isCutOff = !/(?:^|\n)$/u.test(readFileSync(file, 'utf8'))
      writeSync(fd, `${isCutOff ? '\n' : ''}${JSON.stringify(line)}\n`)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
  }
}

interface Lines {
  readonly text: string
  readonly standing: ReadonlyMap<string, Correction>
  readonly unread: readonly number[]
}

function readLines(text: string): Lines {
  const standing = new Map<string, Correction>()
  const unread: number[] = []
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const { data } = Line.safeParse(parseJson(line))
    if (data) apply(standing, data)
    else unread.push(i + 1)
  }
  return { text, standing, unread }
}

function apply(standing: Map<string, Correction>, line: Line): void {
  if ('undo' in line) standing.delete(line.undo)
  else if ('id' in line) standing.set(line.id, line)
  else
    for (const [id, correction] of standing)
      if (correction.source === line.renamed) standing.set(id, { ...correction, source: line.to })
}
