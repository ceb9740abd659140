import { join } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import type { Item } from '../item.ts'
import { LEAD } from '../layout/marker.ts'
import { isFinished } from '../layout/sentence.ts'
import { affinities } from './affinity.ts'
import { rangeOf } from './draft.ts'
import type { Draft } from './draft.ts'
import { textOf } from './headline-unit.ts'
import type { HeadlineUnit } from './headline-unit.ts'
import { nameHeadlines } from './name-headlines.ts'
import { isNoticeTitle } from '../layout/notice.ts'

export const BROKEN_OFF = '正文末句不完整，原文可能缺字'
/** Paragraphs that a headline sums up. */
const LEAD_PARAGRAPHS = 2

/**
 * Makes items of a draft and of the headline lines that fell to it: the draft's own, and the
 * captions of pictures that were set inside its text.
 */
export function finishItem(
  draft: Draft,
  units: readonly HeadlineUnit[],
  section: Traced | null,
  adjoins: (left: string, right: string) => boolean,
): Item[] {
  const { main, inside, loose } = sortUnits(draft, units)
  const body = draft.body.map(({ text }) => text)
  const titles = nameHeadlines(
    [...draft.before, ...main].flatMap(({ lines }) => lines),
    loose.flatMap(({ lines }) => lines),
    body.map(({ text }) => text).join('\n'),
    adjoins,
  )
  const own = [...draft.before, ...main, ...loose].flatMap(({ credits }) => credits)
  const isNotice = isNoticeTitle(titles.headline?.text ?? '') && !LEAD.test(body[0]?.text ?? '')
  const isBroken = draft.kind !== 'photo' && !isFinished(body.at(-1)?.text ?? '')
  const item: Item = {
    kind: draft.kind === 'article' && isNotice ? 'notice' : draft.kind,
    headline: titles.headline,
    kicker: titles.kicker,
    subtitle: titles.subtitle,
    subheads: draft.body.filter(({ subhead }) => subhead).map(({ text }) => text),
    rows: [],
    // A second name of a column has no field of its own.
    credits: [
      ...own,
      ...draft.credits,
      ...titles.captions,
      ...(section && titles.section ? [section] : []),
    ],
    section: titles.section ?? section,
    body,
    notes: [...draft.notes, ...titles.notes, ...(isBroken ? [BROKEN_OFF] : [])],
  }
  return [item, ...inside.map((unit) => captionOf(unit))]
}

/** The lines over the body; others inside its text, which are captions; and others elsewhere. */
function sortUnits(draft: Draft, units: readonly HeadlineUnit[]) {
  const [start, end] = rangeOf(draft)
  const head = draft.before.length > 0 ? undefined : mainUnit(units, draft)?.group
  const rest = units.filter(({ group }) => group !== head)
  const isInside = ({ group, lines }: HeadlineUnit) =>
    lines.length > 0 && group.at > start && group.at < end
  return {
    main: units.filter(({ group }) => group === head),
    inside: rest.filter((unit) => isInside(unit)),
    loose: rest.filter((unit) => !isInside(unit)),
  }
}

/** The unit with names under it, else the one that says most of what the lead says. */
function mainUnit(units: readonly HeadlineUnit[], { body }: Draft): HeadlineUnit | undefined {
  if (units.length < 2) return units[0]
  const texts = body.map(({ text }) => text.text)
  const affinity = affinities(
    [texts.slice(0, LEAD_PARAGRAPHS).join(''), texts.slice(LEAD_PARAGRAPHS).join('')],
    units.map((unit) => textOf(unit)),
  )
  const score = (unit: HeadlineUnit) =>
    (unit.credits.length > 0 ? 2 : 0) + affinity(textOf(unit), 0)
  return units.toSorted((a, b) => score(b) - score(a))[0]
}

const captionOf = ({ lines, credits }: HeadlineUnit): Item => ({
  kind: 'photo',
  headline: null,
  kicker: null,
  subtitle: null,
  subheads: [],
  rows: [],
  credits,
  section: null,
  body: [
    join(
      lines.map(({ text }) => text),
      ' ',
    ),
  ],
  notes: [],
})
