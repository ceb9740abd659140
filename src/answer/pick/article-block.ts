import type { Passage } from '../../corpus.ts'
import type { Context, Sentence } from '../context/context.ts'
import { data } from '../model/data.ts'
import { withoutOrders } from '../../language/planted/planted.ts'

/** Articles as a model is sent them, and the numbers of the pieces in them. */
export interface ArticleBlock {
  readonly text: string
  readonly sent: ReadonlySet<number>
}

const LONGEST_ATTRIBUTE = 120

/** A context as a model is sent it: each piece behind its number. */
export function articleBlock({ articles }: Context): ArticleBlock {
  const shown = articles.map(({ sentences }) => sentences)
  return {
    text: shown
      .filter((sentences) => sentences.length > 0)
      .map(article)
      .join('\n'),
    sent: new Set(shown.flat().flatMap(({ pieces, first }) => pieces.map((_, i) => first + i))),
  }
}

function article(sentences: readonly Sentence[]): string {
  const { headline, publication, date, place } = sentences[0]!.passage
  const attributes = {
    headline: withoutOrders(headline ?? ''),
    publication: publication.name ?? '',
    date: date.value ?? '',
    place: place.join(''),
  }
  const head = Object.entries(attributes).map(([name, value]) => `${name}="${attribute(value)}"`)
  const body = sentences.map(
    (sentence, i) => `${between(sentences[i - 1], sentence)}${numbered(sentence)}`,
  )
  return `<article ${head.join(' ')}>\n${body.join('')}\n</article>`
}

function numbered({ text, pieces, first }: Sentence): string {
  const parts = pieces.map(({ start, end }, i) => {
    const marks = text.slice(pieces[i - 1]?.end ?? 0, start)
    return `${printed(marks)}[${first + i}]${printed(text.slice(start, end))}`
  })
  return `${parts.join('')}${printed(text.slice(pieces.at(-1)!.end))}`
}

/** What parts two sentences: nothing within a paragraph, dots where something between them is not shown. */
function between(before: Sentence | undefined, { passage, start, text }: Sentence): string {
  if (before?.passage === passage) {
    return passage.text.slice(before.end, start).includes('\n') ? '\n' : ''
  }
  const heading = headingOf(passage, before?.passage, text)
  if (!before) return heading
  const { n, part, start: from, text: above } = before.passage
  if (n + 1 !== passage.n) return `\n……\n${heading}`
  const goesOn = part === passage.part && from + above.length === passage.start
  return goesOn ? '' : `\n${heading}`
}

/** The subhead of a passage, where neither its own first sentence nor the one before shows it. */
function headingOf({ subhead }: Passage, before: Passage | undefined, text: string): string {
  if (!subhead || before?.subhead === subhead || text.startsWith(subhead)) return ''
  const heading = printed(withoutOrders(subhead))
  return heading && `【${heading}】\n`
}

/** Printed text with no brackets that a number could stand in. */
function printed(text: string): string {
  return data(text)
    .replaceAll(/[[［]/g, '〔')
    .replaceAll(/[\]］]/g, '〕')
}

function attribute(value: string): string {
  const line = printed(value).replaceAll(/\s+/g, ' ').replaceAll('"', '＂').trim()
  return Array.from(line).slice(0, LONGEST_ATTRIBUTE).join('')
}
