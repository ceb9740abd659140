import type { Kind } from '../../corpus.ts'
import { concat } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import { cellsOf } from '../layout/cells.ts'
import { LEAD } from '../layout/marker.ts'
import { neighbours } from '../layout/neighbours.ts'
import type { Paragraph } from '../layout/paragraph.ts'
import { isFinished } from '../layout/sentence.ts'
import { continuations } from './continuation.ts'
import { partCaption, partEndCredit, PHOTO_CREDIT } from './credit.ts'
import { newDraft } from './draft.ts'
import type { DisplayGroup, DisplayLine, Draft, Furniture } from './draft.ts'
import { partGhost } from './ghost.ts'
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

const PHOTO_LENGTH = 300
const CAPTION_LENGTH = 180
const SUBHEAD_LINES = 3
/** The sign that points to the picture over a caption. */
const PHOTO_MARK = /^[▲△▼▽◀▶]/u

/** Walks a page in its order and gathers bodies, credits, headline lines and tables. */
export function draftItems(paragraphs: readonly Paragraph[], source: string): Drafted {
  return new Walk(paragraphs, source).done()
}

class Walk {
  private readonly paragraphs: readonly Paragraph[]
  private readonly source: string
  private readonly roles: Role[]
  private readonly carriesOn: Map<number, number>
  private readonly drafted: Drafted = {
    drafts: [],
    groups: [],
    tables: [],
    running: [],
    furniture: [],
  }
  /** Where each body paragraph went: [draft, index in its body]. */
  private readonly place = new Map<number, [number, number]>()
  private current = -1
  private group: { lines: DisplayLine[]; credits: Traced[]; after: number; at: number } | null =
    null

  constructor(paragraphs: readonly Paragraph[], source: string) {
    this.paragraphs = paragraphs
    this.source = source
    this.roles = rolesOf(paragraphs)
    const text = paragraphs.map((paragraph) => paragraph.text.text).join('\n')
    this.carriesOn = continuations(paragraphs, (i) => this.roles[i] === 'body', neighbours(text))
  }

  done(): Drafted {
    this.paragraphs.forEach((_, i) => this.step(i))
    this.closeGroup()
    return this.drafted
  }

  private get draft(): Draft | undefined {
    return this.drafted.drafts[this.current]
  }

  private step(i: number): void {
    const { text } = this.paragraphs[i]!
    const role = this.roles[i]!
    if (role === 'page number') this.drafted.furniture.push({ what: '页码刊期', text })
    else if (role === 'masthead') this.drafted.furniture.push({ what: '报头', text })
    else if (role === 'page credits') this.drafted.furniture.push({ what: '版面责任人', text })
    else if (role === 'running head') this.drafted.running.push(text)
    else if (role === 'display') this.display(i)
    else if (role === 'credit') this.credit(text)
    else if (role === 'table' || role === 'table title' || role === 'data source')
      this.table(i, role)
    else {
      this.closeGroup(i)
      if (role === 'caption') this.caption(text)
      else if (role === 'roster' || role === 'editor') this.roster(text, role)
      else if (role === 'subhead') this.subhead(i)
      else this.body(i)
    }
  }

  private display(i: number): void {
    const { text, level, vertical, gapBefore, opensBlock } = this.paragraphs[i]!
    if (this.group && this.group.credits.length > 0) this.closeGroup()
    this.group ??= { lines: [], credits: [], after: this.current, at: text.origin[0]! }
    this.group.lines.push({ text, level, vertical, gapBefore, opensBlock })
  }

  private credit(text: Traced): void {
    if (this.group) this.group.credits.push(text)
    else if (this.draft && this.draft.body.length > 0) this.endWith(text)
    else this.group = { lines: [], credits: [text], after: this.current, at: text.origin[0]! }
  }

  private endWith(credit: Traced): void {
    const draft = this.draft!
    draft.credits.push(credit)
    draft.ended = true
    const length = draft.body.reduce((sum, { text }) => sum + text.text.length, 0)
    if (PHOTO_CREDIT.test(credit.text) && length <= PHOTO_LENGTH * 2) draft.kind = 'photo'
  }

  private table(i: number, role: Role): void {
    const { text } = this.paragraphs[i]!
    const { tables } = this.drafted
    if (role === 'table title' || !tables.at(-1))
      tables.push({ title: null, source: null, lines: [], at: text.origin[0]! })
    const table = tables.at(-1)!
    if (role === 'table title') table.title = text
    else if (role === 'data source') table.source = text
    else table.lines.push(cellsOf(text, this.source))
  }

  private caption(text: Traced): void {
    const [caption, credit] = partCaption(text)
    const draft = newDraft('photo')
    draft.body.push({ text: caption, subhead: false, opensBlock: false })
    if (credit) draft.credits.push(credit)
    draft.ended = true
    this.drafted.drafts.push(draft)
  }

  private roster(text: Traced, role: Role): void {
    const draft = this.draft
    if (!draft) this.drafted.furniture.push({ what: '署名', text })
    else {
      draft.credits.push(text)
      draft.ended = true
    }
  }

