import type { Passage } from '../../corpus.ts'
import type { Span } from '../../traced.ts'

/**
 * A sentence of an article as it can be quoted: a whole sentence, a part of a very long one, a table's
 * row, a headline or a byline. Its pieces are numbered from `first`, through the whole context.
 */
export interface Sentence extends Span {
  readonly passage: Passage
  /** The passage's text from `start` to `end`. */
  readonly text: string
  /** The heading above its passage's subhead, where the article has one. */
  readonly section: string | null
  /** What its paragraph says before it: it may say who proposes what follows. */
  readonly before: string
  /** Offsets in `text`, in order; at least one. */
  readonly pieces: readonly Span[]
  /** The number of the first piece; piece `i` has `first + i`. */
  readonly first: number
}

/** One article's sentences, in reading order. */
export interface ContextArticle {
  readonly articleId: string
  readonly sentences: readonly Sentence[]
}

/** A piece by its number. */
export interface Pointed {
  readonly sentence: Sentence
  /** Which of the sentence's pieces, from 0. */
  readonly index: number
}

/** What an answer is picked from. Numbers count from 1 and are unique within it. */
export interface Context {
  readonly articles: readonly ContextArticle[]
  /** How many pieces there are: their numbers go from 1 to `size`. */
  readonly size: number
  /** Nothing for a number that no piece has. */
  readonly at: (n: number) => Pointed | undefined
}
