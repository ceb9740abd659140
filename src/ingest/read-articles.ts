import type { Article, Passage, SourceKind } from '../corpus.ts'
import { type Correction, isByStaff } from '../correction.ts'
import { plantedIn } from '../language/planted/planted.ts'
import { sliceSource, trace, trim } from '../traced.ts'
import type { Traced } from '../traced.ts'
import { correctArticles } from './corrections/correct-articles.ts'
import { correctionsByLine } from './corrections/corrections-by-line.ts'
import { correctItems } from './corrections/correct-items.ts'
import { describe } from './describe/describe.ts'
import { mapOrigins } from './item.ts'
import type { Segmented } from './item.ts'
import { documentParagraphs } from './layout/document-paragraphs.ts'
import type { DocumentParagraph } from './layout/document-paragraphs.ts'
import { unfoldColumns } from './layout/unfold-columns.ts'
import { layOut } from './layout/lay-out.ts'
import { partAsides } from './part-asides.ts'
import { LIMITS } from './read/limits.ts'
import type { Limits } from './read/limits.ts'
import { readSource } from './read/read-source.ts'
import type { Given, SourceText } from './read/source-text.ts'
import type { Doubt } from '../source-reading.ts'
import { repairCharacters } from './repair/repair-characters.ts'
import { composedPage } from './segment/composed-page.ts'
import { NO_FACTS, oneArticle } from './segment/one-article.ts'
import type { OneArticle } from './segment/one-article.ts'
import { segment } from './segment/segment.ts'
import { kindOfText } from './source-kind.ts'

/** What one text of a source holds. */
export interface ReadArticles {
  readonly articles: readonly Article[]
  readonly passages: readonly Passage[]
  /** What was unsure of the text as a whole, in Chinese. */
  readonly notes: readonly string[]
  readonly doubts: readonly Doubt[]
  /** The text as extracted, of a format whose file is not its text: offsets point into it. */
  readonly extracted: string | null
  /** The corrections that found their place, by id. */
  readonly placed: readonly string[]
}

/** What staff say of a source, or of a text of it: what it is, instead of what it looks like, and what is corrected in it. */
export interface ToldByStaff {
  readonly as?: SourceKind | null
  readonly corrections?: readonly Correction[]
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
  { limits = LIMITS, ...told }: ToldByStaff & { limits?: Limits } = {},
): AsyncGenerator<ReadArticles> {
  const corrected = await correctionsByLine(told.corrections ?? [], () =>
    readSource(path, () => {}, limits),
  )
  for await (const text of readSource(path, ({ message }) => onProblem(message), limits)) {
    const corrections = corrected.get(text.line) ?? []
    const read = await readText(text, source, { ...told, corrections })
    yield { ...read, extracted: text.extracted ? text.text : null }
  }
}

/** repair → lay out → segment → describe → chunk */
export async function readText(
  sourceText: SourceText,
  source: string,
  told: ToldByStaff = {},
): Promise<Omit<ReadArticles, 'extracted'>> {
  const { described, notes, placed } = understand(sourceText, source, told)
  // What cuts takes as long to load as all the rest, and not everybody who reads a file cuts it.
  const { chunk } = await import('./chunk.ts')
  const passages: Passage[] = []
  for (const { article, item } of described) {
    for (const passage of await chunk(article, item, sourceText.text)) passages.push(passage)
  }
  const articles = described.map(({ article }) => article)
  return {
    articles,
    passages,
    notes,
    doubts: articles.map(doubtOf).filter((d) => d.notes.length + d.planted.length > 0),
    placed,
  }
}

function doubtOf({ n, headline, notes, text }: Article): Doubt {
  return {
    n,
    headline,
    notes: notes.filter((note) => !isByStaff(note)),
    planted: plantedIn(text).map(({ start, end }) => text.slice(start, end)),
  }
}

