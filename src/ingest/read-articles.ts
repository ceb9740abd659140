import type { Article, Passage } from '../corpus.ts'
import { trace } from '../traced.ts'
import { chunk } from './chunk.ts'
import { describe } from './describe/describe.ts'
import type { Segmented } from './item.ts'
import { layOut } from './layout/lay-out.ts'
import type { Paragraph } from './layout/paragraph.ts'
import { readSource } from './read/read-source.ts'
import type { SourceText } from './read/source-text.ts'
import { repairCharacters } from './repair/repair-characters.ts'
import { segment } from './segment/segment.ts'

/** Counts up with every change of what is read from the same bytes, so that all is read anew. */
export const READER_VERSION = '6'

/** What one text of a source holds. */
export interface ReadArticles {
  readonly articles: readonly Article[]
  readonly passages: readonly Passage[]
  /** What was unsure, in Chinese. */
  readonly notes: readonly string[]
  /** The text as extracted, of a format whose file is not its text: offsets point into it. */
  readonly extracted: string | null
}

/**
 * A file's articles and their passages, a text at a time: a page, or a line of a .jsonl. A line that
 * cannot be read is told to `onProblem`, and the others are.
 * @throws Error that says in one sentence what of the file cannot be read, and what to do.
 */
export async function* readArticles(
  path: string,
  source: string,
  onProblem: (problem: string) => void,
): AsyncGenerator<ReadArticles> {
  for await (const text of readSource(path, ({ message }) => onProblem(message))) {
    yield { ...(await readText(text, source)), extracted: text.extracted ? text.text : null }
  }
}

/** repair → lay out → segment → describe → chunk */
export async function readText(
  sourceText: SourceText,
  source: string,
): Promise<Omit<ReadArticles, 'extracted'>> {
  const { described, notes } = understand(sourceText, source)
  const passages: Passage[] = []
  for (const { article, item } of described) {
    for (const passage of await chunk(article, item, sourceText.text)) passages.push(passage)
  }
  const articles = described.map(({ article }) => article)
  return {
    articles,
    passages,
    notes: [...notes, ...articles.flatMap((article) => article.notes)],
  }
}

/** How a text is understood, before it is cut into passages; `notes` are of the text as a whole. */
export function understand({ text, given, line, pages, notes }: SourceText, source: string) {
  const characters = repairCharacters(trace(text))
  const paragraphs = layOut(characters.text, text)
  const segmented = line === null ? segment(paragraphs, text) : oneArticle(paragraphs)
  const described = describe(segmented, { name: source, text, given }).map(({ article, item }) => ({
    item,
    article: onPage(line === null ? article : { ...article, n: line }, pages),
  }))
  return { segmented, described, notes: [...notes, ...characters.notes] }
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

/** A page that the article does not print itself is the file's own, where it has pages. */
function onPage(article: Article, pages: SourceText['pages']): Article {
  const { publication, spans } = article
  const page = pages.findLast(({ start }) => start <= (spans[0]?.start ?? 0))?.page
  if (publication.page !== null || page === undefined) return article
  return { ...article, publication: { ...publication, page: String(page) } }
}
