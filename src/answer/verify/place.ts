import type { Passage } from '../../corpus.ts'
import { sentences } from '../../language/sentences.ts'
import type { Cited } from './check-figures.ts'
import type { Evidence } from './draft.ts'
import { fail } from './outcome.ts'
import type { Falls } from './outcome.ts'
import { locate } from './quotes.ts'
import { widen } from './widen.ts'

/** Words of a passage, by UTF-16 offsets in its text. */
export interface Place {
  readonly passage: Passage
  readonly start: number
  readonly end: number
}

/** Finds every quote in the passage whose label it gives; one that is not there is why all fall. */
export function findAll(
  evidence: readonly Evidence[],
  passages: readonly Passage[],
): { readonly ok: true; readonly places: readonly Place[] } | Falls {
  const places: Place[] = []
  for (const { label, quote } of evidence) {
    const passage = passages[label - 1]
    if (!passage) return fail('unknown_label', `there is no passage ${label}`)
    const located = locate(quote, passage)
    if (located.outcome === 'mismatch') {
      return fail('quote_not_found', `passage ${label} does not say "${quote}"`)
    }
    if (located.outcome === 'cannot_tell') {
      return located.reason === 'too_short'
        ? fail('short_quote', `the quote "${quote}" is shorter than six characters`)
        : fail(
            'quote_unsure',
            `whether passage ${label} says "${quote}" cannot be told: ${located.reason}`,
          )
    }
    places.push({ passage, ...widen(passage.text, located) })
  }
  return { ok: true, places }
}

/** The whole sentences that a quote stands in. */
export function toSentence(place: Place): Place {
  const around = sentences(place.passage.text).filter(
    (s) => s.start < place.end && s.end > place.start,
  )
  return {
    ...place,
    start: Math.min(place.start, ...around.map((s) => s.start)),
    end: Math.max(place.end, ...around.map((s) => s.end)),
  }
}

export const quoteAt = ({ passage, start, end }: Place) => passage.text.slice(start, end)
export const citedAt = (place: Place): Cited => ({
  quote: quoteAt(place),
  date: place.passage.date,
})

/** What a citation shows beside its quote: headline, paper, place. */
export function metadata({ headline, kicker, subhead, publication, place }: Passage): string[] {
  return [
    headline,
    kicker,
    subhead,
    publication.name,
    publication.issue,
    place.join(''),
    ...place,
  ].filter((m) => m !== null)
}
