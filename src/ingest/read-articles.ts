import { extname } from 'node:path'
import type { Article, Passage, SourceKind } from '../corpus.ts'
import { trace } from '../traced.ts'
import type { Traced } from '../traced.ts'
import { chunk } from './chunk.ts'
import { describe } from './describe/describe.ts'
import type { Segmented } from './item.ts'
import { documentParagraphs } from './layout/document-paragraphs.ts'
import type { DocumentParagraph } from './layout/document-paragraphs.ts'
import { layOut } from './layout/lay-out.ts'
import { readSource } from './read/read-source.ts'
import type { SourceText } from './read/source-text.ts'
import { repairCharacters } from './repair/repair-characters.ts'
import { NO_FACTS, oneArticle } from './segment/one-article.ts'
import type { OneArticle } from './segment/one-article.ts'
import { segment } from './segment/segment.ts'
import { kindOfText } from './source-kind.ts'

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

/** Formats whose bytes are the text that offsets point into. */
const PLAIN = ['.txt', '.md', '.jsonl']

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
  const extracted = !PLAIN.includes(extname(path).toLowerCase())
  for await (const text of readSource(path, ({ message }) => onProblem(message))) {
    yield { ...(await readText(text, source)), extracted: extracted ? text.text : null }
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
export function understand(sourceText: SourceText, source: string) {
  const { text, given, line, pages, notes } = sourceText
  const kind = kindOfText(sourceText)
  const characters = repairCharacters(trace(text))
  const { segmented, facts } = takeApart(kind.kind, characters.text, sourceText)
  const page = { name: source, text, kind, given, facts }
  const described = describe(segmented, page).map(({ article, item }) => ({
    item,
    article: onPage(line === null ? article : { ...article, n: line }, pages),
  }))
  return { kind, segmented, described, notes: [...notes, ...characters.notes] }
}

/** Each kind of source is taken apart in its own way. */
function takeApart(
  kind: SourceKind,
  characters: Traced,
  { text, unpaged }: SourceText,
): OneArticle {
  if (kind === 'newspaper')
    return { segmented: segment(layOut(characters, text), text), facts: NO_FACTS }
  const paragraphs = documentParagraphs(characters, text, unpaged)
  return kind === 'data' ? { segmented: row(paragraphs), facts: NO_FACTS } : oneArticle(paragraphs)
}

/** A row of data is one article, whatever it looks like. */
function row(paragraphs: readonly DocumentParagraph[]): Segmented {
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
