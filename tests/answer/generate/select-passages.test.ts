import { expect, test } from 'vitest'
import { selectPassages } from '../../../src/answer/generate/select-passages.ts'
import { passage } from '../verify/passages.ts'

const ranked = (articles: string) =>
  Array.from(articles, (articleId, i) => passage(`${i}`, { id: `${i}`, articleId }))
const ids = (articles: string) =>
  selectPassages(ranked(articles), 3, 5)
    .map(({ id }) => id)
    .join('')

test.each([
  ['few are all sent', 'aa', '01'],
  ['the best are sent, whatever their articles', 'aaaaaa', '012'],
  ['then the best of each other article', 'aaabbacd', '0136'.replace('13', '123')],
  ['no more than most', 'aaabcdef', '01234'],
])('%s', (_name, articles, expected) => expect(ids(articles)).toBe(expected))
