import { describe, expect, test } from 'vitest'
import { relativeWords } from '../../src/answer/tell/explain.ts'
import {
  type Ask,
  askGovernor,
  checkExamples,
  eachAlone,
  together,
} from '../../src/language/check-examples.ts'
import { GOVERNORS } from '../../src/language/governors.ts'
import { parseLexicon, readLexicon, type WordClass } from '../../src/language/lexicon.ts'

const lexicon = (name: string) =>
  readLexicon(new URL(`../../src/language/${name}`, import.meta.url))

const eachRelative: Ask = (has, words) => eachAlone(has, relativeWords(words))

const LEXICONS: readonly [string, readonly WordClass[], (of: WordClass) => Ask][] = [
  ['governors.txt', GOVERNORS, askGovernor],
  ['relative.txt', lexicon('relative.txt'), () => eachRelative],
  ['timed.txt', lexicon('timed.txt'), () => eachAlone],
  ['asked.txt', lexicon('../retrieval/asked.txt'), () => together],
]

describe.each(LEXICONS)('%s', (_file, classes, askOf) => {
  describe.each(classes)('$name $where', (wordClass) => {
    test.each(wordClass.entries)('$word', (entry) => {
      expect(checkExamples(classes, wordClass, entry, askOf(wordClass))).toEqual([])
    })
  })
})

test.each([
  ['no right example', '若', '“若”没有 ✓ 例句'],
  ['a right one without the word', '若 ✓ 【天晴】，另行通知', '认不出来'],
  ['a right one that another word shows too', '若 ✓ 【如果天晴】，另行通知', '也会被认出来'],
  ['a mark around half a clause', '若 ✓ 【若】天晴，另行通知', '完整的分句'],
  ['a wrong one without the word', '若 ✓ 【若天晴】，通知 ✗ 【天晴】，通知', '里没有“若”'],
  ['a wrong one that has it', '若 ✓ 【若天晴】，通知 ✗ 【若下雨】，通知', '还是被认出来了'],
])('a word with %s is told so', (_name, line, fault) => {
  const [wordClass] = parseLexicon(`[if start]\n如果\n${line}`)
  const faults = checkExamples([wordClass!], wordClass!, wordClass!.entries[1]!)
  expect(faults).toEqual([expect.stringContaining(fault)])
})
