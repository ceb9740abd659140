import type { Passage } from '../../corpus.ts'
import type { Evidenced } from './draft.ts'
import { hold } from './hold.ts'
import { LONGEST_TEXT, MOST_QUOTES } from './limits.ts'
import { neutralise } from './neutralise.ts'
import { fail } from './outcome.ts'
import type { Outcome, RejectionKind } from './outcome.ts'
import { findAll, toSentence } from './place.ts'

/** What falls for these may be borne out by the rest of a sentence that was quoted in part. */
const IN_THE_SENTENCE: ReadonlySet<RejectionKind> = new Set(['figure', 'name', 'unsupported'])

/** One statement, premise or conflict on its own, as it is verified while an answer streams in. */
export function verifyEvidenced(
  { text, evidence }: Evidenced,
  passages: readonly Passage[],
  question: string,
  correcting = false,
): Outcome {
  if (text.length > LONGEST_TEXT) return fail('too_long', `longer than ${LONGEST_TEXT} characters`)
  if (evidence.length > MOST_QUOTES) return fail('too_long', `more than ${MOST_QUOTES} quotes`)
  const plain = neutralise(text)
  if (!/[\p{L}\p{N}]/u.test(plain)) return fail('empty', 'the text is empty')
  if (evidence.length === 0) return fail('no_evidence', 'no quote is given')
  const found = findAll(evidence, passages)
  if (!found.ok) return found
  const outcome = hold(plain, found.places, question, correcting)
  if (outcome.ok || !IN_THE_SENTENCE.has(outcome.kind)) return outcome
  const whole = hold(plain, found.places.map(toSentence), question, correcting)
  return whole.ok ? whole : outcome
}
