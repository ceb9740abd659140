import type { Kind } from '../../corpus.ts'
import { concat } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import { cellsOf, isPiped } from '../layout/cells.ts'
import { LEAD, TABLE_HEAD } from '../layout/marker.ts'
import type { Paragraph } from '../layout/paragraph.ts'
import { isClosed, isFinished } from '../layout/sentence.ts'
import { continuations } from './continuation.ts'
import { partCaption, partEndCredit, PHOTO_CREDIT } from './credit.ts'
import { newDraft } from './draft.ts'
import type { DisplayGroup, DisplayLine, Draft, Furniture } from './draft.ts'
import { partGhost } from './ghost.ts'
import { longestPiece } from './longest-piece.ts'
import { beginsCaption } from './photo.ts'
import { rolesOf } from './role.ts'
import type { Role } from './role.ts'
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
const SUBHEAD_LINES = 3
/** Paragraphs below a subhead that it may speak of. */
const FOLLOWING = 4
/** Paragraphs above a headline in which its text is looked for. */
const PRECEDING = 30
/** Length of a piece of a headline that a text does not have by chance. */
const TELLING = 8
/** Share of a headline that the text it belongs to has in one piece. */
const MOST = 0.75

const FURNITURE: Partial<Record<Role, string>> = {
  'page number': '页码刊期',
  'page credits': '版面责任人',
  masthead: '报头',
}

/** Walks a page in its order and gathers bodies, credits, headline lines and tables. */
export function draftItems(
  paragraphs: readonly Paragraph[],
  source: string,
  adjoins: (left: string, right: string) => boolean,
): Drafted {
  const roles = rolesOf(paragraphs)
  const carriesOn = continuations(paragraphs, (i) => roles[i] === 'body', adjoins)
  const walk = new Walk(paragraphs, roles, carriesOn, source)
  for (const i of paragraphs.keys()) walk.step(i)
  return walk.finish()
}

class Walk {
  private readonly drafted: Drafted = {
    drafts: [],
    groups: [],
    tables: [],
    running: [],
    furniture: [],
  }
  private readonly paragraphs: readonly Paragraph[]
  private readonly roles: readonly Role[]
  /** From a paragraph that carries on to the one it continues. */
  private readonly carriesOn: ReadonlyMap<number, number>
  private readonly source: string
  /** Where each body paragraph went: its draft, and its place in the draft's body. */
  private readonly placed = new Map<number, { draft: Draft; at: number }>()
  /** The text that runs. */
  private draft: Draft | undefined
  private group: { lines: DisplayLine[]; credits: Traced[]; at: number } | undefined

  constructor(
    paragraphs: readonly Paragraph[],
    roles: readonly Role[],
    carriesOn: ReadonlyMap<number, number>,
    source: string,
  ) {
    this.paragraphs = paragraphs
    this.roles = roles
    this.carriesOn = carriesOn
    this.source = source
  }

  finish(): Drafted {
    this.closeGroup()
    return this.drafted
  }

  step(i: number): void {
    const { text } = this.paragraphs[i]!
    const role = this.roles[i]!
    const furniture = FURNITURE[role]
    if (furniture) this.drafted.furniture.push({ what: furniture, text })
    else if (role === 'running head') this.drafted.running.push(text)
    else if (role === 'display') this.addDisplay(this.paragraphs[i]!)
    else if (role === 'credit') this.addCredit(text)
    else if (role === 'table title' || role === 'data source' || role === 'table')
      this.addToTable(text, role, role === 'table' && this.beginsTable(i))
    else this.addText(i, role)
  }

  private addDisplay({ text, level, vertical, gapBefore, opensBlock }: Paragraph): void {
    if (this.group && this.group.credits.length > 0) this.closeGroup()
    this.group ??= { lines: [], credits: [], at: text.origin[0]! }
    this.group.lines.push({ text, level, vertical, gapBefore, opensBlock })
  }

  /** Names under headline lines are theirs, others end the text that runs. */
  private addCredit(text: Traced): void {
    if (this.group) this.group.credits.push(text)
    else if (this.draft && this.draft.body.length > 0) endWith(this.draft, text)
    else this.group = { lines: [], credits: [text], at: text.origin[0]! }
  }

  private addToTable(
    text: Traced,
    role: 'table title' | 'data source' | 'table',
    begins: boolean,
  ): void {
    const { tables } = this.drafted
    const last = tables.at(-1)
    if (role === 'table title' || !last || (begins && last.lines.length > 0))
      tables.push({ title: null, source: null, lines: [] })
    const table = tables.at(-1)!
    if (role === 'table title') table.title = text
    else if (role === 'data source') table.source = text
    else table.lines.push(cellsOf(text, this.source))
  }

  /** Whether the table line before is another's: it stands apart, or has other marks, or a head begins anew. */
  private beginsTable(i: number): boolean {
    const [before, line] = [this.paragraphs[i - 1], this.paragraphs[i]!]
    if (!before || this.roles[i - 1] !== 'table') return true
    const isHead = TABLE_HEAD.test(cellsOf(line.text, this.source)[0]?.text ?? '')
    return isHead || isPiped(line.text.text) !== isPiped(before.text.text)
  }

  private addText(i: number, role: Role): void {
    const { text } = this.paragraphs[i]!
    const standsAlone = this.group === undefined
    this.closeGroup(i)
    if (role === 'caption') this.addCaption(text)
    else if (role === 'roster' || role === 'editor') this.addNames(text)
    else if (role === 'subhead') this.addSubhead(i)
    else this.addBody(i, standsAlone)
  }

