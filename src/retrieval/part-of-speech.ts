/**
 * Which words of a question name things. A dictionary with parts of speech knows; in speech most
 * words that papers do not print are verbs and fillers, and only a thing that no article names says
 * that none answers.
 */
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

/** ICTCLAS tags of nouns, names, verbal and adjectival nouns, places, abbreviations, set phrases. */
const NAMES_A_THING = /^(?:n|vn|an|s$|j|l|i)/u

let jieba: Jieba | undefined

/** Whether a stretch of a text lies within a word that names a thing. */
export function namesThing(text: string, start: number, end: number): boolean {
  // Loaded with the first question: it takes a tenth of a second.
  jieba ??= Jieba.withDict(dict)
  let at = 0
  for (const { word, tag } of jieba.tag(text)) {
    if (at <= start && end <= at + word.length) return NAMES_A_THING.test(tag)
    at += word.length
  }
  return false
}
