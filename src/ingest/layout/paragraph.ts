import type { Traced } from '../../traced.ts'
import type { Label } from './label.ts'

/**
 * Lines put together where a sentence goes on, and what the layout showed about them. Of a headline
 * of several lines, each line is a paragraph; so is each line of a table or of a list of names.
 */
export interface Paragraph {
  readonly text: Traced
  /** What its first line is; `on` goes on with a text that something else parts it from. */
  readonly label: Label
  /** Level of a Markdown heading, from 1. */
  readonly level: number | null
  /** The extraction began a new block here: a page, a column or a box. */
  readonly opensBlock: boolean
  readonly gapBefore: boolean
  /** Printed downwards, one character a line. */
  readonly vertical: boolean
}

/** Whether a paragraph is of an article's running text. */
export const isBody = ({ label }: Paragraph): boolean =>
  label === 'lead' || label === 'begin' || label === 'on'
