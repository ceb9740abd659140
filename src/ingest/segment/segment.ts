import type { Traced } from '../../traced.ts'
import type { Item, Segmented } from '../item.ts'
import { neighbours } from '../layout/neighbours.ts'
import type { Paragraph } from '../layout/paragraph.ts'
import { draftItems } from './draft-items.ts'
import { rangeOf } from './draft.ts'
import type { Draft, Furniture } from './draft.ts'
import { finishItem } from './finish-item.ts'
import type { HeadlineUnit } from './headline-unit.ts'
import { matchHeadlines } from './match-headlines.ts'
import { readTable } from './read-table.ts'

/** So far above a body, in characters of the source, its running head stands. */
const HEAD_DISTANCE = 40

/**
 * Takes a page apart into articles, photo captions, tables and notices, in the order of the source.
 * Every character ends up in one of them or in named furniture. `headlinesOver` where headlines are
 * known to stand over their texts.
 */
export function segment(
  paragraphs: readonly Paragraph[],
  source: string,
  headlinesOver = false,
): Segmented {
  const adjoins = neighbours(paragraphs.map(({ text }) => text.text).join('\n'))
  const drafted = draftItems(paragraphs, source, adjoins, headlinesOver)
  const { drafts, units, unmatched } = matchHeadlines(drafted.drafts, drafted.groups)
  const sections = assignSections(drafted.running, drafts)
  const finished = drafts.flatMap((draft, d) =>
    finishItem(draft, units[d]!, sections.get(d) ?? null, adjoins),
  )
  const tables = drafted.tables.map((table) => readTable(table))
  const used = new Set(sections.values())
  return {
    items: [...finished, ...tables.map(({ item }) => item)].toSorted(
      (a, b) => placeOf(a) - placeOf(b),
    ),
    furniture: [
      ...drafted.furniture,
      ...tables.flatMap(({ furniture }) => furniture),
      ...drafted.running
        .filter((head) => !used.has(head))
        .map((text) => ({ what: '栏目眉题', text })),
      ...unmatched.flatMap((unit) => leftOver(unit)),
    ],
  }
}

/** Where an item stands in the source: its first word that is not a column's label. */
const placeOf = ({ body, headline }: Item) =>
  (body.length === 0 && headline ? [headline] : body).reduce(
    (first, { origin }) => Math.min(first, origin[0] ?? Infinity),
    Infinity,
  )

const leftOver = ({ lines, credits }: HeadlineUnit): Furniture[] => [
  ...lines.map(({ text }) => ({ what: '未能归属的标题行', text })),
  ...credits.map((text) => ({ what: '未能归属的署名', text })),
]

/** The running head right over each body, else one inside it: the column that it stands in. */
function assignSections(running: readonly Traced[], drafts: readonly Draft[]): Map<number, Traced> {
  const sections = new Map<number, Traced>()
  const free = new Set(running)
  for (const [d, draft] of drafts.entries()) {
    if (draft.kind === 'photo') continue
    const [start, end] = rangeOf(draft)
    const heads = [...free].map((head) => ({ head, at: head.origin[0]! }))
    const over = heads.findLast(({ at }) => at < start && start - at < HEAD_DISTANCE)
    const chosen = over ?? heads.find(({ at }) => at > start && at < end)
    if (!chosen) continue
    sections.set(d, chosen.head)
    free.delete(chosen.head)
  }
  return sections
}
