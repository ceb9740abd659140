import type { Kind, SourceKind } from '../../corpus.ts'
import type { Explanation } from '../../explanation.ts'

/** What the room asks of ingest: what was read, how, and to read a source again as staff say. */
export interface Sources {
  /** All sources by name; none on a machine that only serves. */
  list(): readonly ReadSource[]
  /** The articles of a source in its order, under the ids that they have in the index. */
  articlesOf(source: string): readonly { readonly n: number; readonly id: string }[]
  /** The source of each article of the index, by its id. */
  sourceByArticle(): ReadonlyMap<string, string>
  /** How a text of a source is read. */
  look(source: string, asked: Asked): Promise<Look>
  /** What staff corrected in a source, in the order in which they did. */
  corrections(source: string): readonly Standing[]
  /** The lines of the file of corrections that cannot be read, and count for nothing; from 1. */
  unreadCorrections(): readonly number[]
  /** Keeps corrections, and reads their source again at once. */
  correct(source: string, corrections: readonly ToCorrect[], by: string): Promise<ReadAgain>
  /** Takes one back, and reads its source again at once. */
  undo(source: string, id: string): Promise<ReadAgain>
}

/** A source as it was read last; what an older version read has no kind. */
export interface ReadSource {
  readonly source: string
  readonly kind: SourceKind | null
  readonly articles: number | null
  /** What was unsure of its texts as a whole, in Chinese. */
  readonly notes: readonly string[]
  /** Articles with something to be looked at. */
  readonly doubts: readonly {
    readonly n: number
    readonly headline: string | null
    readonly notes: readonly string[]
    readonly planted: readonly string[]
  }[]
  /** A sentence of ingest for each line that could not be read, and each correction that found no place. */
  readonly problems: readonly string[]
}

/** The text in which an article stands, by default the first, and a part of it, by default that article's. */
export interface Asked {
  readonly n?: number | undefined
  readonly part?: number | undefined
}

export interface Look {
  /** Null where it cannot be read now; `fault` says why. */
  readonly explanation: Explanation | null
  readonly fault: string | null
}

/** A correction, by the words that stand at its place, and where they stand in the source. */
export interface Anchor {
  readonly words: string
  readonly near: number
}

export type ToCorrect = Anchor &
  (
    | { readonly what: 'headline' | 'date' | 'place'; readonly value: string }
    | { readonly what: 'kind'; readonly value: Kind }
    | { readonly what: 'split'; readonly value: 'text' | 'headline' }
    | { readonly what: 'join'; readonly value: string }
  )

/** A correction that stands. */
export interface Standing {
  readonly id: string
  readonly what: ToCorrect['what']
  readonly value: string
  readonly words: string
  readonly by: string
  /** When, in ISO 8601. */
  readonly at: string
}

/** What came of reading a source again. */
export interface ReadAgain {
  /** Why it could not be read; what was corrected is kept, and counts from the next time on. */
  readonly fault: string | null
  readonly changes: readonly Change[]
}

/** An article that came, went, or is something else than before. */
export interface Change {
  readonly status: 'new' | 'gone' | 'changed'
  readonly headline: string | null
  readonly fields: readonly { readonly name: string; readonly from: string; readonly to: string }[]
}
