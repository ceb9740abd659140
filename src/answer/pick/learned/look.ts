/** What a context's sentences have of a question: each is looked at once, with what stands around it. */
import { remember } from '../../../language/remember.ts'
import { normalize } from '../../../retrieval/tokens.ts'
import type { Retrieved } from '../../../retrieval/retrieve.ts'
import type { Context, Sentence } from '../../context/context.ts'
import { gives } from '../../../language/kinds.ts'
import { type Wanted, degree } from './wanted.ts'

/** Of each term of the question, how much of it a text has, 0 to 1. */
export type Has = readonly number[]

export interface Seen {
  readonly wanted: Wanted
  readonly sentence: Sentence
  /** The sentence normalized, and of that the letters and digits alone. */
  readonly normal: string
  readonly letters: string
  readonly own: Has
  /** What the sentences before and after it in its article have. */
  readonly before: Has
  readonly after: Has
  /** What its article's headline and place have; the last heading before it. */
  readonly head: Has
  readonly section: Has
  readonly passage: Has
  readonly article: Has
  readonly all: Has
  readonly previous: Sentence | undefined
  /** Of its passage in the ranking, from 1, and its score as a share of the best; 0 where it was not found. */
  readonly rank: number
  readonly score: number
  readonly articleRank: number
  readonly articleText: string
  readonly headText: string
  /** Its place among its article's sentences in the context. */
  readonly n: number
  readonly of: number
  /** The best coverage of any sentence, by itself and with what stands around it. */
  readonly bestOwn: number
  readonly bestAround: number
  /** Of each thing asked for, whether the sentence gives such a thing. */
  readonly gives: readonly boolean[]
}

/** Every part of a question looks at the same sentences. */
const normalized = remember(normalize)

const ENUMERATED =
  /^[\s—]*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、是要]|\d{1,2}[.．、](?!\d)|[①-⑳]|第[一二三四五六七八九十]|[首其]先|其次)/u
const ENDED = /[。！？；.!?;”’）)]$/u
const LONGEST_HEADING = 45

export function isEnumerated(text: string): boolean {
  return ENUMERATED.test(text)
}

/** Whether a sentence is printed as its last words do: with a mark that ends it. */
export function isEnded(text: string): boolean {
  return ENDED.test(text.trimEnd())
}

/** A line that only names what follows: an item's short head, or words without a mark at their end. */
export function isHeading(text: string): boolean {
  return text.length <= LONGEST_HEADING && (isEnumerated(text) || !isEnded(text))
}

/** A flat text joins a heading to the sentence before it: …市财政局）四、实施援企稳岗政策。 */
const ENDS_IN_HEADING = /(?:[）)；;]|\s)[一二三四五六七八九十]{1,3}、[^，。；]{2,24}[。：]?$/u

export function endsInHeading(text: string): boolean {
  return ENDS_IN_HEADING.test(text.trimEnd())
}

/** The share of the question that some texts have together. */
export function cover({ terms, total }: Wanted, ...has: readonly Has[]): number {
  let mass = 0
  for (let i = 0; i < terms.length; i++) mass += terms[i]!.mass * most(has, i)
  return mass / total
}

export function most(has: readonly Has[], i: number): number {
  let best = 0
  for (const one of has) if (one[i]! > best) best = one[i]!
  return best
}

export function around({
  wanted,
  own,
  before,
  head,
  section,
}: Omit<Seen, 'bestOwn' | 'bestAround' | 'all' | 'gives'>): number {
  return cover(wanted, own, before, head, section)
}

