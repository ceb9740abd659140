import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { z } from 'zod'
import { Correction } from '../../correction.ts'
import { parseJson } from '../../parse-json.ts'

/** What staff corrected in the reading of sources. */
export interface Corrections {
  /** Those that stand, in the order in which they were made. */
  all(): Correction[]
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
 * read are told to `onNotice`, and stay.
 */
export function openCorrections(
  file: string,
  { onNotice = () => {} }: { readonly onNotice?: (notice: string) => void } = {},
): Corrections {
  return {
    all: () => [...read().values()],
    add: append,
    undo: (id) => append({ undo: id }),
    rename: (source, to) => append({ renamed: source, to }),
  }

  function read(): Map<string, Correction> {
    const standing = new Map<string, Correction>()
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    for (const [i, line] of text.split('\n').entries()) {
      if (line.trim() === '') continue
      const { data } = Line.safeParse(parseJson(line))
      if (data) apply(standing, data)
      else onNotice(`${file}:${i + 1}: this is no correction; mend or remove the line.`)
    }
    return standing
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

function apply(standing: Map<string, Correction>, line: Line): void {
  if ('undo' in line) standing.delete(line.undo)
  else if ('id' in line) standing.set(line.id, line)
  else
    for (const [id, correction] of standing)
      if (correction.source === line.renamed) standing.set(id, { ...correction, source: line.to })
}
