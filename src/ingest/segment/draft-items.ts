import { concat } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import { cellsOf, isPiped } from '../layout/cells.ts'
import { partCaption, partEndCredit, PHOTO_CREDIT } from '../layout/credit.ts'
import type { Label } from '../layout/label.ts'
import { TABLE_HEAD } from '../layout/marker.ts'
import { isBody } from '../layout/paragraph.ts'
import type { Paragraph } from '../layout/paragraph.ts'
import { isFinished } from '../layout/sentence.ts'
import { continuations } from './continuation.ts'
import { newDraft } from './draft.ts'
import type { DisplayGroup, DisplayLine, Draft, Furniture } from './draft.ts'
import { partGhost } from './ghost.ts'
import type { TableParts } from './table.ts'

/** A page taken apart before headlines are matched to bodies. */
export interface Drafted {
  readonly drafts: Draft[]
  readonly groups: DisplayGroup[]
  readonly tables: TableParts[]
  readonly running: Traced[]
  readonly furniture: Furniture[]
}

/** A report in pictures is at most so long. */
const PHOTO_LENGTH = 600

const FURNITURE: Partial<Record<Label, string>> = {
  'page number': '页码刊期',
  'page credits': '版面责任人',
  masthead: '报头',
}

/**
 * Goes through a page in its order and gathers bodies, credits, headline lines and tables;
 * `headlinesOver` where headlines are known to stand over their texts.
 */
