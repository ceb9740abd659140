import type { Article, SourceKind } from './corpus.ts'
import type { Anchor } from './correction.ts'

/**
 * How a text of a source was read, for a person to look at: the text, and beside it what it became. Of a
 * long one a part: its stretches, and of the articles in it the paragraphs in it.
 */
export interface Explanation {
  readonly source: string
  /** Where the source holds many texts, the line or row that this one stands on. */
  readonly line: number | null
  /** Where it holds many, the lines of the texts before and behind, if they were asked for. */
  readonly before: number | null
  readonly behind: number | null
  /** Words of the paragraph that was asked for which stand in no other text of the source. */
  readonly alone: string | null
  /** Which part this is, from 0, and of how many. */
  readonly part: number
  readonly parts: number
  readonly kind: SourceKind
  /** Why it was read as that, in Chinese. */
  readonly reason: string
  /** What was unsure of the text as a whole, in Chinese. */
  readonly notes: readonly string[]
  /** Of the text, in UTF-16 units. */
  readonly length: number
  /** From the beginning to the end of the part. */
  readonly stretches: readonly Stretch[]
  readonly articles: readonly ExplainedArticle[]
  /** What belongs to no article. */
  readonly furniture: readonly { readonly what: string; readonly text: string }[]
}

/** A stretch of the source that became one thing; repair dropped what is `dropped`, and `lost` is a fault of ours. */
export interface Stretch {
  readonly role: 'headline' | 'body' | 'credits' | 'furniture' | 'dropped' | 'lost' | null
  /** The article that it belongs to, counted from 0, and the paragraph of its body. */
  readonly article: number | null
  readonly paragraph: number | null
  /** As printed, where repair left it so; else what it became, too. */
  readonly parts: readonly (string | { readonly printed: string; readonly became: string })[]
}

export interface ExplainedArticle {
  /** Counted from 0, as in `Stretch`. */
  readonly i: number
  readonly article: Omit<Article, 'text' | 'spans' | 'runs' | 'repairs'>
  /** What was unsure of it, in Chinese. */
  readonly notes: readonly string[]
  /** What staff corrected in it, in Chinese. */
  readonly byStaff: readonly string[]
  /** Its first paragraph, whichever part is shown; none of one that has no text. */
  readonly first: ExplainedParagraph | undefined
  readonly paragraphs: readonly ExplainedParagraph[]
  /** What is written for machines, which answers never tell. */
  readonly planted: readonly string[]
}

/** A paragraph, and by what a correction finds it again: as many of its words as no other begins with. */
export interface ExplainedParagraph extends Readonly<Anchor> {
  /** Counted from 0, as in `Stretch`. */
  readonly p: number
  readonly text: string
  /** Where it ends in the source; it begins at `near`. */
  readonly end: number
}

/**
 * What of a source is explained: of its texts the one in which an article stands, by default the first;
 * of a long text a part, by default that in which the article begins.
 */
export interface Asked {
  readonly n?: number | undefined
  readonly part?: number | undefined
  /** The offset of a paragraph whose `alone` is wanted, too; all texts of the source are read for it. */
  readonly near?: number | undefined
}