  /** A caption with its photographer stands in the middle of another text, which goes on. */
  private addCaption(text: Traced): void {
    const [caption, credit] = partCaption(text)
    this.drafted.drafts.push({
      ...newDraft('photo'),
      body: [{ text: caption, subhead: false, opensBlock: false }],
      credits: credit ? [credit] : [],
      ended: true,
    })
  }

  private addNames(text: Traced): void {
    if (!this.draft) this.drafted.furniture.push({ what: '署名', text })
    else {
      this.draft.credits.push(text)
      this.draft.ended = true
    }
  }

  private addSubhead(i: number): void {
    const draft = !this.draft || this.draft.ended ? this.open() : this.draft
    this.append(draft, i, true)
  }

  private addBody(i: number, standsAlone: boolean): void {
    const continued = this.placed.get(this.carriesOn.get(i) ?? -1)
    if (continued) this.carryOn(i, continued)
    else {
      const isCaption = standsAlone && beginsCaption(this.paragraphs, this.roles, i)
      const draft =
        this.startsDraft(i) || isCaption ? this.open(isCaption ? 'photo' : 'article') : this.draft!
      this.append(draft, i, false)
    }
    const { draft, at } = this.placed.get(i)!
    const [kept, credit] = partEndCredit(draft.body[at]!.text)
    if (!credit) return
    draft.body[at] = { ...draft.body[at]!, text: kept }
    endWith(draft, credit)
  }

  private startsDraft(i: number): boolean {
    const { text, opensBlock } = this.paragraphs[i]!
    if (!this.draft || this.draft.ended) return true
    const last = this.draft.body.at(-1)
    if (!last) return false
    // Another text begins in a new block while this one waits to be carried on further down.
    return LEAD.test(text.text) || (opensBlock && !isFinished(last.text.text))
  }

  private open(kind: Kind = 'article'): Draft {
    this.draft = newDraft(kind)
    this.drafted.drafts.push(this.draft)
    return this.draft
  }

  private append(draft: Draft, i: number, subhead: boolean): void {
    const { text, opensBlock } = this.paragraphs[i]!
    const before = draft.body.at(-1)
    const parted = before && !subhead ? partGhost(before.text.text, text) : null
    if (parted) this.drafted.furniture.push({ what: '重影', text: parted[0] })
    const at = draft.body.push({ text: parted ? parted[1] : text, subhead, opensBlock }) - 1
    this.placed.set(i, { draft, at })
  }

  private carryOn(i: number, place: { draft: Draft; at: number }): void {
    const { body } = place.draft
    const whole = body[place.at]!
    body[place.at] = { ...whole, text: concat([whole.text, this.paragraphs[i]!.text]) }
    this.draft = place.draft
    this.placed.set(i, place)
  }

  /** Headline lines in running text are its subheads; else they are matched to bodies later. */
  private closeGroup(next?: number): void {
    const group = this.group
    this.group = undefined
    if (!group) return
    if (next !== undefined && this.areSubheads(group, next))
      for (const { text } of group.lines)
        this.draft!.body.push({ text, subhead: true, opensBlock: false })
    else if (next !== undefined && this.roles[next] === 'body' && standsOver(group))
      this.open().before.push(group)
    else {
      this.drafted.groups.push(group)
      if (next !== undefined && this.draft && this.endsBefore(next)) this.draft.ended = true
    }
  }

  /** A headline in the flow of a column ends the text above it; one at a page's foot does not. */
  private endsBefore(next: number): boolean {
    const goesOn = this.paragraphs[next]!.opensBlock || this.carriesOn.has(next)
    return this.roles[next] === 'body' && !goesOn
  }

  /** Whether lines repeat words of the text above them that the text below does not have. */
  private speaksOfTextAbove(lines: readonly DisplayLine[], next: number): boolean {
    const above = this.draft!.body.slice(-PRECEDING)
      .map(({ text }) => text.text)
      .join('\n')
    const below = this.paragraphs
      .slice(next, next + FOLLOWING)
      .map(({ text }) => text.text)
      .join('\n')
    return lines.some(({ text: { text } }) => {
      const piece = longestPiece(text, above).length
      return (
        piece >= Math.max(TELLING, text.length * MOST) && piece > longestPiece(text, below).length
      )
    })
  }

  private areSubheads({ lines, credits }: DisplayGroup, next: number): boolean {
    const { text, opensBlock } = this.paragraphs[next]!
    if (!this.draft || this.draft.ended || credits.length > 0) return false
    if (this.roles[next] !== 'body' || opensBlock || LEAD.test(text.text)) return false
    if (lines.length === 0 || lines.length > SUBHEAD_LINES || lines[0]!.opensBlock) return false
    if (
      lines.some(({ vertical, text: line }) => vertical || isClosed(line.text)) ||
      this.carriesOn.has(next)
    )
      return false
    if (!isFinished(this.draft.body.at(-1)?.text.text ?? '')) return false
    if (this.speaksOfTextAbove(lines, next)) return false
    const own = this.draft.before.flatMap((group) => group.lines.map(({ level }) => level ?? 0))
    return lines.every(({ level }) => level === null || level > Math.max(0, ...own))
  }
}

/** Whether lines belong to the text right below them: Markdown heads, and names without a headline. */
const standsOver = ({ lines }: DisplayGroup) =>
  lines.length === 0 || lines.some(({ level }) => level !== null)

function endWith(draft: Draft, credit: Traced): void {
  draft.credits.push(credit)
  draft.ended = true
  const length = draft.body.reduce((sum, { text }) => sum + text.text.length, 0)
  if (PHOTO_CREDIT.test(credit.text) && length <= PHOTO_LENGTH) draft.kind = 'photo'
}
