import type { Article } from '../../corpus.ts'
import type { Described } from '../describe/describe.ts'
import { readPlace } from '../describe/places.ts'
import { BY_STAFF, type Correction } from '../../correction.ts'
import { findWords } from './find-words.ts'

/** So far from an article's first letter its words may stand by now: behind a byline, not in an article that was joined. */
const NEAR_BEGINNING = 100

/** Articles with the headline, date and place that staff give them; the passage of what is printed stays. */
export function correctArticles(
  described: readonly Described[],
  corrections: readonly Correction[],
  onPlaced: (correction: Correction) => void,
): readonly Described[] {
  return corrections.reduce((all, correction) => {
    const items = all.map(({ item }) => item)
    const found = findWords(items, correction.words, correction.near)
    if (!found || found.letters > NEAR_BEGINNING) return all
    const { article, item } = all[found.i]!
    const given = givenBy(correction)
    if (!given) return all
    onPlaced(correction)
    const notes = [...new Set([...article.notes, BY_STAFF[correction.what]])]
    return all.with(found.i, { item, article: { ...article, ...given, notes } })
  }, described)
}

function givenBy({ what, value }: Correction): Partial<Article> | null {
  switch (what) {
    case 'headline':
      return { headline: value || null }
    case 'date':
      return { date: { value, printed: null, inferred: false, reason: BY_STAFF.date } }
    case 'place':
      return { place: readPlace(value) }
    case 'kind':
    case 'split':
    case 'join':
      return null
  }
}
