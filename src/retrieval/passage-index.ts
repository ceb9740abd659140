import type { Article, Passage, Ranked } from '../corpus.ts'

/** What one search asks of an index: words as they are weighed, and what a passage must agree with. */
export interface IndexQuery {
  readonly text: string
  /** Further words, from a thesaurus, weighed less than the asker's own. */
  readonly expansions?: readonly string[]
  readonly filter?: { readonly sources?: readonly string[]; readonly places?: readonly string[] }
}

/**
 * Where articles and passages are kept and searched. It owns its storage for writing and reading;
 * it can be thrown away and made again from the sources at any time.
 */
export interface PassageIndex {
  /** Changes whenever the index was made anew, so that whoever remembers what it put in knows. */
  identity(): Promise<string>
  /** Replaces all that one source held, at once: a reader sees the old or the new, never a mixture. */
  put(source: string, articles: readonly Article[], passages: readonly Passage[]): Promise<void>
  remove(sources: readonly string[]): Promise<void>
  /** Passages by score, best first. */
  search(query: IndexQuery, limit: number): Promise<Ranked[]>
  /** An article's passages in reading order, its head first; empty when there is no such article. */
  passages(articleId: string): Promise<Passage[]>
  /** Articles in order of source and place in it. */
  articles(): AsyncIterable<Article>
  article(id: string): Promise<Article | undefined>
  close(): Promise<void>
}
