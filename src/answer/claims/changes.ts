import type { Claim } from '../../corpus.ts'
import { figures } from '../../language/figures.ts'
import { governs } from '../../language/governors.ts'
import { namesIn } from '../../language/names.ts'
import { negations } from '../../language/negations.ts'
import { areContrary } from '../../language/opposites.ts'
import { findPlaces } from '../../language/places.ts'
import { type Word, wordsOf } from '../../language/words.ts'
import type { Span } from '../../traced.ts'
import { findKnown } from '../../retrieval/thesaurus.ts'
import type { Run } from './runs.ts'

export type Difference = Claim['differences'][number]

/** What a change is one of, so that the claim says something else; null when that cannot be told. */
export type Change = 'figure' | 'place' | 'name' | 'time' | 'negation' | 'governing' | 'particle'

/** What one of two texts says in a stretch that the other says otherwise. */
interface Side {
  readonly text: string
  readonly at: Span
  readonly words: readonly Word[]
}

/** Reads what a change is from the words that stand on both sides. */
export function changeOf({ claimed, printed }: Run, claim: string, print: string): Change | null {
  const sides = [sideOf(claim, claimed), sideOf(print, printed)] as const
  const either = (is: (side: Side) => boolean) => sides.some(is)
  if (either(hasFigure)) return 'figure'
  if (negatedOtherwise(...sides) || areContrary(sides[0].words, sides[1].words)) return 'negation'
  if (either(hasPlace)) return 'place'
  if (either(hasTime)) return 'time'
  if (MODALITIES.some((name) => governs(name, sides[0].words) !== governs(name, sides[1].words)))
    return 'governing'
  if (either(hasName) || otherThing(...sides)) return 'name'
  return sides.every(({ words }) => words.every(isParticle)) ? 'particle' : null
}

/** The words that differ, as they are shown; of a negation with the word that is negated. */
export function differenceOf(run: Run, change: Change, claim: string, print: string): Difference {
  const { claimed, printed } = change === 'negation' ? withNegated(run, claim, print) : run
  return {
    claimed: claim.slice(claimed.start, claimed.end),
    printed: print.slice(printed.start, printed.end),
  }
}

/** Words that limit what is said: will, must, may, at most, not for. */
const MODALITIES = ['plan', 'duty', 'encourage', 'exclude', 'cap', 'respectively']

function sideOf(text: string, at: Span): Side {
  const words = wordsOf(text).filter((w) => w.tag !== 'x' && w.start < at.end && at.start < w.end)
  return { text, at, words }
}

const within = ({ at }: Side, { start, end }: Span) => start < at.end && at.start < end

const hasFigure = (side: Side) =>
  figures(side.text).some((figure) => within(side, hedged(figure))) ||
  /[\d〇]/u.test(side.text.slice(side.at.start, side.at.end))

function hedged(figure: ReturnType<typeof figures>[number]): Span {
  const hedge = figure.kind === 'quantity' ? figure.hedge.length : 0
  return { start: figure.start - hedge, end: figure.end }
}

const hasPlace = (side: Side) => findPlaces(side.text).some((place) => within(side, place))
const hasTime = ({ words }: Side) => words.some(({ tag }) => tag.startsWith('t'))
const isParticle = ({ tag }: Word) => /^[uy]/u.test(tag)

const NAME = /^n[rstz]|^eng/u

/** A name by its own form, or letters that a dictionary does not join to a word. */
function hasName(side: Side): boolean {
  const { words } = side
  return (
    words.some(({ tag }) => NAME.test(tag)) ||
    words.some(({ text }, i) => text.length === 1 && words[i + 1]?.text.length === 1) ||
    namesIn(side.text).some((name) => within(side, name))
  )
}

/** One thing named in place of another: 专利 for 商标, not 公司 for 企业. */
function otherThing(claimed: Side, printed: Side): boolean {
  const thing = ({ words }: Side) =>
    words.length > 0 && words.every(({ tag }) => /^[nj]/u.test(tag))
  const said = ({ words }: Side) => words.map(({ text }) => text).join('')
  return thing(claimed) && thing(printed) && !meanAlike(said(claimed), said(printed))
}

function meanAlike(a: string, b: string): boolean {
  if (a.includes(b) || b.includes(a)) return true
  return [[a, b] as const, [b, a] as const].some(([one, other]) =>
    findKnown(one).some(({ others }) => others.some((word) => other.includes(word))),
  )
}

function negatedOtherwise(claimed: Side, printed: Side): boolean {
  const cues = (side: Side) =>
    negations(side.text)
      .filter((cue) => within(side, cue))
      .map(({ cls }) => cls)
  return cues(claimed).join() !== cues(printed).join()
}

/** 未完全 → 未完全解决: both sides with the word behind. */
function withNegated(run: Run, claim: string, print: string): Run {
  const behind = (text: string, { end }: Span) =>
    wordsOf(text).find((word) => word.start >= end && word.tag !== 'x')
  const [a, b] = [behind(claim, run.claimed), behind(print, run.printed)]
  if (!a || !b || a.text !== b.text || a.start > run.claimed.end || b.start > run.printed.end)
    return run
  const from = (span: Span, word: Word) =>
    span.start === span.end ? { start: word.start, end: word.end } : { ...span, end: word.end }
  return { claimed: from(run.claimed, a), printed: from(run.printed, b) }
}
