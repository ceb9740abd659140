import { misplacedFigure } from './attachment.ts'
import { checkFigures } from './check-figures.ts'
import { exchangedPivot, exchangedWord } from './exchanged.ts'
import { unknownNames } from '../../language/names.ts'
import { fail } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { citedAt, metadata, quoteAt, toSentence } from './place.ts'
import type { Place } from './place.ts'
import { checkPolarity } from './polarity.ts'
import { stitched } from './stitched.ts'
import { unsupportedPart } from './support.ts'

/**
 * Holds a text against the words it cites: figures, names, negations and directions, and whether they
 * speak of it at all. `correcting` is for a premise, which may repeat the question and deny it.
 */
export function hold(
  plain: string,
  places: readonly Place[],
  question: string,
  correcting: boolean,
): Outcome {
  const { text: said, rewritten, unsupported } = checkFigures(plain, places.map(citedAt))
  if (unsupported.length > 0) {
    return fail('figure', `no cited quote prints ${unsupported.join(', ')}`)
  }
  const quotes = places.map(quoteAt)
  const around = [...new Set(places.map((p) => p.passage))].flatMap(metadata)
  const [name] = unknownNames(said, [...quotes, ...around, ...(correcting ? [question] : [])])
  if (name) return fail('name', `the ${name.kind} "${name.text}" is in no cited quote`)
  const two = stitched(said, places)
  if (two)
    return fail('name', `the quotes are of ${two.join(' and ')}, and the text does not name both`)
  const [problem] = checkPolarity(
    said,
    quotes,
    correcting ? question : '',
    places.map((place) => quoteAt(toSentence(place))),
  )
  if (problem) return fail(problem.kind, problem.detail)
  const pivot = exchangedPivot(said, quotes)
  if (pivot) return fail(pivot.kind, `the quote says "${pivot.printed}", the text "${pivot.said}"`)
  const word = exchangedWord(said, quotes, around)
  if (word) return fail('unsupported', `the quote says "${word.printed}", the text "${word.said}"`)
  const misplaced = misplacedFigure(said, quotes)
  if (misplaced !== null) return fail('figure', `the quotes print ${misplaced} for something else`)
  const part = unsupportedPart(said, quotes, around, question)
  if (part !== null) return fail('unsupported', `no cited quote speaks of "${part}"`)
  return { ok: true, text: said, places, rewritten }
}
