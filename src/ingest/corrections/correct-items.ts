import { type Traced, slice, trim } from '../../traced.ts'
import type { Item, Segmented } from '../item.ts'
import { BROKEN_OFF } from '../segment/finish-item.ts'
import { BY_STAFF, type Correction } from '../../correction.ts'
import { findWords } from './find-words.ts'

/** A page whose articles begin, end and are what staff say; each correction that finds its place is told to `onPlaced`. */
export function correctItems(
  segmented: Segmented,
  corrections: readonly Correction[],
  onPlaced: (correction: Correction) => void,
): Segmented {
  const items = corrections.reduce<readonly Item[]>((before, correction) => {
    const after = correct(before, correction)
    if (after) onPlaced(correction)
    return after ?? before
  }, segmented.items)
  return { ...segmented, items }
}

/** Undefined where a correction is of another kind, or finds no place. */
function correct(items: readonly Item[], correction: Correction): readonly Item[] | undefined {
  const { what, value } = correction
  if (what !== 'split' && what !== 'join' && what !== 'kind') return undefined
  const found = findWords(items, correction.words, correction.near)
  if (!found) return undefined
  const item = items[found.i]!
  if (what === 'kind')
    return items.with(found.i, { ...item, kind: value, notes: [...item.notes, BY_STAFF.kind] })
  if (what === 'split') return items.toSpliced(found.i, 1, ...split(item, found.at, value))
  const next = findWords(items, value, correction.near)
  if (!next) return undefined
  if (next.i === found.i) return items
  return items.with(found.i, joined(item, items[next.i]!)).toSpliced(next.i, 1)
}

/** An item in two, at an offset in its body; its second part begins with its headline, where it has one. */
function split(item: Item, at: number, begins: 'text' | 'headline'): Item[] {
  const [before, after] = parted(item.body, at)
  if (before.length === 0) return [item]
  const among = (paragraphs: readonly Traced[]) => {
    const places = new Set(paragraphs.map(({ origin }) => origin[0]))
    return ({ origin }: Traced) => places.has(origin[0])
  }
  const part = (body: readonly Traced[]) => ({
    body,
    subheads: item.subheads.filter(among(body)),
    rows: item.rows.filter(among(body)),
  })
  const isHeaded = begins === 'headline' && after.length > 1
  return [
    { ...item, ...part(before) },
    {
      ...part(isHeaded ? after.slice(1) : after),
      kind: item.kind,
      headline: isHeaded ? after[0]! : null,
      kicker: null,
      subtitle: null,
      credits: [],
      section: item.section,
      notes: [BY_STAFF.split],
    },
  ]
}

/** Marks that open belong to what they stand before. */
const OPENING = /[“‘（《〈【([■●◆▲]/u

/** Paragraphs before and from an offset in the text that they are, joined. */
function parted(body: readonly Traced[], at: number): [before: Traced[], after: Traced[]] {
  const before: Traced[] = []
  const after: Traced[] = []
  let from = 0
  for (const paragraph of body) {
    let cut = Math.max(0, at - from)
    while (cut > 0 && OPENING.test(paragraph.text[cut - 1] ?? '')) cut--
    before.push(trim(slice(paragraph, 0, cut)))
    after.push(trim(slice(paragraph, cut)))
    from += paragraph.text.length + 1
  }
  const isFilled = ({ text }: Traced) => text !== ''
  return [before.filter(isFilled), after.filter(isFilled)]
}

/** What the second prints over its text goes on as text. */
function joined(first: Item, second: Item): Item {
  const { kicker, headline, subtitle } = second
  const heads = [kicker, headline, subtitle].filter((line) => line !== null)
  return {
    ...first,
    subheads: [...first.subheads, ...heads, ...second.subheads],
    rows: [...first.rows, ...second.rows],
    credits: [...first.credits, ...second.credits],
    body: [...first.body, ...heads, ...second.body],
    notes: [...first.notes.filter((note) => note !== BROKEN_OFF), ...second.notes, BY_STAFF.join],
  }
}
