import type { Governors } from './governors.ts'
import type { Word } from './words.ts'

/**
 * What a clause says of what it speaks of: it names it (`full`); it names whoever may be meant (`generic`:
 * 企业, 财政) or a property of something named before (`property`: 投资, 受理期); or it begins with what is
 * done (`none`).
 */
export type SubjectKind = 'full' | 'generic' | 'property' | 'none'

const NAME = /^(?:ns|nt|nr|nz|eng)/u
const PREPOSITION = /^p/u
const VERB = /^v(?!n)/u
/** Adverbs, prepositions, verbs and numbers end a subject. */
const ENDS_SUBJECT = /^(?:d|p|v(?!n)|m|c)/u
/** Words of time, and what joins, may stand in front of one. */
const IN_FRONT = /^(?:c|t|u|w)/u
/** Behind words of manner stands what is done. */
const MANNER = /^(?:d|ad|vd)$/u
/** A property is named in a word or two. */
const LONGEST_PROPERTY = 4

/** Reads the subject of a clause from its words, given without its dates. */
export function subjectOf(words: readonly Word[], governs: Governors): SubjectKind {
  if (governs('reports', words)) return 'full'
  const from = words.findIndex(
    (word) =>
      governs('fronting', [word]) || (!IN_FRONT.test(word.tag) && !governs('frequency', [word])),
  )
  const rest = from < 0 ? [] : words.slice(from)
  const [first, ...others] = rest
  if (!first || governs('fronting', [first]) || governs('agentless', rest)) return 'none'
  // 力争全区重大项目完成投资: what is planned may name whose plan it is.
  if (governs('planning', rest)) return others.length > 0 ? subjectOf(others, governs) : 'none'
  if (governs('by-agent', [first])) return 'full'
  if (governs('existing', rest)) return tellsWhat(others) ? 'full' : 'none'
  const of = others.findLastIndex(({ tag }, i) => tag === 'uj' && isNominal(others[i + 1]))
  if (PREPOSITION.test(first.tag)) return of >= 0 && others.length === of + 2 ? 'full' : 'none'
  if (VERB.test(first.tag) || MANNER.test(first.tag)) {
    if (of >= 0 && namesBehind(others.slice(of + 1), governs)) return 'full'
    return VERB.test(first.tag) && namesWho(others, governs)
      ? kindOf([first, ...others.slice(0, endOf(others))], governs)
      : 'none'
  }
  if (first.tag.startsWith('a') && !isNominal(others[0]))
    return governs('property', [first]) ? 'property' : 'none'
  const end = endOf(others)
  // 制作固定菜式的套餐: a verbal noun with nothing behind it is a verb.
  if (first.tag === 'vn' && end === others.length) return 'none'
  return kindOf([first, ...others.slice(0, end)], governs)
}

const isNominal = (word: Word | undefined) =>
  word !== undefined && /^(?:n|vn|an|j|l|s|r|x|i|q|f|b|eng|g|k|h|z)/u.test(word.tag)

/** 共有34个项目入选: what there is, and what it does. */
function tellsWhat(words: readonly Word[]): boolean {
  return words.findLastIndex(({ tag }) => VERB.test(tag)) > words.findIndex(isNominal)
}

/** 紧邻的蓝屿生物建成, 符合条件的企业可: behind 的 a name, or whoever may. */
function namesBehind(words: readonly Word[], governs: Governors): boolean {
  const end = endOf(words)
  const noun = words.slice(0, end)
  const next = words[end]
  if (next === undefined) return false
  return (
    noun.some(({ tag }) => NAME.test(tag)) || governs('agent', noun) || governs('modal', [next])
  )
}

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
  const agent = governs('agent', noun)
  if (noun.length > 1 && (agent || governs('place-end', noun))) return 'full'
  const length = noun.reduce((sum, { text }) => sum + text.length, 0)
  if (length > LONGEST_PROPERTY) return 'full'
  if (governs('property', noun)) return 'property'
  return agent ? 'generic' : 'full'
}
