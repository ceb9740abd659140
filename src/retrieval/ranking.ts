import type { Question, Ranked, Ranking } from '../corpus.ts'

/** What was found, as programs read it. */
export function rankingOf(
  { id }: Question,
  { standalone, results }: { readonly standalone: string; readonly results: readonly Ranked[] },
): Ranking {
  return {
    ...(id !== undefined && { id }),
    query: standalone,
    results: results.map(({ rank, score, passage }) => {
      const { id: passageId, articleId, source, headline, date, place, text, spans } = passage
      return { rank, score, passageId, articleId, source, headline, date, place, text, spans }
    }),
  }
}
