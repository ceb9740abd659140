import { extname } from 'node:path'
import type { Article, Passage } from '../corpus.ts'
import { trace } from '../traced.ts'
import { chunk } from './chunk.ts'
import { describe } from './describe/describe.ts'
import type { Segmented } from './item.ts'
import { layOut } from './layout/lay-out.ts'
import type { Paragraph } from './layout/paragraph.ts'
import { partAsides } from './part-asides.ts'
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
export function understand(
  { text, given, line, pages, asides, notes }: SourceText,
  source: string,
) {
  const characters = repairCharacters(trace(text))
  const { rest, parted } = partAsides(characters.text, asides)
  const paragraphs = layOut(rest, text)
  const segmented = withAsides(
    line === null ? segment(paragraphs, text) : oneArticle(paragraphs),
    parted,
  )
  const described = describe(segmented, { name: source, text, given }).map(({ article, item }) => ({
    item,
    article: onPage(line === null ? article : { ...article, n: line }, pages),
  }))
  return { segmented, described, notes: [...notes, ...characters.notes] }
}

/** Captions are items of their own; what else a page prints around its articles is furniture. */
function withAsides(
  { items, furniture }: Segmented,
  asides: ReturnType<typeof partAsides>['parted'],
): Segmented {
  const captions = asides.filter(({ what }) => what === '图片说明')
  return {
    items: [
      ...items,
      ...captions.map(({ text }) => ({ ...NO_ITEM, kind: 'photo' as const, body: [text] })),
    ],
    furniture: [...furniture, ...asides.filter(({ what }) => what !== '图片说明')],
  }
}

const NO_ITEM = {
  headline: null,
  kicker: null,
  subtitle: null,
  subheads: [],
  credits: [],
  section: null,
  notes: [],
}

/** A line of a .jsonl is one article, whatever it looks like. */
function oneArticle(paragraphs: readonly Paragraph[]): Segmented {
  const item = {
    ...NO_ITEM,
    kind: 'article' as const,
    body: paragraphs.map(({ text }) => text),
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
