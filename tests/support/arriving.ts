/** An index that articles come into, and who looks at it: as a bot is wired, in this thread. */
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createAnswerNews } from '../../src/answer/answer-news.ts'
import { createPickByWeights } from '../../src/answer/pick/learned/pick.ts'
import { createArrivals } from '../../src/conversation/arrivals.ts'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { type GivenArticle, batchOf } from './passages.ts'
import { tempFolder } from './temp.ts'

export const LOAN = '濮阳市对专利质押贷款给予贴息，每家企业每年最高二十万元。'

/** An article of a source of its own, printed in 濮阳市 the week before 2026-11-26. */
export const printed = (
  id: string,
  body: string,
  more: Partial<GivenArticle> = {},
): GivenArticle => ({
  id,
  source: `${id}.txt`,
  body: [body],
  place: ['河南省', '濮阳市'],
  date: '2026-11-20',
  ...more,
})

export function arriving() {
  const index = openEmbeddedIndex(join(tempFolder(), 'index.sqlite'))
  onTestFinished(() => index.close())
  const passages = (id: string) => index.passages(id)
  const answerNews = createAnswerNews({ index, passages, pickByWords: createPickByWeights() })
  return {
    index,
    arrivals: createArrivals({ index, answerNews }),
    put: (...given: readonly GivenArticle[]) =>
      Promise.all(given.map((one) => index.putBatches(one.source, [batchOf(one)]))),
  }
}
