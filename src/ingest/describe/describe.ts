import { createHash } from 'node:crypto'
import type { Article } from '../../corpus.ts'
import { join, spansOf, toRuns } from '../../traced.ts'
import type { Item, Segmented } from '../item.ts'
import type { LabelField } from '../labels.ts'
import type { Facts } from '../segment/one-article.ts'
import { bylineOf } from './byline.ts'
import { dateOfItem, dateOfPage, givenDate } from './dates.ts'
import type { Given } from '../read/source-text.ts'
import type { PageSource } from './page-source.ts'
import { cityOfPage, placeOf, placeOfDocument, readPlace } from './places.ts'
import { publicationOf, publicationOfDocument, publicationOfItem } from './publication.ts'
import { placesOf, repairsOf } from './repairs.ts'

/** An article and the item it was described from. */
export interface Described {
  readonly article: Article
  readonly item: Item
}

const ID_LENGTH = 12

/** Describes a page's items: who wrote them, which paper, when and where, each by the whole page's evidence. */
export function describe(segmented: Segmented, source: PageSource): Described[] {
  const city = cityOfPage(segmented.items)
  const isOne = source.kind.kind === 'web' || source.kind.kind === 'document'
  const publication = isOne ? publicationOfDocument(segmented) : publicationOf(segmented, city)
  const date = dateOfPage(segmented)
  const places = placesOf(segmented)
  return segmented.items.map((item, i) => {
    const body = join(item.body, '\n')
    const article: Article = {
      id: idOf(source.name, body.text, body.origin[0] ?? i),
      source: source.name,
      sourceKind: source.kind.kind,
      sourceReason: source.kind.reason,
      also: [],
      n: i + 1,
      kind: item.kind,
      headline: item.headline?.text ?? null,
      kicker: item.kicker?.text ?? null,
      subtitle: item.subtitle?.text ?? null,
      subheads: item.subheads.map(({ text }) => text),
      byline: bylineOf(item),
      publication: publicationOfItem(item, publication),
      date: dateOfItem(item, date),
      place: isOne
        ? placeOfDocument(item, source.facts.get('issuer') ?? null, city)
        : placeOf(item, city),
      section: item.section?.text ?? null,
      url: null,
      document: documentBy(source.facts),
      text: body.text,
      spans: spansOf(body, source.text),
      runs: toRuns(body.origin),
      repairs: repairsOf(body, source.text, places),
      notes: [...item.notes],
    }
    return { item, article: withGiven(article, givenBy(source), i === 0) }
  })
}

/** What a document prints of itself beside its date and its paper; null of what prints none of it. */
function documentBy(facts: Facts): Article['document'] {
  const of = (field: LabelField) => facts.get(field) ?? null
  const document = {
    issuer: of('issuer'),
    number: of('number'),
    written: of('written'),
    passed: of('passed'),
    inForce: of('force'),
  }
  return Object.values(document).every((value) => value === null) ? null : document
}

/** What is printed over the text goes before what its file says of it. */
function givenBy({ given, facts }: PageSource): Given {
  const published =
    facts.get('published') ?? given.date ?? facts.get('written') ?? facts.get('passed')
  return {
    ...given,
    date: published ?? null,
    publication: facts.get('publication') ?? given.publication ?? facts.get('issuer') ?? null,
    url: given.url ?? facts.get('url') ?? null,
  }
}

/** What the source says of itself goes before what its text lets infer; its title and id are the first item's. */
function withGiven(article: Article, given: Given, isFirst: boolean): Article {
  const { id, title, date, place, publication, url } = given
  return {
    ...article,
    ...(isFirst && id !== null && { id }),
    ...(isFirst && title !== null && { headline: title }),
    ...(date !== null && { date: givenDate(date) }),
    ...(place !== null && { place: readPlace(place) }),
    ...(publication !== null && {
      publication: { ...article.publication, name: publication, inferred: false },
    }),
    ...(url !== null && { url }),
  }
}

/** An article's id where its data gives none: of its text, and the source and the place where that begins. */
export const idOf = (source: string, text: string, at: number) =>
  createHash('sha256').update(`${source}\0${at}\0${text}`).digest('hex').slice(0, ID_LENGTH)
