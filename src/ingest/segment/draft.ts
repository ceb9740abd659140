import type { Kind } from '../../corpus.ts'
import type { Traced } from '../../traced.ts'

/** A paragraph of a body while the page is being taken apart. */
export interface BodyParagraph {
  readonly text: Traced
  readonly subhead: boolean
  readonly opensBlock: boolean
}

/** One line set large: a headline or a part of one, a caption, the name of a column. */
export interface DisplayLine {
  readonly text: Traced
  readonly level: number | null
  readonly vertical: boolean
  readonly gapBefore: boolean
  readonly opensBlock: boolean
}

/** Lines set large side by side, with the names printed under them. */
export interface DisplayGroup {
  readonly lines: readonly DisplayLine[]
  readonly credits: readonly Traced[]
  /** Where it stands in the source. */
  readonly at: number
  /** Known to stand over the text below it. */
  readonly over: boolean
}

/** An item in the making. */
export interface Draft {
  kind: Kind
  body: BodyParagraph[]
  /** Headline lines that stand right before the body. */
  before: DisplayGroup[]
  credits: Traced[]
  section: Traced | null
  notes: string[]
  /** Nothing more can follow: its credits or editor were read. */
  ended: boolean
}

export interface Furniture {
  readonly what: string
  readonly text: Traced
}

export const newDraft = (kind: Kind = 'article'): Draft => ({
  kind,
  body: [],
  before: [],
  credits: [],
  section: null,
  notes: [],
  ended: false,
})

/** The source offsets between which a draft's body stands. */
export function rangeOf(draft: Draft): [number, number] {
  let start = Infinity
  let end = -Infinity
  for (const { text } of draft.body) {
    start = Math.min(start, text.origin[0]!)
    end = Math.max(end, text.origin.at(-1)!)
  }
  return [start, end]
}
