import type { Traced } from '../../traced.ts'
import { dropGaps } from './drop-gaps.ts'
import { dropLostCharacters } from './lost-characters.ts'
import { plainForms } from './plain-forms.ts'
import { restoreSymbols } from './restore-symbols.ts'
import { singleMarks } from './single-marks.ts'

/** A text as a person would print it, and what staff should know of the repair, in Chinese. */
export interface Repaired {
  readonly text: Traced
  readonly notes: string[]
}

/**
 * Repairs the characters of a source: shifted symbols, lost characters, odd forms, stray spaces,
 * doubled marks. Words are never changed; line breaks and indents are left to layout.
 */
export function repairCharacters(source: Traced): Repaired {
  const { text: symbols, restored } = restoreSymbols(source)
  const text = singleMarks(dropGaps(plainForms(dropLostCharacters(symbols))))
  const notes: string[] = []
  if (restored > 0) notes.push(`标点在编码中错位，已还原${restored}处`)
  return { text, notes }
}
