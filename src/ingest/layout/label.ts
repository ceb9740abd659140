import { isCreditedCaption } from './credit.ts'
import type { Line } from './line.ts'
import {
  DATA_SOURCE,
  EDITOR,
  ISSUE_MARK,
  MASTHEAD,
  PAGE_CREDITS,
  PAGE_NUMBER,
  REPORT,
  ROSTER,
  TABLE_TITLE,
} from './marker.ts'
import { hasGap } from './page.ts'
import type { Page } from './page.ts'

/** What lines are, learned; each is told from its looks and from the lines around it. */
const LEARNED = [
  /** The first line of an article's text. */
  'lead',
  /** The first line of a further paragraph. */
  'begin',
  /** Goes on with the text above it, right above or past what stands between. */
  'on',
  /** Of a headline, of a line above or below one, or of the name of a column. */
  'title',
  'subhead',
  /** The first line of what is printed below a photograph. */
  'caption',
  'caption on',
  /** Who wrote, photographed or signed, and when. */
  'credit',
  /** Repeated over texts, or an advertisement. */
  'running head',
  'masthead',
] as const

/** What lines are by their words alone. */
const CERTAIN = [
  'table',
  'table title',
  'data source',
  'page number',
  'page credits',
  'editor',
  'roster',
] as const

export const LABELS = [...LEARNED, ...CERTAIN] as const
export type Label = (typeof LABELS)[number]

const HEAD_LENGTH = 40
const LINE_LENGTH = 80
const CAPTION_LENGTH = 28

/** The labels that words alone give. */
export function certainLabels(page: Page): (Label | undefined)[] {
  let inRoster = false
  return page.lines.map((line, i) => {
    if (page.tables.has(i)) return 'table'
    const label =
      certainLabel(line) ??
      (isPageNumber(page, i) ? 'page number' : namesPictures(page, i) ? 'title' : undefined)
    inRoster = label === undefined && (inRoster ? !endsRoster(line) : ROSTER.test(line.text.text))
    return inRoster ? 'roster' : label
  })
}

/** A figure in a narrow column can be a line of its own; a page's stands apart, or at its end. */
function isPageNumber(page: Page, i: number): boolean {
  const { text, blanks } = page.lines[i]!
  if (ISSUE_MARK.test(text.text)) return true
  const next = page.lines[i + 1]
  return PAGE_NUMBER.test(text.text) && (blanks > 0 || !next || next.opensBlock)
}

/** One of several short sentences that stand alone, as under photographs; where a line is a paragraph, they are that. */
const namesPictures = (page: Page, i: number) =>
  page.style.wrapped &&
  standsAlone(page, i) &&
  (standsAlone(page, i - 1) || standsAlone(page, i + 1))

const standsAlone = (page: Page, i: number) => {
  const text = page.lines[i]?.text.text ?? ''
  return (
    text.length <= CAPTION_LENGTH &&
    /^[^。；]+。+$/u.test(text) &&
    hasGap(page, i) &&
    hasGap(page, i + 1)
  )
}

function certainLabel({ text: { text } }: Line): Label | undefined {
  if (REPORT.test(text)) return 'lead'
  if (text.length > LINE_LENGTH) return undefined
  if (TABLE_TITLE.test(text) && text.length <= HEAD_LENGTH) return 'table title'
  if (DATA_SOURCE.test(text)) return 'data source'
  if (MASTHEAD.test(text)) return 'masthead'
  if (PAGE_CREDITS.test(text)) return 'page credits'
  if (isCreditedCaption(text)) return 'caption'
  return EDITOR.test(text) ? 'editor' : undefined
}

const endsRoster = ({ opensBlock, level }: Line) => opensBlock || level !== null
