import { join, trace } from '../traced.ts'
import type { Traced } from '../traced.ts'
import { layOut } from './layout/lay-out.ts'
import { repairCharacters } from './repair/repair-characters.ts'

/** A source as a person would print it: characters repaired, lines joined, a line a paragraph. */
export const repaired = (source: string): Traced =>
  join(
    layOut(repairCharacters(trace(source)).text, source).map(({ text }) => text),
    '\n',
  )

/** The text of `repaired`. */
export const repairedText = (source: string): string => repaired(source).text
