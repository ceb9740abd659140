import { readFile } from 'node:fs/promises'
import type { Article, Passage } from '../corpus.ts'
import { trace } from '../traced.ts'
import { chunk } from './chunk.ts'
import { describe } from './describe/describe.ts'
import type { Segmented } from './item.ts'
import { layOut } from './layout/lay-out.ts'
import type { Paragraph } from './layout/paragraph.ts'
import { decode } from './read/decode.ts'
import { type Given, type SourceText, plainSource } from './read/source-text.ts'
import { repairCharacters } from './repair/repair-characters.ts'
import { segment } from './segment/segment.ts'

/** Counts up with every change of what is read from the same bytes, so that all is read anew. */
export const READER_VERSION = '1'

/** What one text of a source holds; `notes` say what was unsure, in Chinese. */
export interface ReadArticles {
  readonly articles: readonly Article[]
  readonly passages: readonly Passage[]
  readonly notes: readonly string[]
}

/** A file's articles and their passages, a text at a time: a page, or a line of a .jsonl. */
export async function* readArticles(path: string, source: string): AsyncGenerator<ReadArticles> {
  const { text, encoding, notes } = decode(await readFile(path), path)
  yield readText(plainSource(text, { encoding, notes }), source)
}

/** repair → lay out → segment → describe → chunk */
export async function readText(sourceText: SourceText, source: string): Promise<ReadArticles> {
  const { text, given, line } = sourceText
  const characters = repairCharacters(trace(text))
  const paragraphs = layOut(characters.text, text)
  const segmented = line === null ? segment(paragraphs, text) : oneArticle(paragraphs)
  const described = describe(segmented, { name: source, text, given: withoutNulls(given) })
  const articles = described.map(({ article }) => (line === null ? article : { ...article, n: line }))
  const passages: Passage[] = []
  for (const [i, { item }] of described.entries()) passages.push(...(await chunk(articles[i]!, item, text)))
  return {
    articles,
    passages,
    notes: [...sourceText.notes, ...characters.notes, ...articles.flatMap((article) => article.notes)],
  }
}

/** A line of a .jsonl is one article, whatever it looks like. */
function oneArticle(paragraphs: readonly Paragraph[]): Segmented {
  const item = {
    kind: 'article' as const,
    headline: null,
    kicker: null,
    subtitle: null,
    subheads: [],
    credits: [],
    section: null,
    body: paragraphs.map(({ text }) => text),
    notes: [],
  }
  return { items: [item], furniture: [] }
}

const withoutNulls = (given: Given) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null))
