import { concat, join } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import type { Item, Segmented } from '../item.ts'
import { neighbours } from '../layout/neighbours.ts'
import type { Paragraph } from '../layout/paragraph.ts'
import { isFinished } from '../layout/sentence.ts'
import { affinities } from './affinity.ts'
import { draftItems } from './draft-items.ts'
import { newDraft, rangeOf } from './draft.ts'
import type { DisplayLine, Draft, Furniture } from './draft.ts'
import { textOf } from './headline-unit.ts'
import type { HeadlineUnit } from './headline-unit.ts'
import { matchHeadlines } from './match-headlines.ts'
import { nameHeadlines } from './name-headlines.ts'
import { readTable } from './read-table.ts'

/** Takes a page apart into articles, photo captions, tables and notices; every character ends up in one of them or in named furniture. */
export function segment(paragraphs: readonly Paragraph[], source: string): Segmented {
  const { drafts, groups, tables, running, furniture } = draftItems(paragraphs)
  const { drafts: parted, units, unmatched } = matchHeadlines(drafts, groups)
  const adjoins = neighbours(paragraphs.map(({ text }) => text.text).join('\n'))
  const pieces: { at: number; item: Item }[] = []
  const left: Furniture[] = [...furniture]
  const sections = assignRunning(running, parted)
  parted.forEach((draft, d) => {
    const { item, photos } = toItem(draft, units[d]!, sections.get(d) ?? null, adjoins)
    pieces.push(
      { at: rangeOf(draft)[0], item },
      ...photos.map((photo) => ({ at: startOf(photo.body), item: photo })),
    )
  })
  for (const table of tables) {
    const { item, furniture: heads } = readTable(table)
    pieces.push({ at: table.at, item })
    left.push(...heads)
  }
  const used = new Set(sections.values())
  for (const head of running) if (!used.has(head)) left.push({ what: '栏目眉题', text: head })
  for (const unit of unmatched) {
    for (const { text } of unit.lines) left.push({ what: '未能归属的标题行', text })
    for (const text of unit.credits) left.push({ what: '未能归属的署名', text })
  }
  pieces.sort((a, b) => a.at - b.at)
  return { items: pieces.map(({ item }) => item), furniture: left }
}

const startOf = (body: readonly Traced[]) => body[0]?.origin[0] ?? 0

/** The running head inside or nearest before each draft. */
function assignRunning(running: readonly Traced[], drafts: readonly Draft[]): Map<number, Traced> {
  const sections = new Map<number, Traced>()
  const free = new Set(running)
  drafts.forEach((draft, d) => {
    if (draft.kind === 'photo') return
    const [start, end] = rangeOf(draft)
    const inside = running.find(
      (head) => free.has(head) && head.origin[0]! > start && head.origin[0]! < end,
    )
    const before = running.findLast(
      (head) => free.has(head) && head.origin[0]! < start && start - head.origin[0]! < 40,
    )
    const head = before ?? inside
    if (!head) return
    sections.set(d, head)
    free.delete(head)
  })
  return sections
}

function toItem(
  draft: Draft,
  units: readonly HeadlineUnit[],
  section: Traced | null,
  adjoins: (left: string, right: string) => boolean,
): { item: Item; photos: Item[] } {
  const body = draft.body.map(({ text }) => text)
  const text = body.map((paragraph) => paragraph.text).join('\n')
  const [start, end] = rangeOf(draft)
  const inside = (unit: HeadlineUnit) => unit.group.at > start && unit.group.at < end
  const main = mainUnit(units, body)
  const isMain = (unit: HeadlineUnit) => main?.group === unit.group && draft.before.length === 0
  const stray = units.filter((unit) => !isMain(unit) && inside(unit))
  const loose = units.filter((unit) => !isMain(unit) && !inside(unit))
  const lines: DisplayLine[] = [
    ...draft.before.flatMap((group) => group.lines),
    ...units.filter((unit) => isMain(unit)).flatMap((unit) => unit.lines),
  ]
  const titles = nameHeadlines(
    lines,
    text,
    adjoins,
    loose.flatMap((unit) => unit.lines),
  )
  const credits = [
    ...draft.before.flatMap((group) => group.credits),
    ...units.flatMap((unit) => unit.credits),
    ...draft.credits,
    ...titles.captions,
  ]
  const last = body.at(-1)?.text ?? ''
  const item: Item = {
    kind: draft.kind,
    headline: titles.headline,
    kicker: titles.kicker,
    subtitle: titles.subtitle,
    subheads: draft.body.filter(({ subhead }) => subhead).map(({ text: head }) => head),
    credits,
    section: titles.section ?? section,
    body,
    notes: [
      ...draft.notes,
      ...titles.notes,
      ...(isFinished(last) || draft.kind === 'photo' ? [] : ['正文末句不完整,原文可能缺字']),
    ],
  }
  const photos = stray.map((unit) => photoOf(unit))
  return { item, photos }
}

/** The unit with names under it, else the one that says most of what the lead says. */
function mainUnit(
  units: readonly HeadlineUnit[],
  body: readonly Traced[],
): HeadlineUnit | undefined {
  if (units.length < 2) return units[0]
  const lead = body
    .slice(0, 2)
    .map(({ text }) => text)
    .join('')
  const affinity = affinities([
    lead,
    body
      .slice(2)
      .map(({ text }) => text)
      .join(''),
  ])
  const score = (unit: HeadlineUnit) =>
    (unit.credits.length > 0 ? 2 : 0) + affinity(textOf(unit), 0)
  return units.toSorted((a, b) => score(b) - score(a))[0]
}

function photoOf(unit: HeadlineUnit): Item {
  const draft = newDraft('photo')
  return {
    kind: draft.kind,
    headline: null,
    kicker: null,
    subtitle: null,
    subheads: [],
    credits: unit.credits,
    section: null,
    body: [
      join(
        unit.lines.map(({ text }) => text),
        ' ',
      ),
    ],
    notes: [],
  }
}

export { concat }
