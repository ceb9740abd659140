import type { Governors } from '../../language/governors.ts'
import { wordsOf } from '../../language/words.ts'

/** Where a sentence stands, as far as it tells whose word it is. */
export interface Heading {
  readonly headline: string | null
  readonly kicker: string | null
  readonly subhead: string | null
  /** The heading above its subhead: 三、对策建议 over （一）强化招商. */
  readonly section: string | null
  /** What its paragraph says before it. */
  readonly before: string
}

/**
 * The label of a proposal: what is written under 对策, 建议 or 提案 was asked for, not done; so is a
 * sentence that begins with 建议. Null for what is reported as fact.
 */
export function proposalLabel(
  { headline, kicker, subhead, section, before }: Heading,
  told: string,
  governs: Governors,
): string | null {
  const has = (name: string, text: string) => governs(name, [whole(text)])
  // 某某代表提出：一是…。由财政…: whoever proposes is named before.
  const speaker = before !== '' && has('proposing', before)
  if (speaker && has('congress', before)) return '代表建议'
  if (speaker && has('committee', before)) return '委员建议'
  const heads = [subhead, section, headline, kicker].filter((head) => head !== null)
  const titled = [headline, kicker].some(
    (head) => head !== null && has('proposal-title', head) && !has('taken-up', head),
  )
  const isFact = subhead !== null && has('fact-heading', subhead)
  const headed =
    [subhead, section].some((head) => head !== null && has('proposal-heading', head)) ||
    (titled && !isFact)
  if (!headed && !governs('proposal', wordsOf(told.slice(0, BEGINNING)))) return null
  if (heads.some((head) => has('congress', head))) return '代表建议'
  if (heads.some((head) => has('committee', head))) return '委员建议'
  return headed ? '报告建议' : '有人建议'
}

/** A text as one word: headings are asked for a part of it. */
const whole = (text: string) => ({ text, tag: 'x', start: 0, end: text.length })

/** Characters in which the first word of a sentence stands. */
const BEGINNING = 6
