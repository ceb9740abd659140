import {
  DATA_SOURCE,
  EDITOR,
  FIRST_LEVEL,
  ISSUE_MARK,
  LEAD,
  NUMBERED,
  PAGE_NUMBER,
  TABLE_TITLE,
} from '../layout/marker.ts'
import type { Paragraph } from '../layout/paragraph.ts'
import { isCredit, isCreditedCaption } from './credit.ts'

/** What a paragraph is, by its own looks and the line before it. */
export type Role =
  | 'body'
  | 'subhead'
  | 'display'
  | 'credit'
  | 'caption'
  | 'roster'
  | 'editor'
  | 'table'
  | 'table title'
  | 'data source'
  | 'running head'
  | 'page number'
  | 'masthead'
  | 'page credits'

/** How often a line stands on a page that is set over more than one text; a column's short name, and longer ones. */
const COLUMN_TIMES = 2
const COLUMN_LENGTH = 10
const RUNNING_TIMES = 3
const CAPTION_LENGTH = 28
const HEAD_LENGTH = 40

/** The paper's name or number with a full date, as over a page. */
const MASTHEAD =
  /^(?=.{6,60}$)(?=.*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)(?=.*(?:星期|农历|第.{1,4}版|[A-D]\d{1,2}\s*版?|日报|晚报|总第))[^。，]*$/u
/** Whoever made up the page, and how to reach the desk. */
const PAGE_CREDITS =
  /^(?=.{4,80}$)(?=.*(?:版式|美编|校对|组版|审读|视觉|电话|邮箱|热线|Tel|E-?mail))(?:责任编辑|责编|编辑|版式|美编|校对|组版|值班|本版|新闻热线|电话)/iu
const DATE_ALONE = /^\d{4}年\d{1,2}月\d{1,2}日$/u
/** Offices, which sign what they announce. */
const OFFICE = /(?:公司|局|办公室|委员会|政府|中心|厅|部|院|协会|指挥部|银行|集团)$/u

/** Names the role of every paragraph. */
export function rolesOf(paragraphs: readonly Paragraph[]): Role[] {
  const times = new Map<string, number>()
  for (const { text, display } of paragraphs)
    if (display) times.set(text.text, (times.get(text.text) ?? 0) + 1)
  const wrapped = isWrapped(paragraphs)
  const roles: Role[] = []
  for (const [i, paragraph] of paragraphs.entries()) {
    const { length } = paragraph.text.text
    const often = length <= COLUMN_LENGTH ? COLUMN_TIMES : RUNNING_TIMES
    const repeated = (times.get(paragraph.text.text) ?? 0) >= often
    const signs = signsOff(paragraph, paragraphs[i + 1])
    const before = paragraphs[i - 1]?.level === null ? roles.at(-1) : undefined
    const isCaption =
      wrapped &&
      isCaptionLine(paragraph) &&
      (before === 'display' ||
        [paragraphs[i - 1], paragraphs[i + 1]].some((p) => p && isCaptionLine(p)))
    roles.push(signs ? 'credit' : roleOf(paragraph, repeated, isCaption))
  }
  return roles
}

/** An office over a date ends what it announces. */
const signsOff = ({ text: { text } }: Paragraph, next: Paragraph | undefined) =>
  next !== undefined &&
  DATE_ALONE.test(next.text.text) &&
  text.length <= CAPTION_LENGTH &&
  OFFICE.test(text)

function roleOf(paragraph: Paragraph, repeated: boolean, isCaption: boolean): Role {
  const text = paragraph.text.text
  if (paragraph.table) return 'table'
  if (text.length <= HEAD_LENGTH * 2) {
    const role = roleOfLine(text, paragraph, repeated)
    if (role) return role
  }
  if (paragraph.roster) return 'roster'
  if (LEAD.test(text)) return 'body'
  return paragraph.level !== null || paragraph.display || isCaption ? 'display' : 'body'
}

/** Roles that words alone show; null for prose and headlines. */
function roleOfLine(text: string, { level, roster }: Paragraph, repeated: boolean): Role | null {
  if (TABLE_TITLE.test(text) && text.length <= HEAD_LENGTH) return 'table title'
  if (DATA_SOURCE.test(text)) return 'data source'
  if (PAGE_NUMBER.test(text) || ISSUE_MARK.test(text)) return 'page number'
  if (MASTHEAD.test(text)) return 'masthead'
  if (PAGE_CREDITS.test(text)) return 'page credits'
  if (EDITOR.test(text)) return 'editor'
  if (roster || (LEAD.test(text) && level === null)) return null
  if (isCredit(text)) return 'credit'
  if (repeated && level === null && !NUMBERED.test(text)) return 'running head'
  if (isCreditedCaption(text)) return 'caption'
  const isHead = FIRST_LEVEL.test(text) && text.length <= HEAD_LENGTH && !/[。；]/u.test(text)
  return isHead ? 'subhead' : null
}

/** Where a paragraph is one line however long, as on a web page, a short one is no caption. */
function isWrapped(paragraphs: readonly Paragraph[]): boolean {
  const long = paragraphs.filter(
    ({ text, display, table }) => text.text.length > CAPTION_LENGTH && !display && !table,
  )
  return long.filter(({ lines }) => lines > 1).length * 2 > long.length
}

/** A short sentence alone between gaps, as under a photograph. */
const isCaptionLine = ({ text: { text }, lines, gapBefore, gapAfter }: Paragraph) =>
  lines === 1 &&
  gapBefore &&
  gapAfter &&
  text.length <= CAPTION_LENGTH &&
  /^[^。；]+。+$/u.test(text)
