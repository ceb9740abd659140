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
import { isClosed } from '../layout/sentence.ts'
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

const RUNNING_TIMES = 3
const CAPTION_LENGTH = 28
const HEAD_LENGTH = 40

/** Names the role of every paragraph. */
export function rolesOf(paragraphs: readonly Paragraph[]): Role[] {
  const times = new Map<string, number>()
  for (const { text, display } of paragraphs)
    if (display) times.set(text.text, (times.get(text.text) ?? 0) + 1)
  const roles: Role[] = []
  for (const paragraph of paragraphs)
    roles.push(
      roleOf(paragraph, (times.get(paragraph.text.text) ?? 0) >= RUNNING_TIMES, roles.at(-1)),
    )
  return roles
}

function roleOf(paragraph: Paragraph, repeated: boolean, before: Role | undefined): Role {
  const text = paragraph.text.text
  if (paragraph.cells) return 'table'
  if (TABLE_TITLE.test(text) && text.length <= HEAD_LENGTH) return 'table title'
  if (DATA_SOURCE.test(text)) return 'data source'
  if (PAGE_NUMBER.test(text) || ISSUE_MARK.test(text)) return 'page number'
  if (EDITOR.test(text)) return 'editor'
  if (paragraph.roster) return 'roster'
  if (LEAD.test(text) && paragraph.level === null) return 'body'
  if (isCredit(text)) return 'credit'
  if (repeated && paragraph.level === null && !NUMBERED.test(text)) return 'running head'
  if (isCreditedCaption(text) && text.length <= HEAD_LENGTH * 2) return 'caption'
  if (FIRST_LEVEL.test(text) && text.length <= HEAD_LENGTH && !/[。；]/u.test(text))
    return 'subhead'
  if (paragraph.level !== null || paragraph.display) return 'display'
  const alone = paragraph.lines === 1 && paragraph.gapBefore && paragraph.gapAfter
  if (alone && text.length <= CAPTION_LENGTH && isClosed(text) && before === 'display')
    return 'display'
  return 'body'
}
