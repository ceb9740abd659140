import type { Claim, Passage, Question } from '../../corpus.ts'
import type { AnswerOptions } from '../answer.ts'
import { citation } from '../cite.ts'
import type { Context, Sentence } from '../context/context.ts'
import { numberPieces } from '../context/number-pieces.ts'
import type { PointAtClaim } from '../pick/point-at-claim.ts'
import { type Comparison, compareAll } from './compare.ts'
import { lettersOf } from './letters.ts'
import { type Found, speakingOf } from './speaks-of.ts'
import { type Window, closestWindows } from './windows.ts'
import { cut } from '../../code-points.ts'
import { LONGEST_CLAIM } from '../cut-question.ts'

export interface CheckClaimDeps {
  /** Finds passages by the claim's words, best first. */
  readonly retrieve: (
    question: Question,
    limit: number,
  ) => Promise<{ readonly results: readonly Found[] }>
  /** An article's passages in reading order: a claim may be of two sentences that a passage parts. */
  readonly passages?: (articleId: string) => Promise<readonly Passage[]>
  /** A model that points at the sentences to compare where words find none. */
  readonly point?: PointAtClaim
  /** How many passages are read. */
  readonly depth?: number
  /** The clock, in milliseconds. */
  readonly now?: () => number
}

export type CheckClaim = (
  claim: { readonly id?: string; readonly claim: string },
  options?: Pick<AnswerOptions, 'spend'>,
) => Promise<Claim>

type Verdict = Pick<Claim, 'verdict' | 'citations' | 'differences'>

/** So many articles are read whole, the others as far as they were found. */
const WHOLE = 3
/** Characters that a model is sent. */
const SENT = 4600
/** A claim with so much of a sentence in order speaks of what it speaks of. */
const REPEATS = 0.5
const SHOWN = 2

/**
 * Says whether the articles print a sentence: so, as a cut (`found`); but for words that differ
 * (`changed`); or not, and then whether they speak of it (`near`, `not_found`).
 */
export function createCheckClaim({
  retrieve,
  passages,
  point,
  depth = 20,
  now = () => performance.now(),
}: CheckClaimDeps): CheckClaim {
  return async function checkClaim({ id, claim }, { spend } = {}) {
    const started = now()
    const read = await judge(cut(claim, LONGEST_CLAIM), spend)
    // Of more than is read nothing is judged.
    const isWhole = claim.length <= LONGEST_CLAIM || read.verdict === 'not_found'
    const judged: Verdict = isWhole ? read : { ...read, verdict: 'near', differences: [] }
    return { ...(id !== undefined && { id }), claim, ...judged, ms: now() - started }
  }

  async function judge(text: string, spend: AnswerOptions['spend']): Promise<Verdict> {
    if (lettersOf(text).chars.length === 0) return verdictOf('not_found', [])
    const { results } = await retrieve({ question: text }, depth)
    const { articles } = numberPieces(await articlesOf(results))
    const sentences = articles.map((article) => article.sentences)
    const [closest] = sorted(compareAll(text, closestWindows(text, sentences)))
    if (closest && closest.verdict !== 'other') return told(closest)
    const near = closest && closest.share >= REPEATS ? closest.sentences : []
    const shown = near.length > 0 ? near : speakingOf(text, results, sentences.flat())
    const mayAsk = point && ((await spend?.()) ?? true)
    const pointed = mayAsk ? await pointedAt(text, point, contextOf(results)) : undefined
    return pointed ?? verdictOf(shown.length > 0 ? 'near' : 'not_found', shown)
  }

  /** Articles of what was found, in reading order, the first of them whole. */
  async function articlesOf(results: readonly Found[]): Promise<(readonly Passage[])[]> {
    const found = Map.groupBy(
      results.map(({ passage }) => passage),
      ({ articleId }) => articleId,
    )
    const read = await Promise.all(
      Array.from(found, async ([articleId, own], i) => {
        const all = i < WHOLE ? await passages?.(articleId) : undefined
        return all ? [all] : stretchesOf(own)
      }),
    )
    return read.flat()
  }
}

/** Passages of an article in reading order, those together that follow each other. */
function stretchesOf(passages: readonly Passage[]): (readonly Passage[])[] {
  const stretches: Passage[][] = []
  for (const passage of passages.toSorted((a, b) => a.n - b.n)) {
    const last = stretches.at(-1)
    if (last && last.at(-1)!.n === passage.n - 1) last.push(passage)
    else stretches.push([passage])
  }
  return stretches
}

/** What a model points at is compared like anything else; where it fails or points at nothing, words decide. */
async function pointedAt(
  text: string,
  point: PointAtClaim,
  context: Context,
): Promise<Verdict | undefined> {
  const pointed = await point(text, context)
  if (pointed.status === 'failed') return undefined
  const sentences = new Set(
    [...pointed.says, ...pointed.denies].flatMap((n) => context.at(n)?.sentence ?? []),
  )
  if (sentences.size === 0) return undefined
  const [closest] = sorted(
    compareAll(
      text,
      [...sentences].map((s) => withNext(s, context)),
    ),
  )
  if (closest && closest.verdict !== 'other') return told(closest)
  return verdictOf('near', [...sentences])
}

function withNext(sentence: Sentence, { articles }: Context): Window {
  const own = articles.find((article) => article.sentences.includes(sentence))?.sentences ?? []
  const at = own.indexOf(sentence)
  return own.slice(at, at + 2)
}

function contextOf(results: readonly Found[]): Context {
  let length = 0
  const read = results.filter(({ passage }) => (length += passage.text.length) <= SENT)
  const articles = Map.groupBy(
    read.map(({ passage }) => passage),
    ({ articleId }) => articleId,
  )
  return numberPieces([...articles.values()].flatMap(stretchesOf))
}

/** Whatever prints the claim comes first, then what is closest. */
const sorted = (comparisons: readonly Comparison[]) =>
  comparisons.toSorted((a, b) => Number(b.verdict === 'found') - Number(a.verdict === 'found'))

const told = ({ verdict, sentences, differences }: Comparison): Verdict => ({
  verdict: verdict === 'found' ? 'found' : 'changed',
  citations: sentences.map((sentence, i) => citation(sentence, i + 1)),
  differences,
})

const verdictOf = (verdict: Claim['verdict'], sentences: readonly Sentence[]): Verdict => ({
  verdict,
  citations: sentences.slice(0, SHOWN).map((sentence, i) => citation(sentence, i + 1)),
  differences: [],
})
