/** Picking again from a part of what was found: what another city, or a later article, has to say. */
import { officesAsked } from '../retrieval/asks-now.ts'
import type { ContextArticle, Sentence } from './context/context.ts'
import { partsOf } from './pick/learned/parts.ts'
import type { PickByWords, WordsPick, WordsRequest } from './pick/words-pick.ts'
import { bySentence } from './tell/tell.ts'

/** A sentence that answers, and the pieces of it that were picked. */
export interface Best {
  readonly sentence: Sentence
  readonly pieces: readonly number[]
}

/** What comes first in a pick; nothing where nothing answers. */
export function bestOf({ picks }: WordsPick, { context }: WordsRequest): Best | undefined {
  if (picks.status === 'not_found') return undefined
  const sentence = bySentence(picks.statements, context).keys().next().value
  if (!sentence) return undefined
  return { sentence, pieces: picks.statements.flat().filter((n) => isOf(n, sentence)) }
}

const isOf = (n: number, { first, pieces }: Sentence) => n >= first && n < first + pieces.length

/** What answers best within some articles, if it speaks of the question nearly as much as what answers best of all. */
export function bestWithin(
  articles: readonly ContextArticle[],
  request: WordsRequest,
  { pick, first }: { readonly pick: PickByWords; readonly first: Best },
): Best | undefined {
  if (articles.length === 0) return undefined
  const part = { ...request, context: { ...request.context, articles } }
  const best = bestOf(pick(part), part)
  const enough = Math.max(SPEAKS, coverageOf(first, request) * AS_GOOD)
  if (!best || coverageOf(best, request) < enough) return undefined
  const offices = officesAsked(request.standalone)
  return offices.every((office) => holds(best.sentence.text, office)) ? best : undefined
}

/** What was picked again first; behind it, where a question asks several things, what else was picked. */
export function inFront(
  best: readonly Best[],
  { picks }: WordsPick,
  { standalone }: WordsRequest,
): (readonly number[])[] {
  const told = best.map(({ pieces }) => pieces)
  const known = new Set(told.flat())
  if (partsOf(standalone).length < 2) return told
  return [...told, ...picks.statements.filter((one) => !one.some((n) => known.has(n)))]
}

/** Less of the question than this, or less of what the best has of it, and it is about another thing. */
const SPEAKS = 0.3
const AS_GOOD = 0.7

/** The share of the question that a sentence's passage has; 0 where it was not found itself. */
function coverageOf({ sentence }: Best, { retrieved }: WordsRequest): number {
  return retrieved.results.find(({ passage }) => passage.id === sentence.passage.id)?.coverage ?? 0
}

/** 副市长 is another office than 市长. */
const holds = (text: string, office: string) =>
  text
    .split(office)
    .slice(0, -1)
    .some((before) => !before.endsWith('副'))