export function draftItems(
  paragraphs: readonly Paragraph[],
  source: string,
  adjoins: (left: string, right: string) => boolean,
  headlinesOver: boolean,
): Drafted {
  const carriesOn = continuations(paragraphs, adjoins)
  const drafted: Drafted = { drafts: [], groups: [], tables: [], running: [], furniture: [] }
  /** Where each paragraph of a body went: its draft, and its place in the draft's body. */
  const placed = new Map<number, { draft: Draft; at: number }>()
  /** The text that runs, and the one that a caption was set in. */
  let draft: Draft | undefined
  let around: Draft | undefined
  let group: { lines: DisplayLine[]; credits: Traced[]; at: number } | undefined

  for (const [i, paragraph] of paragraphs.entries()) {
    const { text, label } = paragraph
    const furniture = FURNITURE[label]
    if (furniture) drafted.furniture.push({ what: furniture, text })
    else if (label === 'running head') drafted.running.push(text)
    else if (label === 'title') addTitle(paragraph)
    else if (label === 'credit') addCredit(text)
    else if (label === 'table title' || label === 'data source' || label === 'table')
      addToTable(i, label)
    else {
      closeGroup(i)
      if (label === 'roster' || label === 'editor') addNames(text)
      else addText(i)
    }
  }
  closeGroup()
  return drafted

  function addTitle({ text, level, vertical, gapBefore, opensBlock }: Paragraph) {
    if (group && group.credits.length > 0) closeGroup()
    group ??= { lines: [], credits: [], at: text.origin[0]! }
    group.lines.push({ text, level, vertical, gapBefore, opensBlock })
  }

  /** Names under headline lines are theirs, others end the text that runs. */
  function addCredit(text: Traced) {
    if (group) group.credits.push(text)
    else if (draft && draft.body.length > 0) endWith(text)
    else group = { lines: [], credits: [text], at: text.origin[0]! }
  }

  function endWith(credit: Traced) {
    const ended = draft!
    ended.credits.push(credit)
    ended.ended = true
    const length = ended.body.reduce((sum, { text }) => sum + text.text.length, 0)
    if (PHOTO_CREDIT.test(credit.text) && length <= PHOTO_LENGTH) ended.kind = 'photo'
  }

  function addNames(text: Traced) {
    if (!draft) drafted.furniture.push({ what: '署名', text })
    else {
      draft.credits.push(text)
      draft.ended = true
    }
  }

  /** Headlines are matched to bodies later, but for Markdown heads and names without a headline. */
  function closeGroup(i?: number) {
    const closed = group
    group = undefined
    if (!closed) return
    const next = i === undefined ? undefined : paragraphs[i]
    const standsOver = closed.lines.length === 0 || closed.lines.some(({ level }) => level !== null)
    if (standsOver && next && isBody(next)) open('article').before.push({ ...closed, over: true })
    else {
      drafted.groups.push({ ...closed, over: headlinesOver && next?.label === 'lead' })
      // A headline in the flow of a column ends the text above it; one at a page's foot does not.
      const inFlow = next !== undefined && isBody(next) && !next.opensBlock && !carriesOn.has(i!)
      if (draft && inFlow) draft.ended = true
    }
  }

  function open(kind: Draft['kind']): Draft {
    around = kind === 'photo' && draft && !draft.ended ? draft : undefined
    draft = newDraft(kind)
    drafted.drafts.push(draft)
    return draft
  }

  function addText(i: number) {
    const continued = placed.get(carriesOn.get(i) ?? -1)
    if (continued) carryOn(i, continued)
    else append(draftFor(i), i)
    const { draft: own, at } = placed.get(i)!
    const [kept, credit] = partCredit(own.body[at]!.text, own.kind)
    if (!credit) return
    own.body[at] = { ...own.body[at]!, text: kept }
    endWith(credit)
  }

  /** The draft that a paragraph goes to: the text that a caption was set in goes on below it. */
  function draftFor(i: number): Draft {
    const { label, opensBlock } = paragraphs[i]!
    if (label === 'caption') return open('photo')
    if (draft?.body.length === 0) return draft
    const isCaption = draft?.kind === 'photo' && !draft.ended
    if (isCaption && (label === 'caption on' || endsInPhotographer(paragraphs, i))) return draft!
    if ((isCaption || draft?.ended) && around) draft = around
    if (!draft || draft.ended || draft.kind === 'photo' || label === 'lead') return open('article')
    // Another text begins in a new block while this one waits to be carried on further down.
    const waits = opensBlock && !isFinished(draft.body.at(-1)!.text.text)
    return waits ? open('article') : draft
  }

  function append(to: Draft, i: number) {
    const { text, opensBlock, label } = paragraphs[i]!
    const subhead = label === 'subhead'
    const before = to.body.at(-1)
    const parted = before && !subhead ? partGhost(before.text.text, text) : null
    if (parted) drafted.furniture.push({ what: '重影', text: parted[0] })
    const at = to.body.push({ text: parted ? parted[1] : text, subhead, opensBlock }) - 1
    placed.set(i, { draft: to, at })
  }

  function carryOn(i: number, place: { draft: Draft; at: number }) {
    const { body } = place.draft
    const whole = body[place.at]!
    body[place.at] = { ...whole, text: concat([whole.text, paragraphs[i]!.text]) }
    draft = place.draft
    placed.set(i, place)
  }

  function addToTable(i: number, label: 'table title' | 'data source' | 'table') {
    const { text } = paragraphs[i]!
    const { tables } = drafted
    const last = tables.at(-1)
    const begins = label === 'table' && beginsTable(i)
    if (label === 'table title' || !last || (begins && last.lines.length > 0))
      tables.push({ title: null, source: null, lines: [] })
    const table = tables.at(-1)!
    if (label === 'table title') table.title = text
    else if (label === 'data source') table.source = text
    else table.lines.push(cellsOf(text, source))
  }

  /** Whether the table line before is another's: it stands apart, or has other marks, or a head begins anew. */
  function beginsTable(i: number): boolean {
    const [before, line] = [paragraphs[i - 1], paragraphs[i]!]
    if (before?.label !== 'table') return true
    const isHead = TABLE_HEAD.test(cellsOf(line.text, source)[0]?.text ?? '')
    return isHead || isPiped(line.text.text) !== isPiped(before.text.text)
  }
}

/** Paragraphs of a caption after its first, at most. */
const CAPTION_PARAGRAPHS = 3

/** Whether who took the photograph is named at the end of the text that goes on at paragraph `i`. */
function endsInPhotographer(paragraphs: readonly Paragraph[], i: number): boolean {
  for (const paragraph of paragraphs.slice(i, i + CAPTION_PARAGRAPHS + 1)) {
    const { text, label } = paragraph
    if (label === 'credit') return PHOTO_CREDIT.test(text.text)
    if (label === 'lead' || !isBody(paragraph)) return false
    if (partEndCredit(text)[1]) return PHOTO_CREDIT.test(text.text)
  }
  return false
}

function partCredit(text: Traced, kind: Draft['kind']): [Traced, Traced | null] {
  const parted = partEndCredit(text)
  return parted[1] || kind !== 'photo' ? parted : partCaption(text)
}
