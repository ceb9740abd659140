import type { Passage } from '../../corpus.ts'
import type { DraftNotice } from '../verify/draft.ts'

/** Words that hold for a time only. */
const TIMED =
  /截至|截止|目前|现有|今年|明年|预计|拟于|拟(?!人|定)|计划(?:于|投资|在|今年|明年)|将于|年内|年底|力争|下一步|正在|即将|筹备/u
/** Days after which such words may have run out. */
const SOON = 180

/**
 * One notice when what is quoted speaks of its own time, and that is past by the day of asking.
 * `today` is YYYY-MM-DD; an article without a date tells nothing.
 */
export function staleNotice(
  quoted: readonly { readonly quote: string; readonly passage: Passage }[],
  today: string,
  labelOf: (passage: Passage) => number,
): DraftNotice[] {
  const dated = quoted.flatMap(({ quote, passage }) => {
    const word = TIMED.exec(quote)?.[0]
    const { value } = passage.date
    return word && value && daysBetween(value, today) > SOON
      ? [{ word, value, quote, passage }]
      : []
  })
  const [oldest] = dated.toSorted((a, b) => a.value.localeCompare(b.value))
  if (!oldest) return []
  const [year, month] = oldest.value.split('-').map(Number)
  return [
    {
      kind: 'stale',
      text: `“${oldest.word}”指报道当时（${year}年${month ? `${month}月` : ''}），以后可能有变化。`,
      evidence: [{ label: labelOf(oldest.passage), quote: oldest.quote }],
    },
  ]
}

function daysBetween(from: string, to: string): number {
  const day = (date: string) =>
    Date.parse(date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-28` : date)
  return (day(to) - day(from)) / 86_400_000
}
