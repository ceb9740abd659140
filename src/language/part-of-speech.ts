/**
 * Which words of a question name things. A dictionary with parts of speech knows; in speech most
 * words that papers do not print are verbs and fillers, and only a thing that no article names says
 * that none answers.
 */
import type { Span } from '../traced.ts'
import { wordsOf } from './words.ts'

/** ICTCLAS tags of nouns, names, verbal and adjectival nouns, places, abbreviations, set phrases. */
const NAMES_A_THING = /^(?:n|vn|an|s$|j|l|i)/u

/** Where the words of a text stand that name things. */
export function thingsIn(text: string): Span[] {
  return wordsOf(text).filter(({ tag }) => NAMES_A_THING.test(tag))
}
