import { createHash, randomBytes } from 'node:crypto'
import type { Answer, Question } from '../../corpus.ts'

/** An answer that staff look at; `queued` names what it stands for in the queue. */
export interface Seen {
  readonly question: Question & { readonly date: string }
  readonly answer: Answer
  readonly queued: number | null
}

/** What an answer says, in few letters: another is seen to be another. */
export const digestOf = ({ text }: Answer): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 16)

/** So many answers are kept; each takes some 100 kB. */
const KEPT = 100

/** Answers as they were shown, in memory alone: what is judged is what was seen. The oldest go first. */
export function createSeen() {
  const seen = new Map<string, Seen>()
  return {
    keep(one: Seen): string {
      const id = randomBytes(9).toString('base64url')
      seen.set(id, one)
      if (seen.size > KEPT) seen.delete(seen.keys().next().value!)
      return id
    },
    find: (id: string): Seen | undefined => seen.get(id),
  }
}
