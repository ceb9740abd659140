import { normalize, termsOf } from '../../../retrieval/tokens.ts'
import type { Span } from '../../../traced.ts'
import type { Context, Sentence } from '../../context/context.ts'
import { plantedIn } from '../../planted.ts'
import type { Stretch } from './stretch.ts'

/** A text ready to be asked whether it has a term or a word. */
export interface Words {
  readonly terms: ReadonlySet<string>
  readonly normal: string
}

/** A stretch of a passage that may answer: a sentence, a part of one between semicolons, a line of a head. */
export interface Candidate extends Stretch {
  readonly text: string
  readonly words: Words
  /** What stands before it and may name what it speaks of: the sentence before, its paragraph's opening, the titles. */
  readonly before: Words
  readonly opening: Words
  readonly heading: Words
  readonly place: Words
  /** Its place in reading order among all candidates of its article. */
  readonly n: number
}

/** A longer sentence is also offered by its parts between semicolons. */
const LONG = 110
/** How much of a paragraph's beginning tells what the paragraph is about. */
const OPENING = 50

/** Everything in a context that may answer, but for what articles were planted with for machines. */
export function candidatesOf({ articles }: Context): Candidate[] {
  return articles.flatMap(({ sentences }) => {
    const planted = new Map(sentences.map(({ passage }) => [passage, plantedIn(passage.text)]))
    return ofArticle(sentences).filter(({ passage, start, end }) =>
      planted.get(passage)!.every((order) => order.end <= start || order.start >= end),
    )
  })
}

/** What of an article's sentences may answer, in reading order. */
function ofArticle(sentences: readonly Sentence[]): Candidate[] {
  const any = sentences[0]?.passage
  if (!any) return []
  const place = wordsOf(any.place.join('\n'))
  const titles = [any.kicker, any.headline].filter((title) => title !== null)
  let n = 0
  let opening = NOTHING
  return [...Map.groupBy(sentences, ({ passage }) => passage)].flatMap(([passage, own]) => {
    let before = NOTHING
    const { text } = passage
    const byLine = passage.part === 'head' || passage.kind === 'table'
    const heading = wordsOf([...titles, passage.subhead ?? ''].join('\n'))
    const spans = byLine ? own.flatMap(lines) : units(text, own)
    return spans.map(({ start, end }): Candidate => {
      if (start === 0 || text[start - 1] === '\n')
        opening = wordsOf(text.slice(start, start + OPENING))
      const words = wordsOf(text.slice(start, end))
      const candidate = {
        passage,
        start,
        end,
        text: text.slice(start, end),
        words,
        before,
        opening,
        heading,
        place,
        n: n++,
      }
      if (!byLine) before = words
      return candidate
    })
  })
}

const NOTHING: Words = { terms: new Set(), normal: '' }

function wordsOf(text: string): Words {
  return { terms: new Set(termsOf(text)), normal: normalize(text) }
}

/** Short lines of a head are one sentence with the line before. */
function lines({ text, start }: Sentence): Span[] {
  return [...text.matchAll(/[^\n]*\S[^\n]*/gu)].map(({ index, 0: line }) => ({
    start: start + index,
    end: start + index + line.length,
  }))
}

function units(text: string, sentences: readonly Sentence[]): Span[] {
  return withHeads(text, sentences).flatMap(({ start, end }) =>
    end - start <= LONG ? [{ start, end }] : parts(text, start, end),
  )
}

/** A sentence that only names an item of an enumeration (…提出：一是提高效率。) goes with the one that tells it. */
const ITEM_HEAD =
  /(?:^|[：:，,])(?:[一二三四五六七八九]是|[一二三四五六七八九]要)[^，。；]{2,24}。$/u
const ITEM = /^(?:[一二三四五六七八九][是要、]|（[一二三四五六七八九十]）|另一方面)/u
/** So does the short sentence that heads a part or a paragraph: （五）用好政策。 强化组织。 规划引领，下好“先手棋”。 */
const PART_HEAD = /^（[一二三四五六七八九十]）[^。]{3,40}。$/u
const PARAGRAPH_HEAD = /^[^，。；：\d]{3,16}(?:，[^，。；：\d]{3,16})?。$/u

function withHeads(text: string, whole: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const unit of whole) {
    const last = joined.at(-1)
    const goesOn =
      !ITEM.test(text.slice(unit.start, unit.end)) &&
      !text.slice(last?.end, unit.start).includes('\n')
    if (last && goesOn && isHead(text, last))
      joined[joined.length - 1] = { start: last.start, end: unit.end }
    else joined.push(unit)
  }
  return joined
}

function isHead(text: string, { start, end }: Span): boolean {
  const sentence = text.slice(start, end)
  const opens = start === 0 || text[start - 1] === '\n'
  return (
    ITEM_HEAD.test(sentence) || PART_HEAD.test(sentence) || (opens && PARAGRAPH_HEAD.test(sentence))
  )
}

/** A sentence parted at its semicolons; a quotation or bracket in it is not. */
function parts(text: string, start: number, end: number): Span[] {
  const cuts: number[] = []
  let open = 0
  for (let i = start; i < end - 1; i++) {
    if (/[“「『（(]/u.test(text[i]!)) open++
    else if (/[”」』）)]/u.test(text[i]!)) open--
    else if (/[；;]/u.test(text[i]!) && open <= 0) cuts.push(i + 1)
  }
  return [start, ...cuts].map((from, i) => {
    const to = cuts[i] ?? end
    const lead = text.slice(from, to).length - text.slice(from, to).trimStart().length
    return { start: from + lead, end: to }
  })
}