/** Looks at the sentences of a context that come near the question. */
export function look(wanted: Wanted, context: Context, results: Retrieved['results']): Seen[] {
  const nothing: Has = wanted.terms.map(() => 0)
  const known = new Map<string, Has>()
  const find = (normal: string): Has => {
    const before = known.get(normal)
    if (before) return before
    const has = normal === '' ? nothing : wanted.terms.map((term) => degree(term, normal))
    known.set(normal, has)
    return has
  }
  const best = results[0]?.score || 1
  const ranks = new Map(results.map((r) => [r.passage.id, r]))
  const articles = [...new Set(results.map(({ passage }) => passage.articleId))]
  const seen = context.articles.flatMap(({ articleId, sentences }) => {
    const normals = sentences.map(({ text }) => normalized(text))
    const owns = normals.map(find)
    const headText = headOf(sentences[0])
    const head = find(headText)
    const article = joined([...owns, head], nothing)
    const passages = new Map(
      Array.from(
        Map.groupBy(sentences.keys(), (i) => sentences[i]!.passage.id),
        ([id, at]) =>
          [
            id,
            joined(
              at.map((i) => owns[i]!),
              nothing,
            ),
          ] as const,
      ),
    )
    const articleText = [...normals, headText].join('\n')
    const articleRank = articles.indexOf(articleId) + 1
    let heading = nothing
    return sentences.map((sentence, i): Omit<Seen, 'all' | 'bestOwn' | 'bestAround' | 'gives'> => {
      const { passage, text } = sentence
      const previous = follows(sentences[i - 1], sentence) ? sentences[i - 1] : undefined
      const found = ranks.get(passage.id)
      const section = joined([heading, find(normalize(passage.subhead ?? ''))], nothing)
      if (isHeading(text) || endsInHeading(text)) heading = owns[i]!
      return {
        wanted,
        sentence,
        normal: normals[i]!,
        letters: normals[i]!.replace(/[^\p{L}\p{N}]+/gu, ''),
        own: owns[i]!,
        before: previous ? owns[i - 1]! : nothing,
        after: owns[i + 1] ?? nothing,
        head,
        section,
        passage: passages.get(passage.id)!,
        article,
        previous,
        rank: found?.rank ?? 0,
        score: found ? found.score / best : 0,
        articleRank,
        articleText,
        headText,
        n: i,
        of: sentences.length,
      }
    })
  })
  const all = joined(
    seen.map(({ article }) => article),
    nothing,
  )
  const bestOwn = Math.max(NEARLY_NOTHING, ...seen.map(({ own }) => cover(wanted, own)))
  const arounds = seen.map(around)
  const bestAround = Math.max(NEARLY_NOTHING, ...arounds)
  return nearest(seen, arounds).map((one) => ({
    ...one,
    all,
    bestOwn,
    bestAround,
    gives: wanted.asked.map((asked) => gives(asked, one.sentence.text)),
  }))
}

/** Of 70 to 95 sentences so many: the nearest 25 have 98% of those that answer among them, 40 have 99%. */
const NEAREST = 30
/** What stands behind the nearest may go on with a list. */
const GOING_ON = 10

/** Those with the most of the question in them and around them, in reading order. */
function nearest<T>(all: readonly T[], arounds: readonly number[]): T[] {
  const order = [...arounds.keys()].toSorted((a, b) => arounds[b]! - arounds[a]!)
  const kept = new Set([...order.slice(0, NEAREST), ...order.slice(0, GOING_ON).map((i) => i + 1)])
  return all.filter((_, i) => kept.has(i))
}

const NEARLY_NOTHING = 1e-9

function headOf(sentence: Sentence | undefined): string {
  if (!sentence) return ''
  const { headline, kicker, place } = sentence.passage
  return normalize([headline, kicker, ...place].filter((words) => words !== null).join('\n'))
}

function joined(all: readonly Has[], nothing: Has): Has {
  return all.length === 0 ? nothing : nothing.map((_, i) => most(all, i))
}

/** Whether one sentence is printed right before the other. */
function follows(previous: Sentence | undefined, { passage }: Sentence): previous is Sentence {
  if (!previous || previous.passage.part !== passage.part) return false
  return previous.passage.id === passage.id || previous.passage.n + 1 === passage.n
}
