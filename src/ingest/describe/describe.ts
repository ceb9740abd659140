import { createHash } from 'node:crypto'
import type { Article } from '../../corpus.ts'
import { join, spansOf } from '../../traced.ts'
import type { Item, Segmented } from '../item.ts'
import { bylineOf } from './byline.ts'
import type { Given, PageSource } from './given.ts'
import { dateOfPage } from './page-dates.ts'
import { cityOfPage, placeOf } from './places.ts'
import { publicationOf } from './publication.ts'

/** An article and the item it was described from. */
export interface Described {
  readonly article: Article
  readonly item: Item
}

const ID_LENGTH = 12

/** Describes a page's items: who wrote them, which paper, when and where, each from the whole page's evidence. */
export function describe(segmented: Segmented, source: PageSource): Described[] {
  const city = cityOfPage(segmented.items)
  const publication = publicationOf(segmented, city)
  const date = dateOfPage(segmented)
  return segmented.items.map((item, i) => {
    const body = join(item.body, '\n')
    const article: Article = {
      id: idOf(source.name, body.text, body.origin[0] ?? i),
      source: source.name,
      also: [],
      n: i + 1,
      kind: item.kind,
      headline: item.headline?.text ?? null,
      kicker: item.kicker?.text ?? null,
      subtitle: item.subtitle?.text ?? null,
      subheads: item.subheads.map(({ text }) => text),
      byline: bylineOf(item),
      publication,
      date,
      place: placeOf(item, city),
      section: item.section?.text ?? null,
      url: null,
      text: body.text,
      spans: spansOf(body, source.text),
      notes: [...item.notes],
    }
    return { item, article: source.given ? withGiven(article, source.given, i === 0) : article }
  })
}

/** What the source says of itself goes before what its text lets infer. */
function withGiven(article: Article, given: Given, first: boolean): Article {
  const { title, date, place, publication, url } = given
  return {
    ...article,
    ...(given.id !== undefined && first && { id: given.id }),
    ...(title !== undefined && first && { headline: title }),
    ...(date !== undefined && {
      date: { value: date, printed: date, inferred: false, reason: null },
    }),
    ...(place !== undefined && {
      place: placeOf(
        { ...EMPTY_ITEM, headline: { text: place, origin: new Uint32Array(place.length) } },
        [],
      ),
    }),
    ...(publication !== undefined && {
      publication: { ...article.publication, name: publication, inferred: false },
    }),
    ...(url !== undefined && { url }),
  }
}

const EMPTY_ITEM: Item = {
  kind: 'article',
  headline: null,
  kicker: null,
  subtitle: null,
  subheads: [],
  credits: [],
  section: null,
  body: [],
  notes: [],
}

const idOf = (source: string, text: string, at: number) =>
  createHash('sha256').update(`${source}\0${at}\0${text}`).digest('hex').slice(0, ID_LENGTH)
