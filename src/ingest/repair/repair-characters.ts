import type { Traced } from '../../traced.ts'
import { singleLetters } from './doubled-letters.ts'
import { dropGaps } from './drop-gaps.ts'
import { decodeEntities } from './entities.ts'
import { dropLostCharacters, LOST } from './lost-characters.ts'
import { plainForms } from './plain-forms.ts'
import { restoreSymbols } from './restore-symbols.ts'
import type { Restored } from './restore-symbols.ts'
import { singleMarks } from './single-marks.ts'
import { misprints } from '../../language/misprints.ts'

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
  let text = source
  let restored = 0
  for (let round = 0; round < ROUNDS; round++) {
    const again = repairOnce(text)
    if (again.text.text === text.text) break
    text = again.text
    restored += again.restored
  }
  return {
    text,
    notes: [
      ...symbolNotes(text.text, restored),
      ...lossNotes(source.text, text.text),
      ...misprintNotes(text.text),
    ],
  }
}

/** One rule may uncover what another repairs; two rounds settle all but made-up texts. */
const ROUNDS = 5

function repairOnce(source: Traced): Restored {
  const { text, restored } = restoreSymbols(source)
  return {
    text: singleMarks(
      dropGaps(singleLetters(plainForms(dropLostCharacters(decodeEntities(text))))),
    ),
    restored,
  }
}

const PAIRS = ['“”', '《》', '（）', '〔〕', '‘’'] as const

/** How many symbols came back, and brackets without partners: a decision among them may be wrong. */
function symbolNotes(text: string, restored: number): string[] {
  if (restored === 0) return []
  const unpaired = PAIRS.filter(([open, close]) => count(text, open!) !== count(text, close!))
  return [
    `标点在提取时错位成汉字，已还原${restored}处`,
    ...(unpaired.length > 0 ? [`还原后${unpaired.join('、')}未能一一成对，请核对`] : []),
  ]
}

function lossNotes(before: string, after: string): string[] {
  const lost = before.match(LOST)?.length ?? 0
  if (lost === 0) return []
  const kept = after.match(LOST)?.length ?? 0
  return [
    `有${lost}处无法识别的字符，${lost - kept}处按空格处理`,
    ...(kept > 0 ? [`${kept}处在字词中间，可能缺字，保留原样`] : []),
  ]
}

function count(text: string, character: string): number {
  let n = 0
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) n++
  return n
}

/** Words that look misread, each named once with what it is probably for; the text stays as it is. */
function misprintNotes(text: string): string[] {
  return [...Map.groupBy(misprints(text), ({ read }) => read).values()].map(
    (found) => `“${found[0]!.read}”疑为“${found[0]!.meant}”的误识（${found.length}处），原文未改`,
  )
}
