import { assert, property, string, tuple, nat } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCheckClaim } from '../src/answer/claims/check-claim.ts'
import { readJson } from '../src/answer/model/read-json.ts'
import { claimReply } from '../src/answer/reply.ts'
import { CLAIM_CUT } from '../src/answer/cut-question.ts'
import { betweenCharacters, cut, firstCharacters, wellFormed } from '../src/code-points.ts'
import { snippet } from '../src/conversation/snippet.ts'
import { parseJson } from '../src/parse-json.ts'
import { followUp } from '../src/retrieval/follow-up.ts'
import { annotated } from '../src/web/annotated.ts'
import { askedIn } from '../src/web/facets.ts'
import { firstSentence } from '../src/web/first-sentence.ts'
import { html } from '../src/web/html.ts'

test('a cut lies between characters, as near to its limit as one can', () => {
  const anyText = string({ unit: 'grapheme', maxLength: 20 })
  assert(
    property(tuple(anyText, nat({ max: 60 })), ([text, at]) => {
      const part = cut(text, at)
      expect(part.isWellFormed()).toBe(true)
      expect(text.startsWith(part)).toBe(true)
      expect(Math.min(text.length, at) - part.length).toBeLessThanOrEqual(1)
      expect(text.slice(betweenCharacters(text, at)).isWellFormed()).toBe(true)
    }),
  )
  expect(firstCharacters('甲𠮷乙', 2)).toBe('甲𠮷')
  expect(firstCharacters('𠮷', -1)).toBe('')
})

test('halves become U+FFFD, wherever in a value they stand, and nothing else changes', () => {
  expect(wellFormed({ 'a\ud83d': ['\ude00', 1, null, { b: '😀' }] })).toEqual({
    'a\ufffd': ['\ufffd', 1, null, { b: '😀' }],
  })
  expect(parseJson(String.raw`{"a":"\ud83d","b":"\ud83d\ude00"}`)).toEqual({ a: '\ufffd', b: '😀' })
})

test('what a model writes of half a character is mended, and what comes in two parts is whole', () => {
  const parts = readJson(String.raw`{"question":"\ud83d问\ud83d\ude00"}`, ['question'])
  expect(parts).toEqual([['question', '\ufffd问😀']])
})

/** Of these a pair of units lies across every offset, even or odd. */
const ASTRAL = ['𠮷'.repeat(800), `甲${'😀'.repeat(800)}`]

describe.each(ASTRAL)('whatever is cut is whole, %#', (text) => {
  test.each<[string, (text: string) => string]>([
    ['the query of the list on the web', (query) => askedIn({ query }).query],
    ['a first sentence', firstSentence],
    [
      'a mark that an address asks for',
      (page) => {
        const draw = annotated(page, {
          marks: [{ start: 1, end: 4 }],
          mark: (part) => html`${part}`,
        })
        return draw({ start: 0, end: page.length }).flat().map(String).join('|')
      },
    ],
    ['a snippet', (passage) => snippet(passage, []).text],
    [
      'a snippet around a word',
      (passage) =>
        snippet(`${cut(passage, 40)}补贴${passage}`, [{ words: ['补贴'], mass: 1 }]).text,
    ],
    [
      'a question made whole',
      (question) => followUp('那要多久？', [{ question, answer: question }]).standalone,
    ],
  ])('%s', (_name, cutter) => {
    expect(cutter(text).isWellFormed()).toBe(true)
  })

  test('a claim, of which its reader is told that only the beginning was read', async () => {
    const asked: string[] = []
    const check = createCheckClaim({
      retrieve: ({ question }) => {
        asked.push(question)
        return Promise.resolve({ results: [] })
      },
      passages: () => Promise.resolve([]),
    })
    const claim = `补贴${text}`
    expect(claimReply(await check({ claim })).differences).toEqual([CLAIM_CUT])
    expect(asked[0]?.isWellFormed()).toBe(true)
  })
})
