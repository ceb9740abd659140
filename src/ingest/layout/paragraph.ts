import type { Traced } from '../../traced.ts'

/**
 * Lines put together where a sentence goes on, and what the layout showed about them. Of a headline
 * of several lines, each line is a paragraph; so is each line of a table or of a list of names.
 */
export interface Paragraph {
  readonly text: Traced
  /** Level of a Markdown heading, from 1. */
  readonly level: number | null
  /** Stood alone in short unfinished lines, as headlines, captions and credits do. */
  readonly display: boolean
  /** The extraction began a new block here: a page, a column or a box. */
  readonly opensBlock: boolean
  readonly gapBefore: boolean
  /** Two blank lines or more before it: a picture or a rule stood there. */
  readonly isolated: boolean
  readonly gapAfter: boolean
  /** How many lines of the source it stood in. */
  readonly lines: number
  /** Printed downwards, one character a line. */
  readonly vertical: boolean
  /** In a list of names and offices, with its head. */
  readonly roster: boolean
  /** A line of a table. */
  readonly table: boolean
}
