import { normalize, termsOf } from '../../retrieval/tokens.ts'
import type { WeighedUnit } from '../../retrieval/weigh.ts'

/** A word of a question or a pair of its letters, and what else would say the same. */
export interface SubjectTerm {
  /** Normalized. */
  readonly text: string
  /** The pairs of letters it is made of. */
  readonly parts: readonly string[]
  /** Where it stands in the normalized question, -1 when it is of an earlier one. */
  readonly at: number
  /** What it counts for: a rare one more, a question word next to nothing. */
  readonly weight: number
  /** Other words for it, normalized. */
  readonly others: readonly string[]
  /** A word for a thing that stands nowhere, neither it nor another word for it. */
  readonly unknown: boolean
}

/** What a question is about. */
export interface Subject {
  /** Normalized; without the turns before it. */
  readonly question: string
  readonly terms: readonly SubjectTerm[]
}

/** A pair of letters counted as rarer than this tells no more. */
const RAREST = 6
/** What a word that stands nowhere is worth: less than one that could be found. */
const UNKNOWN = 3.5
/** A number of two digits and more: who names it means that very one. */
const FIGURE = 1.5
/** A letter alone, beside a pair. */
const ALONE = 0.25

/** Doing, not a thing: whether it was printed in these words says little. */
const VERBAL = /[了过到成着出]$|^[还不没最更太再又就才也都改能可想要被]|[吗呢吧啊]/u
/** Words of time and measure, and of asking, that dictionaries list and papers need not print. */
const LOOSE =
  /^(?:时候|以后|之后|以前|现在|里头|外头|一遍|一趟|一回|一次|两百|七百|四十|八成|一起|有没|怎么|到底|别的|这边|那边|咱们|他们|我们|答应|提到|觉得)$/u

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** A question's units as an answer weighs them. */
export function subjectOf(question: string, units: readonly WeighedUnit[]): Subject {
  const normal = normalize(question)
  const words = dictionaryWords(normal)
  const terms = units.flatMap((unit): SubjectTerm[] => {
    const at = unit.from === 'question' ? normal.indexOf(unit.text) : -1
    const parts = termsOf(unit.text)
    const single = unit.text.length === 1 && !/\d/.test(unit.text)
    if (unit.known) {
      const rarity =
        Math.min(unit.mass, RAREST * parts.length * unit.weight) *
        (/^\d{2,}$/.test(unit.text) ? FIGURE : 1)
      return [{ ...termOf(unit, parts, at), weight: rarity * (single ? ALONE : 1), unknown: false }]
    }
    // Letters across two words stand nowhere by chance; only a word that does tells something.
    if (!words.has(unit.text)) return []
    const thing = unit.weight > 0.7 && !single && !VERBAL.test(unit.text) && !LOOSE.test(unit.text)
    return [
      {
        ...termOf(unit, parts, at),
        weight: UNKNOWN * unit.weight * (thing ? 1 : 0.5),
        unknown: thing,
      },
    ]
  })
  return { question: normal, terms }
}

function termOf({ text, others }: WeighedUnit, parts: readonly string[], at: number) {
  return { text, parts, others, at }
}

function dictionaryWords(text: string): Set<string> {
  return new Set(
    [...segmenter.segment(text)].flatMap(({ segment, isWordLike }) =>
      isWordLike ? [segment, ...termsOf(segment)] : [],
    ),
  )
}
