/** What of the articles stands beside an answer: what it cites, what was nearly told, what staff looked for, what else was found. */
import { type Standing, standingsOf } from '../../answer/cite.ts'
import { passagesIn } from '../../answer/evaluate/evaluate.ts'
import { type Considered, consideredIn } from '../../answer/pick/learned/explain.ts'
import { type Answer, type Passage, articleIdOf } from '../../corpus.ts'
import { type PassagesOf, sentencesOf } from '../judged/pointed.ts'
import type { Sentence } from '../../answer/context/context.ts'

export type Why = 'sought' | 'cited' | 'nearly' | 'ticked' | 'found'

export interface ShownSentence {
  readonly sentence: Sentence
  /** What of it is told, where it is cited. */
  readonly standing: Standing | undefined
  /** Why it was told or nearly, where that is known. */
  readonly considered: Considered | undefined
}

/** A passage with its sentences; `follows` the passage that is shown before it, and goes on in its line. */
export interface ShownPassage {
  readonly passage: Passage
  readonly sentences: readonly ShownSentence[]
  readonly joins: 'line' | 'paragraph' | 'gap'
}

export interface ShownArticle {
  readonly why: Why
  readonly head: Passage
  /** Whether all of it is shown. */
  readonly isFull: boolean
  readonly passages: readonly ShownPassage[]
}

/** So many passages around one that matters are shown: what is cited is read in its place. */
const AROUND: Readonly<Record<Why, number>> = {
  cited: 1,
  nearly: 0,
  sought: 1,
  ticked: 0,
  found: 0,
}

/** What staff want to see beside an answer's own passages: passages by id, and whole articles by theirs. */
export interface Wanted {
  /** What they looked for stands first. */
  readonly sought?: readonly string[]
  readonly ticked?: readonly string[]
  readonly full?: ReadonlySet<string>
}

/** The articles of an answer: what was looked for, then those it cites, then others. */
export async function shownArticles(
  answer: Answer,
  passagesOf: PassagesOf,
  { sought = [], ticked = [], full = new Set() }: Wanted = {},
): Promise<ShownArticle[]> {
  const standings = standingsOf(answer)
  const { considered } = consideredIn(answer)
  const wanted: readonly (readonly [Why, readonly string[]])[] = [
    ['sought', sought],
    ['cited', standings.map(({ passageId }) => passageId)],
    ['nearly', considered.map(({ passageId }) => passageId)],
    ['ticked', ticked],
    ['found', passagesIn(answer, 'retrieve')],
  ]
  const articles = new Map<string, { readonly why: Why; readonly ids: Set<string> }>()
  for (const [why, ids] of wanted) {
    for (const id of ids) {
      const article = articleIdOf(id)
      if (!articles.has(article)) articles.set(article, { why, ids: new Set() })
      articles.get(article)!.ids.add(id)
    }
  }
  const shown = await Promise.all(
    [...articles].map(async ([article, { why, ids }]) => {
      const all = await passagesOf(article)
      const [head] = all
      const isFull = full.has(article)
      const kept = isFull ? all : windows(all, ids, AROUND[why])
      return head ? [{ why, head, isFull, passages: placed(all, kept) }] : []
    }),
  )
  return shown.flat()

  /** The passages that matter with those around them, and the article's head. */
  function windows(
    all: readonly Passage[],
    ids: ReadonlySet<string>,
    around: number,
  ): readonly Passage[] {
    const matter = all.flatMap(({ id }, i) => (ids.has(id) ? [i] : []))
    return all.filter(
      ({ part }, i) => part === 'head' || matter.some((at) => Math.abs(at - i) <= around),
    )
  }

  function placed(all: readonly Passage[], kept: readonly Passage[]): ShownPassage[] {
    const sentences = Map.groupBy(sentencesOf(all), ({ passage }) => passage.id)
    return kept.map((passage, i) => ({
      passage,
      joins: joins(kept[i - 1], passage),
      sentences: (sentences.get(passage.id) ?? []).map((sentence) => {
        const isIt = (one: { passageId: string; start: number }) =>
          one.passageId === passage.id && one.start === sentence.start
        return { sentence, standing: standings.find(isIt), considered: considered.find(isIt) }
      }),
    }))
  }
}

function joins(last: Passage | undefined, { n, part, start }: Passage): ShownPassage['joins'] {
  if (!last) return 'line'
  if (last.n + 1 !== n) return 'gap'
  return last.part === part && last.start + last.text.length === start ? 'line' : 'paragraph'
}
