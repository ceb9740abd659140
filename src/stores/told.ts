import type { Answer } from '../corpus.ts'

export interface Told {
  readonly times: number
  /** The hour in which it was told last, in milliseconds since 1970. */
  readonly at: number
}

/**
 * How often each passage was told, counted as questions are answered: a passage is told when a
 * statement cites it, once an answer. Numbers name nobody, and stay when a question is forgotten.
 */
export interface ToldPassages {
  /** How often passages of each article were told, by its id; articles never told are not in it. */
  readonly articles: () => Promise<ReadonlyMap<string, Told>>
  /** How often each passage of an article was told, by its id; those never told are not in it. */
  readonly passages: (article: string) => Promise<ReadonlyMap<string, Told>>
}

/** The passages that an answer tells, each once, and their articles. */
export function toldIn({ statements, citations }: Answer): ReadonlyMap<string, string> {
  const cited = new Set(statements.flatMap((statement) => statement.citations))
  return new Map(
    citations.filter(({ n }) => cited.has(n)).map((one) => [one.passageId, one.articleId]),
  )
}
