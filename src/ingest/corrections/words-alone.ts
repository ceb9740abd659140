import type { Explanation } from '../../explanation.ts'
import type { SourceText } from '../read/source-text.ts'
import { lettersOf } from '../sketch.ts'
import { repairedLetters } from './corrections-by-line.ts'
import { LETTERS, MOST_LETTERS, wordsAt } from './find-words.ts'

/**
 * The words of a paragraph of a line of data, so many that no other line has them; null where nothing
 * begins at that offset.
 */
export async function wordsAlone(
  { articles, line }: Explanation,
  near: number,
  texts: AsyncIterable<SourceText>,
): Promise<string | null> {
  const [first, ...rest] =
    articles
      .map(({ paragraphs }) => paragraphs.slice(paragraphs.findIndex((one) => one.near === near)))
      .find(([one]) => one?.near === near) ?? []
  if (!first) return null
  const text = [first, ...rest].map((paragraph) => paragraph.text).join('\n')
  const mine = lettersOf(text)
  const most = Math.min(mine.length, MOST_LETTERS)
  let length = lettersOf(first.words).length
  for await (const other of texts) {
    if (other.line === line) continue
    const theirs = repairedLetters(other.text)
    while (length < most && theirs.includes(mine.slice(0, length))) length += LETTERS
  }
  return wordsAt({ text, at: 0 }, length)
}