/** How a text is understood, before it is cut into passages; `notes` are of the text as a whole. */
export function understand(
  sourceText: SourceText,
  source: string,
  { as = null, corrections = [] }: ToldByStaff = {},
) {
  const { text, line, pages, notes } = sourceText
  const columns = isPlain(sourceText) ? unfoldColumns(text) : null
  const page = { ...sourceText, text: columns?.text ?? text }
  const kind = as ? { kind: as, reason: '由 --as 指定' } : kindOfText(page)
  const characters = repairCharacters(trace(page.text))
  const { rest, parted } = partAsides(characters.text, sourceText.asides)
  const placed = new Set<string>()
  const onPlaced = ({ id }: Correction) => void placed.add(id)
  const parts = takeApart(kind.kind, rest, page, columns !== null).map((part, i) => {
    const read = mapOrigins(withAsides(part.segmented, i === 0 ? parted : []), columns)
    return { ...part, segmented: correctItems(read, corrections, onPlaced) }
  })
  const described = parts
    .flatMap(({ segmented, facts, given }) =>
      correctArticles(
        describe(segmented, { name: source, text, kind, given, facts }),
        corrections,
        onPlaced,
      ),
    )
    .map(({ article, item }, i) => ({
      item,
      article: onPage({ ...article, n: line ?? i + 1 }, pages),
    }))
  const segmented = {
    items: parts.flatMap((part) => part.segmented.items),
    furniture: parts.flatMap((part) => part.segmented.furniture),
  }
  return {
    kind,
    segmented,
    described,
    notes: [...notes, ...characters.notes],
    placed: [...placed],
  }
}

/** Whether columns may stand side by side in a text, as `pdftotext -layout` leaves them. */
const isPlain = ({ kind, extracted }: SourceText) => kind === null && !extracted

/** What is described by itself: a page, a document, a row of data; with what its file says of it. */
type Part = OneArticle & { readonly given: Given }

/** Each kind of source is taken apart in its own way. */
function takeApart(
  kind: SourceKind,
  characters: Traced,
  { text, given, rows, unpaged, composed }: SourceText,
  unfolded: boolean,
): readonly Part[] {
  if (kind === 'newspaper') {
    const segmented = composed
      ? composedPage(documentParagraphs(characters, text, unpaged))
      : segment(layOut(characters, text), text, unfolded)
    return [{ segmented, facts: NO_FACTS, given }]
  }
  if (kind !== 'data')
    return [{ ...oneArticle(documentParagraphs(characters, text, unpaged)), given }]
  const all = rows.length > 0 ? rows : [{ start: 0, end: text.length, given }]
  const between = (start = 0, end = text.length) => trim(sliceSource(characters, { start, end }))
  return all.map((row, i) => {
    const labels = [between(all[i - 1]?.end, row.start)]
    if (row === all.at(-1)) labels.push(between(row.end))
    const paragraphs = documentParagraphs(sliceSource(characters, row), text)
    return { segmented: oneRow(paragraphs, labels), facts: NO_FACTS, given: row.given }
  })
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
  rows: [],
  credits: [],
  section: null,
  notes: [],
}

/** A row of data is one article, whatever it looks like. */
function oneRow(paragraphs: readonly DocumentParagraph[], labels: readonly Traced[]): Segmented {
  const item = {
    ...NO_ITEM,
    kind: 'article' as const,
    body: paragraphs.map(({ text }) => text),
  }
  return {
    items: [item],
    furniture: labels
      .filter((label) => label.text !== '')
      .map((label) => ({ what: '标签', text: label })),
  }
}

/** A page that the article does not print itself is the file's own, where it has pages. */
function onPage(article: Article, pages: SourceText['pages']): Article {
  const { publication, spans } = article
  const page = pages.findLast(({ start }) => start <= (spans[0]?.start ?? 0))?.page
  if (publication.page !== null || page === undefined) return article
  return { ...article, publication: { ...publication, page: String(page) } }
}
