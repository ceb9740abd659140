/** What is answered to a message that asks nothing of the articles: one sentence, and readings to choose from. */
import type { Answer, Notice } from '../corpus.ts'
import { type Courtesy, type FoundForWord, offerFor } from '../retrieval/courtesy.ts'

/** The notice that is the whole answer to a courtesy. */
export async function courteous(
  courtesy: Courtesy,
  retrieve: () => Promise<{ readonly results: readonly FoundForWord[] }>,
): Promise<Notice> {
  if (courtesy.kind !== 'word') return { kind: 'courtesy', text: courtesy.text, citations: [] }
  const { results } = await retrieve()
  const { text, readings } = offerFor(courtesy, results)
  return { kind: 'courtesy', text, citations: [], ...(readings.length > 0 && { readings }) }
}

/** The notice of an answer that is a courtesy; none where articles were asked. */
export function courtesyIn({ notices }: Pick<Answer, 'notices'>): Notice | undefined {
  return notices.find(({ kind }) => kind === 'courtesy')
}
