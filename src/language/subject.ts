import type { Governors } from './governors.ts'
import type { Word } from './words.ts'

/**
 * Whether a clause names what it speaks of: `full`; only a part or a property of something named before
 * (投资, 受理期, 企业); or nothing: `none`.
 */
export type SubjectKind = 'full' | 'property' | 'none'

const NAME = /^(?:ns|nt|nr|nz|eng)/u
const PREPOSITION = /^p/u
const VERB = /^v(?!n)/u
/** Adverbs, prepositions, verbs and numbers end a subject. */
const ENDS_SUBJECT = /^(?:d|p|v(?!n)|m|c)/u
/** Words of time and manner, and what joins, may stand in front. */
const IN_FRONT = /^(?:d|c|t|u|w|ad)/u
/** A property is named in a word or two. */
const LONGEST_PROPERTY = 4

/** Reads the subject of a clause from its words, given without its dates. */
export function subjectOf(words: readonly Word[], governs: Governors): SubjectKind {
  const from = words.findIndex(
    (word) =>
      governs('fronting', [word]) || (!IN_FRONT.test(word.tag) && !governs('frequency', [word])),
  )
  const [first, ...others] = from < 0 ? [] : words.slice(from)
  if (!first || governs('fronting', [first]) || governs('agentless', [first])) return 'none'
  if (governs('by-agent', [first])) return 'full'
  const of = others.findLastIndex(({ tag }, i) => tag === 'uj' && isNominal(others[i + 1]))
  const predicated =
    of >= 0 && others.slice(of + 2, -1).some(({ tag }) => /^(?:v|d|p|a)/u.test(tag))
  if (PREPOSITION.test(first.tag)) return of >= 0 && !predicated ? 'full' : 'none'
  const noun = [first, ...others.slice(0, endOf(others))]
  if (VERB.test(first.tag)) {
    if (predicated) return 'full'
    return namesWho(others, governs) ? kindOf(noun, governs) : 'none'
  }
  if (/^a/u.test(first.tag) && !isNominal(others[0]))
    return governs('property', [first]) ? 'property' : 'none'
  return kindOf(noun, governs)
}

const isNominal = (word: Word | undefined) =>
  word !== undefined && /^(?:n|vn|an|j|l|s|r|x|i|q|f|b|eng|g|k|h|z)/u.test(word.tag)

/** Where a subject ends; a verb between its nouns (竣工 in 住宅竣工面积增长) is a part of it. */
function endOf(words: readonly Word[]): number {
  for (let i = 0; i < words.length; i++) {
    if (!ENDS_SUBJECT.test(words[i]!.tag)) continue
    if (!VERB.test(words[i]!.tag)) return i
    const next = words.findIndex((word, k) => k > i && !isNominal(word))
    if (next <= i + 1 || !ENDS_SUBJECT.test(words[next]!.tag)) return i
    i = next - 1
  }
  return words.length
}

/** 入园企业可享受: a verb and a noun before what they may or must do; not 签约项目167个. */
function namesWho(others: readonly Word[], governs: Governors): boolean {
  const end = endOf(others)
  const next = others[end]
  return (
    end > 0 &&
    others.slice(0, end).every(isNominal) &&
    next !== undefined &&
    (/^[dp]/u.test(next.tag) || governs('modal', [next]))
  )
}

function kindOf(noun: readonly Word[], governs: Governors): SubjectKind {
  if (governs('property', noun.slice(0, 1))) return 'property'
  if (noun.some(({ tag }) => NAME.test(tag)) || governs('whole-place', noun)) return 'full'
  if (noun.length > 1 && (governs('agent', noun) || governs('place-end', noun))) return 'full'
  const length = noun.reduce((sum, { text }) => sum + text.length, 0)
  if (length > LONGEST_PROPERTY) return 'full'
  return governs('property', noun) || governs('agent', noun) ? 'property' : 'full'
}
