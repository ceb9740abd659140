import type { Turn } from '../../corpus.ts'
import { idf } from '../bm25.ts'
import type { Frequencies } from '../passage-index.ts'
import { normalize, termsOf } from '../tokens.ts'
import type { Part } from './read-turn.ts'

/** What a question names that was not spoken of before. */
export interface OwnTopic {
  /** Whether that is enough to begin anew. */
  readonly named: boolean
  /** Whether it asks of the answer and its source alone. */
  readonly ofAnswer: boolean
  /** Whether it is a word alone that names a thing. */
  readonly isWord: boolean
  /** How much is named; for explaining. */
  readonly mass: number
  /** Whether a topic is named before one of the parts, so that the part may stand for that. */
  before(part: number): boolean
}

/** A character of a verb names half as much as one of a noun: 能贷多少, 谁去跑. */
const VERB = 0.5
/** A place beside a topic helps to name it. */
const PLACE = 1
/** What is named in so many characters is a topic. */
const ENOUGH = 2.5

/** Reads what a question names of its own, after a turn. */
export function ownTopic(own: readonly Part[], last: Turn, frequencies: Frequencies): OwnTopic {
  const said = new Set(termsOf(`${last.question}\n${last.answer}`))
  const saidText = normalize(`${last.question}\n${last.answer}`)
  const masses = own.map((part) => massOf(part, { said, saidText }, frequencies))
  const sum = masses.reduce((a, b) => a + b, 0)
  const mass = sum > 0 && own.some(({ role }) => role === 'place') ? sum + PLACE : sum
  const content = own.filter(({ role }) => role === 'content')
  return {
    mass,
    named: mass >= ENOUGH,
    ofAnswer: own.some(({ role }) => role === 'source') && mass === 0 && content.length === 0,
    isWord: content.some(({ tag }) => !tag.startsWith('v')) || content.length > 0,
    before: (part) => masses.slice(0, part).reduce((a, b) => a + b, 0) >= ENOUGH / 2,
  }
}

function massOf(
  { role, text, tag }: Part,
  { said, saidText }: { said: ReadonlySet<string>; saidText: string },
  frequencies: Frequencies,
): number {
  if (role !== 'content') return 0
  const normal = normalize(text)
  if (saidText.includes(normal)) return 0
  const terms = termsOf(normal)
  const fresh = terms.filter((term) => !said.has(term))
  const rare = terms.map((term) => rarity(term, frequencies))
  const telling = rare.reduce((a, b) => a + b, 0) / Math.max(1, rare.length)
  const kind = /^(?:v(?!n)|a|d)/u.test(tag) || normal.length === 1 ? VERB : 1
  return normal.length * kind * telling * (fresh.length / Math.max(1, terms.length))
}

/** From 0 for what every passage has to 1 for what one has or none. */
function rarity(term: string, { passages, of }: Frequencies): number {
  if (passages === 0) return 1
  return Math.min(1, idf(passages, of.get(term) ?? 0) / idf(passages, 1))
}