  private subhead(i: number): void {
    if (!this.draft || this.draft.ended) this.open()
    this.append(i, true)
  }

  private body(i: number): void {
    const { text } = this.paragraphs[i]!
    const before = this.carriesOn.get(i)
    const place = before === undefined ? undefined : this.place.get(before)
    if (place) this.carryOn(i, place)
    else {
      if (this.startsDraft(i)) this.open(this.isCaptioned(i) ? 'photo' : 'article')
      this.append(i, false)
    }
    const [draft, at] = this.place.get(i)!
    const body = this.drafted.drafts[draft]!.body
    const [kept, credit] = partEndCredit(body[at]!.text)
    if (!credit) return
    body[at] = { ...body[at]!, text: kept }
    this.endWith(credit)
  }

  private startsDraft(i: number): boolean {
    const { text, opensBlock } = this.paragraphs[i]!
    if (!this.draft || this.draft.ended) return true
    if (this.draft.body.length === 0) return false
    if (LEAD.test(text.text) || PHOTO_MARK.test(text.text) || (opensBlock && this.isInterrupted()))
      return true
    return this.isCaptioned(i)
  }

  /** Whether the current text broke off and something further on continues it. */
  private isInterrupted(): boolean {
    const last = this.draft!.body.at(-1)
    return last !== undefined && !isFinished(last.text.text)
  }

  private isCaptioned(i: number): boolean {
    const { text, isolated } = this.paragraphs[i]!
    return PHOTO_MARK.test(text.text) || (isolated && !this.group && this.isPhotoAt(i))
  }

  /** A few sentences between a gap and a name in a paragraph of its own: a photograph's caption. */
  private isPhotoAt(i: number): boolean {
    let length = 0
    for (let k = i; k < this.paragraphs.length && k < i + 3; k++) {
      if (this.roles[k] === 'credit') return k > i && length <= CAPTION_LENGTH
      if (this.roles[k] !== 'body') return false
      length += this.paragraphs[k]!.text.text.length
      const [kept, credit] = partEndCredit(this.paragraphs[k]!.text)
      if (credit)
        return length - (this.paragraphs[k]!.text.text.length - kept.text.length) <= CAPTION_LENGTH
    }
    return false
  }

  private open(kind: Kind = 'article'): void {
    this.current = this.drafted.drafts.push(newDraft(kind)) - 1
  }

  private append(i: number, subhead: boolean): void {
    const { text, opensBlock } = this.paragraphs[i]!
    const before = this.draft!.body.at(-1)
    const ghost = before && !subhead ? partGhost(before.text.text, text) : null
    if (ghost) this.drafted.furniture.push({ what: '重影', text: ghost[0] })
    const at = this.draft!.body.push({ text: ghost ? ghost[1] : text, subhead, opensBlock }) - 1
    this.place.set(i, [this.current, at])
  }

  private carryOn(i: number, [draft, at]: [number, number]): void {
    const body = this.drafted.drafts[draft]!.body
    body[at] = { ...body[at]!, text: concat([body[at]!.text, this.paragraphs[i]!.text]) }
    this.current = draft
    this.place.set(i, [draft, at])
  }

  /** Headline lines right before running text are its subheads, unless something new begins there. */
  private closeGroup(next?: number): void {
    const group = this.group
    this.group = null
    if (!group) return
    if (next !== undefined && this.areSubheads(group, next)) {
      for (const { text } of group.lines)
        this.draft!.body.push({ text, subhead: true, opensBlock: false })
      return
    }
    const marked = group.lines.some(({ level }) => level !== null)
    if (marked && next !== undefined && this.roles[next] === 'body') {
      this.open()
      this.draft!.before.push(group)
    } else if (group.lines.length === 0 && next !== undefined) {
      this.open()
      this.draft!.before.push(group)
    } else {
      this.drafted.groups.push(group)
      if (next !== undefined && this.draft && this.endsBefore(next)) this.draft.ended = true
    }
  }

  /** A headline in the flow of a column ends the text above it; one at a page's foot does not. */
  private endsBefore(next: number): boolean {
    return (
      this.roles[next] === 'body' && !this.paragraphs[next]!.opensBlock && !this.carriesOn.has(next)
    )
  }

  private areSubheads(group: DisplayGroup, next: number): boolean {
    const { text, opensBlock } = this.paragraphs[next]!
    if (!this.draft || this.draft.ended || group.lines.length === 0 || group.credits.length > 0)
      return false
    if (group.lines.length > SUBHEAD_LINES || group.lines[0]!.opensBlock) return false
    if (
      this.roles[next] !== 'body' ||
      opensBlock ||
      LEAD.test(text.text) ||
      this.carriesOn.has(next)
    )
      return false
    if (group.after !== this.current || group.lines.some(({ vertical }) => vertical)) return false
    if (!isFinished(this.draft.body.at(-1)?.text.text ?? '')) return false
    const marked = group.lines.filter(({ level }) => level !== null)
    const own = this.draft.before[0]?.lines.map(({ level }) => level ?? 9) ?? []
    return marked.length === 0 || marked.every(({ level }) => level! > Math.min(...own, 9))
  }
}
