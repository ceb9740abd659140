import type { Article, Passage } from '../corpus.ts'

/** A term as `termsOf` gives it, and how much it counts: 1 for the asker's own words, less for others. */
export interface WeightedTerm {
  readonly term: string
  readonly weight: number
}

/** What one search asks of an index. */
export interface IndexQuery {
  /** The question as a person would say it, for what embeds it. */
  readonly text: string
  /** For what counts terms. */
  readonly terms: readonly WeightedTerm[]
  /** The question embedded; without one, or in an index without vectors, terms alone decide. */
  readonly vector?: Float32Array
  /** Ids of the articles that are searched alone. */
  readonly articles?: readonly string[]
}

/** A passage that a search found; `parts` say what the score is made of. */
export interface Hit {
  readonly score: number
  readonly parts: Readonly<Record<string, number>>
  readonly passage: Passage
}

/** How rare terms are among all passages, as inverse document frequencies. */
export interface Rarities {
  /** Of each term that stands somewhere. */
  readonly of: ReadonlyMap<string, number>
  /** What one that stands nowhere is worth. */
  readonly nowhere: number
}

/** What one search says, all of one moment. */
export interface Found {
  /** By score, best first. */
  readonly hits: readonly Hit[]
  /** Of the query's terms. */
  readonly rarities: Rarities
}

/** What one put holds: articles, and their passages in any order. */
export interface Batch {
  readonly articles: readonly Article[]
  readonly passages: readonly Passage[]
  /** Of each passage its vector, of unit length; an index keeps those that it has been given. */
  readonly vectors?: readonly (Float32Array | undefined)[]
}

/** Passages that are found by their words alone, because they have no vector; and why, where the endpoint failed. */
export interface Unembedded {
  readonly passages: number
  readonly failure?: string
}

/** What somebody who wrote an index remembers of it: which one it is, and that it was changed so often. */
export interface RememberedIndex {
  readonly identity: string
  readonly generation: number
}

/**
 * Where articles and passages are kept and searched. It owns its storage for writing and reading;
 * it can be thrown away and made again from the sources at any time.
 */
export interface PassageIndex {
  /** Changes whenever the index was made anew, so that whoever remembers what it put in knows. */
  identity(): Promise<string>
  /** Grows with every change; an index whose server looks after its files needs none. */
  generation?(): Promise<number>
  /** Replaces all that one source held, at once: a reader sees the old or the new, never a mixture. */
  put(source: string, articles: readonly Article[], passages: readonly Passage[]): Promise<void>
  /**
   * The same, for a source too large to hold: an article and its passages stand in one batch. What is
   * held under names that it had goes in the same moment. Tells of passages that were to have vectors and
   * have none.
   */
  putBatches(
    source: string,
    batches: AsyncIterable<Batch> | Iterable<Batch>,
    before?: readonly string[],
  ): Promise<Unembedded | void>
  remove(sources: readonly string[]): Promise<void>
  /** Names the other sources that print an article; nothing happens when there is no such article. */
  setAlso(articleId: string, also: readonly string[]): Promise<void>
  search(query: IndexQuery, limit: number): Promise<Found>
  /** An article's passages in reading order, its head first; empty when there is no such article. */
  passages(articleId: string): Promise<Passage[]>
  /** Changes with everything that is put or taken out, whoever does it. */
  state(): Promise<string>
  /** How many passages there are. */
  size(): Promise<number>
  /** The ids of all articles, in any order. */
  articleIds(): Promise<string[]>
  /** Articles in order of source and place in it. */
  articles(): AsyncIterable<Article>
  article(id: string): Promise<Article | undefined>
  close(): Promise<void>
}
