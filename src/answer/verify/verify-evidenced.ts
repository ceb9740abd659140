import type { Passage } from '../../corpus.ts'
import { claimIn, partCorrection } from './correction.ts'
import type { Evidenced } from './draft.ts'
import { hold } from './hold.ts'
import { LONGEST_TEXT, MOST_QUOTES } from './limits.ts'
import { neutralise } from './neutralise.ts'
import { fail } from './outcome.ts'
import type { Outcome, RejectionKind } from './outcome.ts'
import { findAll, toSentence } from './place.ts'
import type { Place } from './place.ts'

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
  if (!correcting) return holdWithin(plain, found.places, question, false)
  const { opening, says } = partCorrection(plain)
  const outcome = holdWithin(says, found.places, question, true)
  if (!outcome.ok || opening === '') return outcome
  // 不对 is untrue itself when the quotes say what was asked.
  return holdWithin(claimIn(question), found.places, '', false).ok
    ? fail('negation', 'the quotes say what the question says')
    : { ...outcome, text: opening + outcome.text }
}

/** Held against the words that were quoted, or else against their sentences. */
function holdWithin(
  text: string,
  places: readonly Place[],
  question: string,
  correcting: boolean,
): Outcome {
  const outcome = hold(text, places, question, correcting)
  if (outcome.ok || !IN_THE_SENTENCE.has(outcome.kind)) return outcome
  const whole = hold(text, places.map(toSentence), question, correcting)
  return whole.ok ? whole : outcome
}
